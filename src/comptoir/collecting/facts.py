"""What can happen while money is collected (activity codes: contract rules 17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice

from .models import Attempt, DisputeState


@dataclass(frozen=True)
class AttemptFact(Fact):
    subject: Attempt


class PayingStarted(AttemptFact):
    phrase = _("{user} began to pay online")


class StoringStarted(AttemptFact):
    phrase = _("{user} began to store a payment method")


class PayingPending(AttemptFact):
    """The bank takes days: money is announced, not here yet."""

    phrase = _("A payment is on its way: {attempt}")


class PayingSettled(AttemptFact):
    phrase = _("An online payment arrived: {attempt}")


class PayingFailed(AttemptFact):
    code = 41
    phrase = _("An online payment failed: {attempt}")


class PayingOdd(AttemptFact):
    """Another amount or currency than was asked for: a person looks at it."""

    phrase = _("An online payment is not what was asked for: {attempt}")


@dataclass(frozen=True)
class AutoBilled(Fact):
    subject: Invoice
    code = 143
    phrase = _("Invoice {invoice} was paid automatically by payment {payment}")


@dataclass(frozen=True)
class AutoBillFailed(Fact):
    """``was_charged``: a stored method was charged, and declined."""

    subject: Invoice
    code = 144
    phrase = _("The automatic payment of invoice {invoice} failed")
    was_charged: bool = field(default=True, kw_only=True)


@dataclass(frozen=True)
class TermsAccepted(Fact):
    subject: Invoice
    phrase = _("{user} accepted the terms of invoice {invoice}")


@dataclass(frozen=True)
class InvoiceSigned(Fact):
    subject: Invoice
    phrase = _("{user} signed invoice {invoice}")


@dataclass(frozen=True)
class MoneyFact(Fact):
    """``notes``: the amount, where the phrase names one."""

    subject: Payment


class RefundStarted(MoneyFact):
    phrase = _("{user} asked the gateway to refund payment {payment}")


class RefundFailed(MoneyFact):
    phrase = _("The gateway did not refund payment {payment}")


class ReturnedByGateway(MoneyFact):
    """Refunded at the provider, and not from here."""

    phrase = _("{amount} of payment {payment} was refunded at the gateway")


class ReturnSeen(MoneyFact):
    """What was recorded by hand has been refunded at the provider too: it is the same money."""

    phrase = _("The gateway confirms the refund of {amount} of payment {payment}")


class ReturnOdd(MoneyFact):
    """More went back than the payment holds here: a person looks at it."""

    phrase = _("The gateway gave back {amount} of payment {payment}, which could not be booked")


class PaymentDisputed(MoneyFact):
    phrase = _("{amount} of payment {payment} is contested by the client's bank")


class DisputeWon(MoneyFact):
    phrase = _("The dispute about {amount} of payment {payment} is won")


class DisputeLost(MoneyFact):
    phrase = _("The dispute about {amount} of payment {payment} is lost")


OF_DISPUTES: Final = {
    DisputeState.OPEN: PaymentDisputed,
    DisputeState.WON: DisputeWon,
    DisputeState.LOST: DisputeLost,
}
"""By the state that a dispute has come to."""
