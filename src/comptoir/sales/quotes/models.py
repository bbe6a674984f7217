from __future__ import annotations

from datetime import date, datetime
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
    """Contract rules 12. Expired (-1 on the wire) is never stored. Rejected is ours."""

    DRAFT = 1
    SENT = 2
    APPROVED = 3
    CONVERTED = 4
    REJECTED = 5


class QuoteRows(DocumentRows):
    def expired(self, on: date) -> Self:
        return self.filter(status_id=Status.SENT, due_date__lt=on)

    def awaiting(self, on: date) -> Self:
        """Sent and still valid."""
        return self.filter(Q(due_date=None) | Q(due_date__gte=on), status_id=Status.SENT)

    def to_remind(self, now: datetime) -> Self:
        """Unanswered, with a reminder whose moment has come, of a client that is there."""
        return self.filter(
            status_id=Status.SENT, deleted_at=None, client__deleted_at=None, next_send_date__lte=now
        )


class Quote(BillingDocument):
    """An offer. ``due_date`` is the day it is valid until, ``invoice`` what it became.

    ``approval`` keeps who approved or rejected it, when, from where, and the drawn signature.
    """

    kind = Kind(_("Quote"), _("Quotes"))

    invoice = models.ForeignKey(
        "invoices.Invoice", null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes"
    )
    approval = models.JSONField(default=dict, blank=True)
    reminder1_sent = models.DateField(null=True)
    reminder2_sent = models.DateField(null=True)
    reminder3_sent = models.DateField(null=True)
    reminder_last_sent = models.DateField(null=True)

    objects = CompanyManager.from_queryset(QuoteRows)()  # type: ignore[misc]

    class Meta(BillingDocument.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], condition=~Q(number=""), name="quote_number_once"
            ),
        ]
        indexes = [
            SearchIndex(name="quote_search"),
            models.Index(fields=["company", "id"], name="quote_list"),
            models.Index(fields=["company", "id"], condition=Q(archived_at__isnull=False), name="quote_away"),
            models.Index(fields=["company", "number", "id"], name="quote_by_number"),
            models.Index(fields=["client", "id"], name="quote_of_client"),
            models.Index(
                fields=["company", "status_id", "due_date", "id", "client", "archived_at", "deleted_at"],
                name="quote_by_status",
            ),
            models.Index(fields=["company", "updated_at", "id"], name="quote_by_change"),
            models.Index(fields=["company", "created_at", "id"], name="quote_by_creation"),
            models.Index(fields=["company", "date", "id"], name="quote_by_date"),
            models.Index(fields=["company", "due_date", "id"], name="quote_by_due_date"),
            models.Index(fields=["company", "amount", "id"], name="quote_by_amount"),
            models.Index(
                fields=["next_send_date"], condition=Q(next_send_date__isnull=False), name="quote_to_remind"
            ),
        ]

    @property
    def status(self) -> Status:
        return Status(self.status_id)

    @property
    def is_draft(self) -> bool:
        return self.status_id == Status.DRAFT

    def is_expired(self, on: date) -> bool:
        return self.status_id == Status.SENT and self.due_date is not None and self.due_date < on


class QuoteInvitation(Invitation):
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="invitations")

    class Meta(Invitation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "contact"], condition=Q(deleted_at=None), name="quote_invited_once"
            )
        ]
        indexes = [models.Index(fields=["quote", "id"], name="invitation_of_quote")]

    @property
    def document(self) -> Quote:
        return self.quote


class QuoteReminder(Sent):
    """A reminder of a quote."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, db_index=False, related_name="reminders")

    class Meta(Sent.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["quote", "stage", "turn"], name="quote_reminded_once")]
