from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q

from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.payments.models import Payment
from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import CompanyManager, CompanyOwned, Rows, Stamped


def fresh_key() -> str:
    """A word that names an attempt here and at the provider; nobody can guess it."""
    return secrets.token_urlsafe(24)


class Kind(models.TextChoices):
    PAGE = "page"
    CHARGE = "charge"
    STORE = "store"


class State(models.TextChoices):
    """ODD: money came that is not what was asked for; a person looks at it."""

    STARTED = "started"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    ODD = "odd"


OPEN = (State.STARTED, State.PENDING)


class AttemptRows(Rows):
    def open(self) -> Self:
        """Still able to bring money."""
        return self.filter(state__in=OPEN)


class Attempt(CompanyOwned, Stamped):
    """One try to collect by a gateway, or to store a method there.

    ``amount`` is what the provider was asked for, ``fee`` of it (with tax) included, in units of
    ``currency_id``; ``parts`` are [invoice id, amount] of what it is for; ``fee_line`` the fee before
    tax. ``reference`` is the provider's name of the page or charge, ``money_reference`` of the money.
    ``by_itself``: no client was there (automatic payment).
    """

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PAGE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STARTED)
    gateway = models.ForeignKey(CompanyGateway, on_delete=models.PROTECT, related_name="+")
    gateway_type_id = models.CharField(max_length=8)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("clients.Contact", null=True, on_delete=models.SET_NULL, related_name="+")
    method = models.ForeignKey(StoredMethod, null=True, on_delete=models.SET_NULL, related_name="+")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=64, default=fresh_key)
    reference = models.CharField(max_length=190, blank=True)
    money_reference = models.CharField(max_length=190, blank=True)
    amount = MoneyField()
    fee = MoneyField()
    fee_line = models.JSONField(default=dict, blank=True)
    currency_id = models.CharField(max_length=8)
    parts = models.JSONField(default=list)
    keep = models.BooleanField(default=False)
    by_itself = models.BooleanField(default=False)
    said = models.CharField(max_length=500, blank=True)

    objects = CompanyManager.from_queryset(AttemptRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="attempt_key_once"),
            models.UniqueConstraint(
                fields=["gateway", "reference"], condition=~Q(reference=""), name="attempt_reference_once"
            ),
            models.UniqueConstraint(
                fields=["gateway", "money_reference"],
                condition=~Q(money_reference=""),
                name="attempt_money_once",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "client", "id"], name="attempt_of_client"),
            models.Index(fields=["company", "payment"], name="attempt_of_payment"),
            models.Index(
                fields=["state", "updated_at"], condition=Q(state__in=OPEN), name="attempt_still_open"
            ),
        ]

    def __str__(self) -> str:
        return self.money_reference or self.reference or self.key

    @property
    def is_over(self) -> bool:
        """Nothing more can come of it."""
        return self.state in (State.PAID, State.ODD)

    @property
    def invoice_ids(self) -> list[int]:
        return [int(invoice) for invoice, _ in self.parts]

    @property
    def wanted(self) -> list[tuple[int, Decimal]]:
        """(invoice id, amount) of each part."""
        return [(int(invoice), Decimal(amount)) for invoice, amount in self.parts]


class RefundState(models.TextChoices):
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"


class GatewayRefund(CompanyOwned, Stamped):
    """Money to give back by the gateway that collected it: written before the provider is asked.

    ``parts`` are [invoice id, amount] as for a refund by hand; ``key`` makes it happen once.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="gateway_refunds")
    state = models.CharField(max_length=8, choices=RefundState.choices, default=RefundState.STARTED)
    key = models.CharField(max_length=64, default=fresh_key)
    amount = MoneyField()
    parts = models.JSONField(default=list)
    on = models.DateField()
    reference = models.CharField(max_length=190, blank=True)
    said = models.CharField(max_length=500, blank=True)
    actor: Any = models.JSONField(default=dict)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="gateway_refund_key_once")]
        indexes = [
            models.Index(fields=["payment", "id"], name="gateway_refund_of_payment"),
            models.Index(
                fields=["state", "updated_at"],
                condition=Q(state=RefundState.STARTED),
                name="gateway_refund_still_open",
            ),
        ]
