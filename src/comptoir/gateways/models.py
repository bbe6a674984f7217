from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q

from comptoir.clients.rows import CustomValues
from comptoir.reference import gateway_by_key
from comptoir.tenancy import sealing
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Rows, Stamped

PURPOSE = "gateway"


class CompanyGateway(CompanyOwned, Stamped, Archivable, CustomValues):
    """A provider that the company collects by.

    ``sealed_config`` holds its credentials, unreadable without the installation's secret;
    ``fees_and_limits`` is keyed by gateway type id (``fees``); ``token_billing`` says when a method is
    kept for later: off, always, optin, optout.
    """

    gateway_key = models.CharField(max_length=32)
    label = models.CharField(max_length=190, blank=True)
    sealed_config = models.TextField(blank=True)
    fees_and_limits = models.JSONField(default=dict, blank=True)
    token_billing = models.CharField(max_length=8, default="off")
    accepted_credit_cards = models.IntegerField(default=0)
    require_cvv = models.BooleanField(default=True)
    require_billing_address = models.BooleanField(default=True)
    require_shipping_address = models.BooleanField(default=True)
    require_client_name = models.BooleanField(default=False)
    require_postal_code = models.BooleanField(default=False)
    require_client_phone = models.BooleanField(default=False)
    require_contact_name = models.BooleanField(default=False)
    require_contact_email = models.BooleanField(default=False)
    require_custom_value1 = models.BooleanField(default=False)
    require_custom_value2 = models.BooleanField(default=False)
    require_custom_value3 = models.BooleanField(default=False)
    require_custom_value4 = models.BooleanField(default=False)
    update_details = models.BooleanField(default=False)
    always_show_required_fields = models.BooleanField(default=True)

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["company", "id"], name="gateway_list"),
            models.Index(fields=["company", "updated_at"], name="gateway_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its label, else the provider's name."""
        known = gateway_by_key(self.gateway_key)
        return self.label or (known.name if known else self.gateway_key)

    @property
    def keeping(self) -> str:
        """When methods are kept for later: off, always, optin, optout."""
        return self.token_billing

    @property
    def config(self) -> dict[str, Any]:
        """The credentials, in clear. Raises sealing.Unreadable."""
        text = sealing.unseal(self.sealed_config, PURPOSE, self.company_id or 0)
        found = json.loads(text) if text else {}
        return found if isinstance(found, dict) else {}

    def keep(self, config: dict[str, Any]) -> None:
        """Seal the credentials."""
        text = json.dumps(config, sort_keys=True, ensure_ascii=False) if config else ""
        self.sealed_config = sealing.seal(text, PURPOSE, self.company_id or 0)


class StoredMethodRows(Rows):
    def usable(self) -> Self:
        """Kept, at a gateway that is still in use."""
        return self.filter(deleted_at=None, archived_at=None, gateway__deleted_at=None)


class StoredMethod(CompanyOwned, Stamped, Archivable):
    """A card or an account that a client stored with a provider (the wire's client_gateway_token).

    ``token`` is the provider's word for it and opens nothing without the company's credentials.
    ``meta`` holds what people recognise it by: brand, last4, exp_month, exp_year.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="stored_methods")
    gateway = models.ForeignKey(CompanyGateway, on_delete=models.PROTECT, related_name="stored_methods")
    gateway_type_id = models.CharField(max_length=8)
    token = models.CharField(max_length=190)
    gateway_customer_reference = models.CharField(max_length=190, blank=True)
    routing_number = models.CharField(max_length=64, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    is_default = models.BooleanField(default=False)

    objects = CompanyManager.from_queryset(StoredMethodRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "gateway", "client", "token"],
                condition=Q(deleted_at=None),
                name="stored_method_once",
            )
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="stored_method_list"),
            models.Index(fields=["company", "client", "id"], name="stored_method_of_client"),
            models.Index(fields=["company", "updated_at"], name="stored_method_by_change"),
        ]

    def __str__(self) -> str:
        brand, last4 = str(self.meta.get("brand") or ""), str(self.meta.get("last4") or "")
        return " ".join(part for part in (brand.capitalize(), f"•••• {last4}" if last4 else "") if part)
