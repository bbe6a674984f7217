"""Credits on the wire (contract rules 9, 12, 14; schemas.json credit)."""

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
from comptoir.collecting import rights
from comptoir.contract.actions import Action, Switch
from comptoir.contract.fields import Constant, Key, Nested, Text
from comptoir.contract.filters import words
from comptoir.contract.relations import Many
from comptoir.delivery import documents as delivery
from comptoir.payments.reversing import mark_credit_paid
from comptoir.sales.credits import operations
from comptoir.sales.credits.models import Credit, CreditInvitation, Status
from comptoir.sales.invoices.models import Invoice

Invitations = invitation_shape(CreditInvitation, "credit")


def issue(credit: Credit, *, by: Actor, on: date) -> None:
    """Send a draft; a credit that was sent stays as it is."""
    if credit.is_draft:
        operations.mark_sent(credit, by=by, on=on)


def applicable(rows: Any, value: str, who: Any) -> Any:
    """Credits that a payment may use today."""
    return rows.applicable(who.today)


class Credits(Document):
    path, entity, model = "credits", "credit", Credit
    kind = "credit"

    invoice_id = Key(to=Invoice)
    entity_type = Constant("credit")
    invitations = Nested(Many(Invitations, by="credit", where="{t}.deleted_at IS NULL"))

    includes = document_includes("credit")
    filters = document_filters(
        client_status=words(
            {
                "draft": Q(status_id=Status.DRAFT),
                "sent": Q(status_id=Status.SENT),
                "partial": Q(status_id=Status.PARTIAL),
                "applied": Q(status_id=Status.APPLIED),
            }
        ),
        applicable=applicable,
    )
    create, update = tagged(operations.create_credit), tagged(operations.update_credit)
    flags = {
        "mark_sent": issue,
        "mark_paid": Switch(mark_credit_paid, makes=rights.paying),
        "send_email": Switch(delivery.email_document, verb="send"),
        **SAVE_DEFAULTS,
    }
    actions = {
        "archive": Action(operations.archive_credit, single=True),
        "restore": Action(operations.restore_credit, single=True),
        "delete": Action(operations.delete_credit, single=True),
        "mark_sent": Action(issue, single=True),
        "mark_paid": Action(mark_credit_paid, single=True, makes=rights.paying),
        "email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "send_email": Action(delivery.email_document, "send", params={"email_type": Text()}, single=True),
        "download": Action(verb="view", single=True, answer=printing.download),
        "history": Action(verb="view", single=True, answer=printing.history),
        "bulk_download": Action(verb="view", answer=printing.download),
        "bulk_print": Action(verb="view", answer=printing.print_together),
        **clones("credits", in_bulk=("credit",)),
        "template": runs.over("credit"),
    }
    uploads = {"documents": printing.attach}
