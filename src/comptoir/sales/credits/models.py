from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.billing.documents import BillingDocument, DocumentRows, Invitation
from comptoir.tenancy.rows import CompanyManager
from comptoir.tenancy.searching import SearchIndex


class Status(models.IntegerChoices):
    """Contract rules 12."""

    DRAFT = 1
    SENT = 2
    PARTIAL = 3
    APPLIED = 4


OPEN = (Status.SENT, Status.PARTIAL)


class CreditRows(DocumentRows):
    def applicable(self, on: date) -> Self:
        """Open, with something left, and not past the day it is valid until (contract rules 7)."""
        valid = Q(due_date=None) | Q(due_date__gte=on)
        return self.filter(valid, status_id__in=OPEN, deleted_at=None, balance__gt=Decimal(0))


class Credit(BillingDocument):
    """A credit note: what we owe a client, to be used on invoices.

    ``due_date`` is the day it is valid until, ``invoice`` the invoice that it corrects.
    """

    kind = Kind(_("Credit"), _("Credits"))

    invoice = models.ForeignKey(
        "invoices.Invoice", null=True, blank=True, on_delete=models.PROTECT, related_name="credits"
    )
    reminder1_sent = models.DateField(null=True)
    reminder2_sent = models.DateField(null=True)
    reminder3_sent = models.DateField(null=True)
    reminder_last_sent = models.DateField(null=True)

    objects = CompanyManager.from_queryset(CreditRows)()  # type: ignore[misc]

    class Meta(BillingDocument.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~Q(number=""), name="credit_number_once"
            ),
        ]
        indexes = [
            SearchIndex(name="credit_search"),
            models.Index(fields=["company", "id"], name="credit_list"),
            models.Index(
                fields=["company", "id"], condition=Q(archived_at__isnull=False), name="credit_away"
            ),
            models.Index(fields=["company", "number", "id"], name="credit_by_number"),
            models.Index(fields=["client", "id"], name="credit_of_client"),
            models.Index(
                fields=["company", "status_id", "due_date", "id", "client", "archived_at", "deleted_at"],
                name="credit_by_status",
            ),
            models.Index(fields=["company", "updated_at", "id"], name="credit_by_change"),
            models.Index(fields=["company", "created_at", "id"], name="credit_by_creation"),
            models.Index(fields=["company", "date", "id"], name="credit_by_date"),
            models.Index(fields=["company", "due_date", "id"], name="credit_by_due_date"),
            models.Index(fields=["company", "amount", "id"], name="credit_by_amount"),
            models.Index(fields=["company", "balance", "id"], name="credit_by_balance"),
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


class CreditInvitation(Invitation):
    credit = models.ForeignKey(Credit, on_delete=models.CASCADE, related_name="invitations")

    class Meta(Invitation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["credit", "contact"], condition=Q(deleted_at=None), name="credit_invited_once"
            )
        ]
        indexes = [models.Index(fields=["credit", "id"], name="invitation_of_credit")]

    @property
    def document(self) -> Credit:
        return self.credit
