"""What can happen to a gateway and to what clients stored there (decision A2: no number of the wire)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import CompanyGateway, StoredMethod


@dataclass(frozen=True)
class GatewayFact(Fact):
    subject: CompanyGateway


class GatewayAdded(GatewayFact):
    phrase = _("{user} added the payment gateway {companygateway}")


class GatewayUpdated(GatewayFact):
    phrase = _("{user} updated the payment gateway {companygateway}")


class GatewayArchived(GatewayFact):
    phrase = _("{user} archived the payment gateway {companygateway}")


class GatewayDeleted(GatewayFact):
    phrase = _("{user} deleted the payment gateway {companygateway}")


class GatewayRestored(GatewayFact):
    phrase = _("{user} restored the payment gateway {companygateway}")


@dataclass(frozen=True)
class StoredMethodFact(Fact):
    subject: StoredMethod


class MethodStored(StoredMethodFact):
    phrase = _("{user} stored the payment method {storedmethod}")


class MethodUpdated(StoredMethodFact):
    phrase = _("{user} updated the payment method {storedmethod}")


class MethodPreferred(StoredMethodFact):
    phrase = _("{user} chose the payment method {storedmethod}")


class MethodRemoved(StoredMethodFact):
    phrase = _("{user} removed the payment method {storedmethod}")


class MethodRestored(StoredMethodFact):
    phrase = _("{user} restored the payment method {storedmethod}")
