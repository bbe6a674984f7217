from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.billing.documents import BillingDocument, DocumentRows, Invitation
from comptoir.billing.reminders import Sent
from comptoir.tenancy.rows import CompanyManager
from comptoir.tenancy.searching import SearchIndex


class Status(models.IntegerChoices):
    """Contract rules 12. Overdue and unpaid are never stored."""

    DRAFT = 1
    SENT = 2
    PARTIAL = 3
    PAID = 4
    CANCELLED = 5
    REVERSED = 6


OPEN = (Status.SENT, Status.PARTIAL)
PAYABLE = (Status.DRAFT, *OPEN)


class InvoiceRows(DocumentRows):
    def unpaid(self) -> Self:
        return self.filter(status_id__in=OPEN)

    def overdue(self, on: date) -> Self:
        """Sent or partly paid, and past the day something was due.

        The balance is asked of the open ones, whose index has it: asked for as a range, SQLite reads all that
        are owed, row by row.
        """
        late = Q(due_date__lt=on) | Q(partial__gt=0, partial_due_date__lt=on)
        return self.unpaid().filter(late, deleted_at=None).exclude(balance__lte=Decimal(0))

    def payable(self) -> Self:
        """Open, with money still owed (drafts are payable too, but not listed: decision M18)."""
        return self.filter(status_id__in=OPEN, deleted_at=None, balance__gt=Decimal(0))

    def to_remind(self, now: datetime) -> Self:
        """Payable, with a reminder whose moment has come, of a client that is there."""
        return self.payable().filter(next_send_date__lte=now, client__deleted_at=None)


class Invoice(BillingDocument):
    """A demand for money. A draft touches no balance; sent, it is owed.

    ``before_cancel`` keeps the status and balance that a cancelled invoice had.
    ``recurring_id`` names the recurring invoice that made it.
    """

    kind = Kind(_("Invoice"), _("Invoices"))

    recurring_id = models.BigIntegerField(null=True)
    auto_bill_enabled = models.BooleanField(default=False)
    auto_bill_tries = models.SmallIntegerField(default=0)
    reminder1_sent = models.DateField(null=True)
    reminder2_sent = models.DateField(null=True)
    reminder3_sent = models.DateField(null=True)
    reminder_last_sent = models.DateField(null=True)
    before_cancel = models.JSONField(default=dict, blank=True)
    instalments = models.JSONField(default=list, blank=True)

    objects = CompanyManager.from_queryset(InvoiceRows)()  # type: ignore[misc]

    class Meta(BillingDocument.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~Q(number=""), name="invoice_number_once"
            ),
        ]
        indexes = [
            SearchIndex(name="invoice_search"),
            models.Index(fields=["company", "id"], name="invoice_list"),
            models.Index(
                fields=["company", "id"], condition=Q(archived_at__isnull=False), name="invoice_away"
            ),
            models.Index(fields=["company", "number", "id"], name="invoice_by_number"),
            models.Index(fields=["company", "created_at", "id"], name="invoice_by_creation"),
            models.Index(fields=["client", "id"], name="invoice_of_client"),
            models.Index(
                fields=[
                    "company",
                    "status_id",
                    "due_date",
                    "id",
                    "client",
                    "archived_at",
                    "deleted_at",
                    "balance",
                    "partial",
                    "partial_due_date",
                ],
                name="invoice_by_status",
            ),
            models.Index(fields=["company", "date", "id"], name="invoice_by_date"),
            models.Index(fields=["company", "due_date", "id"], name="invoice_by_due_date"),
            models.Index(fields=["company", "updated_at", "id"], name="invoice_by_change"),
            models.Index(fields=["company", "amount", "id"], name="invoice_by_amount"),
            models.Index(fields=["company", "balance", "id"], name="invoice_by_balance"),
            models.Index(fields=["company", "paid_to_date", "id"], name="invoice_by_paid"),
            models.Index(
                fields=["company", "recurring_id", "id"],
                condition=Q(recurring_id__isnull=False),
                name="invoice_of_recurring",
            ),
            models.Index(
                fields=["next_send_date"], condition=Q(next_send_date__isnull=False), name="invoice_to_remind"
            ),
        ]

    @property
    def status(self) -> Status:
        return Status(self.status_id)

    @property
    def is_draft(self) -> bool:
        return self.status_id == Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status_id in OPEN

    def is_overdue(self, on: date) -> bool:
        due = self.requested_by
        return self.is_open and self.balance > 0 and due is not None and due < on


class InvoiceInvitation(Invitation):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="invitations")

    class Meta(Invitation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "contact"], condition=Q(deleted_at=None), name="invoice_invited_once"
            )
        ]
        indexes = [models.Index(fields=["invoice", "id"], name="invitation_of_invoice")]

    @property
    def document(self) -> Invoice:
        return self.invoice


class Reminder(Sent):
    """A reminder of an invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, db_index=False, related_name="reminders")

    class Meta(Sent.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["invoice", "stage", "turn"], name="invoice_reminded_once")
        ]
