from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q

from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.payments.models import Payment, Refund
from comptoir.sales.invoices.models import Invoice
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
    ``own`` is what the client has with the company already and helps to pay, taken once the money is
    here: ["payment" or "credit", its id, invoice id, amount] (``own_money``). ``by_itself``: no client was
    there (automatic payment); ``auto_bill``: once paid, the schedules of its invoices pay themselves.
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
    own = models.JSONField(default=list)
    keep = models.BooleanField(default=False)
    auto_bill = models.BooleanField(default=False)
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

    ``parts`` are [invoice id, amount] as for a refund by hand; ``key`` makes it happen once. One that was
    made at the provider is written once it is known there. ``refund`` is what was booked for it.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="gateway_refunds")
    state = models.CharField(max_length=8, choices=RefundState.choices, default=RefundState.STARTED)
    key = models.CharField(max_length=64, default=fresh_key)
    amount = MoneyField()
    parts = models.JSONField(default=list)
    on = models.DateField()
    reference = models.CharField(max_length=190, blank=True)
    refund = models.ForeignKey(Refund, null=True, on_delete=models.SET_NULL, related_name="by_gateway")
    said = models.CharField(max_length=500, blank=True)
    actor: Any = models.JSONField(default=dict)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="gateway_refund_key_once"),
            models.UniqueConstraint(
                fields=["payment", "reference"],
                condition=~Q(reference=""),
                name="gateway_refund_reference_once",
            ),
            models.UniqueConstraint(
                fields=["company", "refund"],
                condition=Q(refund__isnull=False),
                name="gateway_refund_books_once",
            ),
        ]
        indexes = [
            models.Index(fields=["payment", "id"], name="gateway_refund_of_payment"),
            models.Index(
                fields=["state", "updated_at"],
                condition=Q(state=RefundState.STARTED),
                name="gateway_refund_still_open",
            ),
        ]


class DisputeState(models.TextChoices):
    """OPEN: the bank has taken the money back for now; it decides."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Dispute(CompanyOwned, Stamped):
    """A payment that the client's bank contests at the provider: each once, by the provider's name of it.

    ``amount`` is in units of the payment's currency; ``refund`` is what was booked when it was lost.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="disputes")
    reference = models.CharField(max_length=190)
    state = models.CharField(max_length=8, choices=DisputeState.choices, default=DisputeState.OPEN)
    amount = MoneyField()
    reason = models.CharField(max_length=190, blank=True)
    refund = models.ForeignKey(Refund, null=True, on_delete=models.SET_NULL, related_name="by_dispute")

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["payment", "reference"], name="dispute_once")]

    def __str__(self) -> str:
        return self.reference


class Agreement(CompanyOwned):
    """What a contact agreed to before paying an invoice: the proof of a tick and of a signature.

    ``by`` is the contact's name at that moment, ``name`` what was typed as signature, ``drawing`` a PNG as
    a data address, ``terms`` the words that were accepted.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="agreements")
    contact = models.ForeignKey("clients.Contact", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=190, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    name = models.CharField(max_length=190, blank=True)
    drawing = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["invoice", "id"], name="agreement_of_invoice")]

    def __str__(self) -> str:
        return self.name or self.by

    @property
    def is_signed(self) -> bool:
        return bool(self.name or self.drawing)
