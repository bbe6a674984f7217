"""Send a document by e-mail at a day to come, exactly once (features: schedule sending)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.jobs import job
from comptoir.activity.operations import operation, tell
from comptoir.activity.outbox import queue
from comptoir.activity.shelving import refuse_deleted
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.kinds import KINDS
from comptoir.delivery.documents.sending import TEMPLATES, email_document, mail_of, reachable
from comptoir.delivery.mail.texts import template_named
from comptoir.kernel.cadence import send_moment
from comptoir.kernel.refused import Refused, WrongState
from comptoir.preferences.cascade import Preferences
from comptoir.reference import timezone
from comptoir.tenancy.locking import lock

from . import facts
from .models import Planned

State = Planned.State


def moment_of(day: date, preferences: Preferences) -> datetime:
    """The send hour of that day in the client's zone, as UTC."""
    found = timezone(str(preferences.timezone_id))
    return send_moment(day, ZoneInfo(found.location if found else "UTC"), int(preferences.entity_send_time))


@operation
def plan_sending(
    document: BillingDocument,
    day: date,
    *,
    by: Actor,
    on: date,
    template: str = "",
    subject: str = "",
    body: str = "",
) -> Planned:
    """Let it leave on ``day``; what was planned before is replaced.

    Raises Refused at ``day``, ``template`` or ``contacts``; WrongState for a deleted document.
    """
    refuse_deleted(document)
    refuse_past(day, on)
    kind = document.kind.entity
    name = template_named(template or TEMPLATES.get(kind, kind))
    if name is None:
        raise Refused("template", _("There is no such e-mail template."))
    reachable(document, mail_of(name))
    lock(document)
    _waiting(document).update(state=State.CANCELLED)
    planned = Planned.objects.create(
        client_id=document.client_id, user_id=by.user_id, kind=kind, document_id=document.pk, day=day,
        moment=moment_of(day, document.client.preferences),
        template=template, subject=subject[:998], body=body,
    )  # fmt: skip
    queue("papers.send", {"planned": planned.pk}, key=f"planned-{planned.pk}", run_at=planned.moment)
    tell(facts.SendingPlanned(document, actor=by, notes=day.isoformat()))
    return planned


def refuse_past(day: date, on: date) -> None:
    """Raises Refused at ``day`` unless it is still to come."""
    if day <= on:
        raise Refused("day", _("Choose a day after today, or send it now."))


@operation
def cancel_sending(document: BillingDocument, *, by: Actor, on: date) -> None:
    """It stays where it is. Raises WrongState when nothing waits."""
    lock(document)
    if not _waiting(document).update(state=State.CANCELLED):
        raise WrongState(_("No sending is planned."))
    tell(facts.SendingCancelled(document, actor=by))


def planned_for(document: BillingDocument) -> Planned | None:
    """What waits for it."""
    return _waiting(document).first()


def _waiting(document: BillingDocument) -> QuerySet[Planned]:
    return Planned.objects.filter(kind=document.kind.entity, document_id=document.pk, state=State.WAITING)


def give_up(*, planned: int) -> None:
    """It does not wait for a day that has passed."""
    row = Planned.objects.filter(pk=planned, state=State.WAITING).first()
    if row is not None:
        sentence = _("Something went wrong on the server; the log says what.")
        _fail(row, _document(row), sentence, by=SYSTEM, on=row.day)


@job("papers.send", given_up=give_up)
def send_planned(*, planned: int) -> None:
    """The sending and its mark are one transaction: run twice, it finds itself done."""
    try:
        with transaction.atomic():
            _send(planned)
    except (Refused, WrongState) as refused:
        row = Planned.objects.get(pk=planned)
        _fail(row, _document(row), str(refused.sentence), by=SYSTEM, on=row.day)


def _send(planned: int) -> None:
    row = Planned.objects.filter(pk=planned).first()
    lock(row)
    if row is None or row.state != State.WAITING:
        return
    document = _document(row)
    email_document(
        document, by=SYSTEM, on=row.day, email_type=row.template, subject=row.subject, body=row.body,
        occurrence=f"planned-{row.pk}",
    )  # fmt: skip
    _mark(row, State.SENT)


@operation
def _fail(row: Planned, document: BillingDocument, error: str, *, by: Actor, on: date) -> None:
    _mark(row, State.FAILED, error)
    tell(facts.SendingFailed(document, actor=by, notes=error))


def _document(row: Planned) -> BillingDocument:
    return KINDS[row.kind].model.objects.select_related("client", "client__group").get(pk=row.document_id)


def _mark(row: Planned, state: str, error: str = "") -> None:
    row.state, row.error = state, error[:500]
    row.save(update_fields=["state", "error", "updated_at"])
