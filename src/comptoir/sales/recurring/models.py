from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.activity.kinds import Kind
from comptoir.billing.documents import BillingDocument, DocumentRows, Invitation
from comptoir.tenancy.rows import CompanyManager, CompanyOwned
from comptoir.tenancy.searching import SearchIndex

ENDLESS = -1


class Status(models.IntegerChoices):
    """Contract rules 12. Pending (-1) is never stored (decision R3)."""

    DRAFT = 1
    ACTIVE = 2
    PAUSED = 3
    COMPLETED = 4


class AutoBill(models.TextChoices):
    OFF = "off"
    ALWAYS = "always"
    OPT_IN = "optin"
    OPT_OUT = "optout"


class RecurringRows(DocumentRows):
    def due(self, now: datetime) -> Self:
        """Active, with an occurrence whose moment has come, for a client that is there."""
        return self.filter(
            status_id=Status.ACTIVE, deleted_at=None, client__deleted_at=None, next_send_date__lte=now
        ).exclude(remaining_cycles=0)


class RecurringInvoice(BillingDocument):
    """A pattern of invoices. ``next_on`` is the client's day of the next one, ``next_send_date`` its moment.

    ``anchor`` is the day the schedule counts from, so that the 31st comes back after February
    (decision R1). ``remaining_cycles`` is -1 without end.
    """

    kind = Kind(_("Recurring invoice"), _("Recurring invoices"))

    frequency_id = models.CharField(max_length=2)
    anchor = models.DateField()
    next_on = models.DateField(null=True)
    remaining_cycles = models.SmallIntegerField(default=ENDLESS)
    due_date_days = models.CharField(max_length=10, default="terms")
    auto_bill = models.CharField(max_length=8, choices=AutoBill.choices, default=AutoBill.OFF)
    auto_bill_enabled = models.BooleanField(default=False)

    takes_rate = False  # each invoice takes that of its own day, unless one is agreed here

    objects = CompanyManager.from_queryset(RecurringRows)()  # type: ignore[misc]

    class Meta(BillingDocument.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~Q(number=""), name="recurring_number_once"
            ),
        ]
        indexes = [
            SearchIndex(name="recurring_search"),
            models.Index(fields=["company", "id"], name="recurring_list"),
            models.Index(
                fields=["company", "id"], condition=Q(archived_at__isnull=False), name="recurring_away"
            ),
            models.Index(fields=["client", "id"], name="recurring_of_client"),
            models.Index(
                fields=[
                    "company",
                    "status_id",
                    "next_send_date",
                    "id",
                    "client",
                    "archived_at",
                    "deleted_at",
                ],
                name="recurring_due",
            ),
            models.Index(fields=["company", "updated_at", "id"], name="recurring_by_change"),
            models.Index(fields=["company", "created_at", "id"], name="recurring_by_creation"),
            models.Index(fields=["company", "number", "id"], name="recurring_by_number"),
            models.Index(fields=["company", "next_on", "id"], name="recurring_by_next"),
            models.Index(
                fields=["company", "frequency_id", "id", "client", "archived_at", "deleted_at"],
                name="recurring_by_frequency",
            ),
            models.Index(fields=["company", "remaining_cycles", "id"], name="recurring_by_cycles"),
            models.Index(fields=["company", "amount", "id"], name="recurring_by_amount"),
        ]

    @property
    def status(self) -> Status:
        return Status(self.status_id)


class RecurringInvitation(Invitation):
    recurring = models.ForeignKey(RecurringInvoice, on_delete=models.CASCADE, related_name="invitations")

    class Meta(Invitation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["recurring", "contact"], condition=Q(deleted_at=None), name="recurring_invited_once"
            )
        ]
        indexes = [models.Index(fields=["recurring", "id"], name="invitation_of_recurring")]

    @property
    def document(self) -> RecurringInvoice:
        return self.recurring


class Occurrence(CompanyOwned):
    """One turn of a schedule. Inserted before its invoice is made: the same day never comes twice."""

    recurring = models.ForeignKey(RecurringInvoice, on_delete=models.CASCADE, related_name="occurrences")
    on = models.DateField()
    invoice = models.ForeignKey("invoices.Invoice", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["recurring", "on"], name="occurrence_once")]
