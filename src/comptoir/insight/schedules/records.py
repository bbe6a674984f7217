"""A document by schedule: mailed once, on its day (template email_record)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.texts import template_named
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused, WrongState

from .logs import unsent
from .models import Schedule

ENTITIES: Final = ("invoice", "quote", "credit")


def faults(schedule: Schedule, on: date) -> dict[str, list[Any]]:
    """An entity that cannot be mailed, a record that is not there, words that nobody knows."""
    parameters = schedule.parameters
    if parameters.get("entity") not in ENTITIES:
        return {"parameters.entity": [_("Choose an invoice, a quote or a credit note.")]}
    if document_of(schedule) is None:
        return {"parameters.entity_id": [_("There is no such document.")]}
    template = parameters.get("template")
    if template and template_named(str(template)) is None:
        return {"parameters.template": [_("There is no such e-mail template.")]}
    return {}


def document_of(schedule: Schedule) -> BillingDocument | None:
    """The document that its parameters name; None once it is deleted."""
    kind = KINDS.get(str(schedule.parameters.get("entity")))
    key = ids.decode(str(schedule.parameters.get("entity_id") or ""))
    if kind is None or key is None:
        return None
    rows: Any = kind.model.objects.select_related("client__group", "company")
    found: BillingDocument | None = rows.filter(pk=key, deleted_at=None).first()
    return found


def work(schedule: Schedule, day: date, on: date) -> list[tuple[str, dict[str, Any], str]]:
    """One job."""
    return [("schedules.record", {}, f"schedule:{schedule.pk}:{day}")]


@job("schedules.record")
def send(*, schedule: int, day: str, on: str) -> None:
    """Mail it; run twice, it leaves once. What cannot be sent is told in the logs of its client."""
    row = Schedule.objects.get(pk=schedule)
    document = document_of(row)
    if document is None:
        return
    kind, occurrence = str(row.parameters["entity"]), f"schedule-{row.pk}-{day}"
    if MailDelivery.objects.filter(kind=kind, object_id=document.pk, occurrence=occurrence).exists():
        return
    template = template_named(str(row.parameters.get("template") or "")) or ""
    today = date.fromisoformat(on)
    try:
        email_document(document, by=SYSTEM, on=today, email_type=template, occurrence=occurrence)
    except (Refused, WrongState) as refused:
        unsent(row, kind, document.client_id, str(refused.sentence))
