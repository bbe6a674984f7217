from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.clients.models import CUSTOM, Client
from comptoir.clients.rows import CustomValues
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.columns import MicroField, MoneyField
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Rows, Stamped
from comptoir.tenancy.searching import Searchable, SearchableRows, SearchIndex, hanging_on, holding


class Status(models.IntegerChoices):
    """Contract rules 12."""

    PENDING = 1
    CANCELLED = 2
    FAILED = 3
    COMPLETED = 4
    PARTLY_REFUNDED = 5
    REFUNDED = 6


class PaymentRows(SearchableRows):
    def unapplied(self) -> Self:
        """Received, with some of the money claimed by no invoice."""
        return self.filter(
            status_id__in=(Status.COMPLETED, Status.PARTLY_REFUNDED),
            deleted_at=None,
            unapplied__gt=Decimal(0),
        )

    def holders(self) -> list[str]:
        """Free text over number, reference, notes, day, and the client's own words (contract rules 7)."""
        return [holding(Payment), hanging_on(Payment, "client_id", holding(Client))]

    def holds(self, needle: str) -> Q:
        return super().holds(needle) | Q(client__search_text__contains=needle)


class Payment(CompanyOwned, Stamped, Archivable, CustomValues, Searchable):
    """Money received from a client (negative: paid out to settle a negative document).

    ``applied`` is the sum of its allocations to invoices less credits used, ``refunded`` what went
    back, ``unapplied`` what no invoice claims, all in units of ``currency_id``. A refund does not
    lower ``applied`` (contract rules 14).
    """

    kind = Kind(_("Payment"), _("Payments"))

    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, db_index=False, related_name="payments"
    )
    contact = models.ForeignKey("clients.Contact", null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=190, blank=True)
    status_id = models.SmallIntegerField(choices=Status.choices, default=Status.COMPLETED)
    type_id = models.CharField(max_length=8, blank=True)
    date = models.DateField()
    amount = MoneyField()
    applied = MoneyField()
    refunded = MoneyField()
    unapplied = MoneyField()
    currency_id = models.CharField(max_length=8)
    exchange_rate = MicroField(default=Decimal(1))
    exchange_currency_id = models.CharField(max_length=8, blank=True)
    transaction_reference = models.CharField(max_length=190, blank=True)
    private_notes = models.TextField(blank=True)
    is_manual = models.BooleanField(default=True)
    idempotency_key = models.CharField(max_length=64, blank=True)
    company_gateway = models.ForeignKey(
        "gateways.CompanyGateway", null=True, on_delete=models.PROTECT, related_name="+"
    )
    gateway_type_id = models.CharField(max_length=8, blank=True)

    objects = CompanyManager.from_queryset(PaymentRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~Q(number=""), name="payment_number_once"
            ),
            models.UniqueConstraint(
                fields=["company", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="payment_key_once",
            ),
            models.UniqueConstraint(
                fields=["company_gateway", "transaction_reference"],
                condition=Q(company_gateway__isnull=False) & ~Q(transaction_reference=""),
                name="payment_collected_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__lt=0) | Q(refunded__lte=F("amount")), name="payment_refund_within"
            ),
            models.CheckConstraint(  # in cents: a sum is accepted that covers its invoices at two decimals
                condition=Q(amount__lt=0) | Q(unapplied__gt=Decimal("-0.01")), name="payment_applied_within"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="payment_list"),
            models.Index(
                fields=["company", "id"], condition=Q(archived_at__isnull=False), name="payment_away"
            ),
            models.Index(fields=["company", "number", "id"], name="payment_by_number"),
            models.Index(fields=["client", "id"], name="payment_of_client"),
            models.Index(fields=["company", "date", "id"], name="payment_by_date"),
            models.Index(fields=["company", "updated_at", "id"], name="payment_by_change"),
            models.Index(fields=["company", "created_at", "id"], name="payment_by_creation"),
            models.Index(
                fields=["company", "status_id", "id", "client", "archived_at", "deleted_at"],
                name="payment_by_status",
            ),
            models.Index(fields=["company", "amount", "id"], name="payment_by_amount"),
            models.Index(fields=["company", "unapplied", "id"], name="payment_by_unapplied"),
            SearchIndex(name="payment_search"),
        ]

    def __str__(self) -> str:
        return self.number

    def searched(self) -> Iterable[str]:
        own = (getattr(self, column) for column in CUSTOM)
        return self.number, self.transaction_reference, self.private_notes, str(self.date), *own

    @property
    def is_voided(self) -> bool:
        """A person deleted it; otherwise it went with the last invoice that it settled."""
        return self.is_deleted and self.status_id == Status.CANCELLED


class Removal(models.TextChoices):
    """What took an allocation away, so that only its return brings it back."""

    KEPT = ""
    INVOICE = "invoice"
    PAYMENT = "payment"


class Allocation(CompanyOwned, Stamped, Archivable):
    """The part of a payment that settles one invoice, or that one credit adds (the wire's paymentable).

    ``refills`` is what went back to credits when its invoice was deleted: [allocation, amount] of each.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="allocations")
    invoice = models.ForeignKey(
        "invoices.Invoice", null=True, on_delete=models.PROTECT, related_name="allocations"
    )
    credit = models.ForeignKey(
        "credits.Credit", null=True, on_delete=models.PROTECT, related_name="allocations"
    )
    amount = MoneyField()
    refunded = MoneyField()
    refills = models.JSONField(default=list)
    removed_with = models.CharField(max_length=8, choices=Removal.choices, blank=True, default=Removal.KEPT)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__lt=0) | Q(refunded__lte=F("amount")), name="allocation_refund_within"
            ),
            models.CheckConstraint(
                condition=Q(invoice=None, credit__isnull=False) | Q(invoice__isnull=False, credit=None),
                name="allocation_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["payment", "id"], name="allocation_of_payment"),
            models.Index(fields=["invoice", "id"], name="allocation_of_invoice"),
            models.Index(fields=["credit", "id"], name="allocation_of_credit"),
        ]

    @property
    def net(self) -> Decimal:
        return self.amount - self.refunded

    @property
    def settled(self) -> Invoice:
        """The invoice, of a part that settles one."""
        assert self.invoice is not None
        return self.invoice

    @property
    def used(self) -> Credit:
        """The credit, of a part that used one."""
        assert self.credit is not None
        return self.credit


class RefundRows(Rows):
    def standing(self) -> Self:
        """Money that is really gone: it did not come back from the bank."""
        return self.filter(undoes=None, undone_by=None)


class Refund(CompanyOwned):
    """Money given back out of a payment: how much, when, for which invoices.

    One that came back from the bank is undone by another of the opposite amount.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="refunds")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    date = models.DateField()
    amount = MoneyField()
    parts = models.JSONField(default=list)
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CompanyManager.from_queryset(RefundRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "undoes"], condition=Q(undoes__isnull=False), name="refund_undone_once"
            ),
        ]
        indexes = [models.Index(fields=["payment", "id"], name="refund_of_payment")]
