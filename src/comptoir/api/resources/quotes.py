"""Quotes on the wire (contract rules 9, 12, 15; schemas.json quote)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from comptoir.activity.actors import Actor
from comptoir.api.resources import printing, runs
from comptoir.api.resources.billing import (
    SAVE_DEFAULTS,
    Document,
    document_filters,
    document_includes,
    invitation_shape,
)
from comptoir.api.resources.copying import clones
from comptoir.api.resources.tags import tagged
from comptoir.contract.actions import Action, Switch
from comptoir.contract.fields import Constant, Key, Nested, Text
from comptoir.contract.filters import words
from comptoir.contract.relations import Many
from comptoir.delivery import documents as delivery
from comptoir.sales.quotes import operations
from comptoir.sales.quotes.models import Quote, QuoteInvitation, Status

Invitations = invitation_shape(QuoteInvitation, "quote")


def offer(quote: Quote, *, by: Actor, on: date) -> None:
    """Send a draft; a quote that was sent stays as it is."""
    if quote.is_draft:
        operations.mark_sent(quote, by=by, on=on)


def has_passed(who: Any) -> Q:
    return Q(status_id=Status.SENT, due_date__lt=who.today)


def still_valid(who: Any) -> Q:
    return Q(status_id=Status.SENT) & (Q(due_date=None) | Q(due_date__gte=who.today))


class Quotes(Document):
    path, entity, model = "quotes", "quote", Quote
    kind = "quote"

    invoice_id = Key(writable=False)
    entity_type = Constant("quote")
    invitations = Nested(Many(Invitations, by="quote", where="{t}.deleted_at IS NULL"))

    includes = document_includes("quote")
    filters = document_filters(
        client_status=words(
            {
                "draft": Q(status_id=Status.DRAFT),
                "sent": still_valid,
                "approved": Q(status_id=Status.APPROVED),
                "converted": Q(status_id=Status.CONVERTED),
                "rejected": Q(status_id=Status.REJECTED),
                "expired": has_passed,
                "upcoming": lambda who: Q(status_id=Status.SENT, due_date__gte=who.today),
            }
        ),
    )
    create, update = tagged(operations.create_quote), tagged(operations.update_quote)
    flags = {
        "mark_sent": offer,
        "send_email": Switch(delivery.email_document, verb="send"),
        "convert": operations.convert_quote,
        "approve": operations.approve_quote,
        **SAVE_DEFAULTS,
    }
    actions = {
        "archive": Action(operations.archive_quote, single=True),
        "restore": Action(operations.restore_quote, single=True),
        "delete": Action(operations.delete_quote, single=True),
        "mark_sent": Action(offer, single=True),
        "approve": Action(operations.approve_quote, single=True),
        "reject": Action(operations.reject_quote, params={"reason": Text()}, single=True),
        "convert": Action(operations.convert_quote, single=True),
        "convert_to_invoice": Action(operations.convert_quote, single=True),
        "email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "send_email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "download": Action(verb="view", single=True, answer=printing.download),
        "history": Action(verb="view", single=True, bulk=False, answer=printing.history),
        "bulk_download": Action(verb="view", answer=printing.download),
        "bulk_print": Action(verb="view", answer=printing.print_together),
        **clones("quotes", in_bulk=("invoice",)),
        "template": runs.over("quote"),
    }
    uploads = {"documents": printing.attach}

    @classmethod
    def finish(cls, row: Any, view: Any) -> None:
        """A sent quote whose day has passed shows as expired, -1 (contract rules 12)."""
        today = view.who.today.isoformat() if view.who else ""
        if row["status_id"] == "2" and row["due_date"] and row["due_date"] < today:
            row["status_id"] = "-1"
