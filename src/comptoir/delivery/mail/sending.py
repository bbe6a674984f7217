"""Handing a queued mail over, once (reliability 2: mails twice).

Everything that can be redone comes first: attachments, the connection, the addresses. At the last
moment, before the message itself goes, the row is marked ``sending`` and that is committed. Whoever
finds a row in that state later cannot know whether the other server took it: it becomes ``unknown``.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.jobs import Retry, job
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import dead, faults, outcomes, quota
from .attachments import made
from .compose import compose
from .faults import Fault, Verdict
from .models import MailDelivery
from .transport import has_server, number_of, open_and_send, refused_by, transport, was_given

State, Arrival = MailDelivery.State, MailDelivery.Arrival
PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))
"""Between the tries of a mail that may still go: for most of a day."""

INTERRUPTED: Final = Fault(Verdict.UNKNOWN, "The worker stopped while the message was handed over.")


class _Taken(Exception):
    """Another worker has the delivery."""


@job("delivery.send_mail", attempts=10)
def send_mail(*, delivery: int) -> None:
    """Send one delivery, or learn that it was done before. Raises Retry to try again later."""
    row = MailDelivery.objects.filter(pk=delivery).first()
    if row is None or row.state not in (State.QUEUED, State.SENDING):
        return
    if row.state == State.SENDING:
        settle(row, INTERRUPTED, began=time.monotonic())
        return
    if not has_server(current_company(), row.method):
        _set(row, state=State.WAITING)
        return
    began = time.monotonic()
    try:
        quota.check(current_company())  # before anything is printed
        fault = _try(row)
    except _Taken:
        return
    except quota.Full:
        _hold(row)
        return
    may_wait = fault is not None and fault.verdict is Verdict.LATER and row.attempts < len(PAUSES)
    if fault is not None and may_wait and _put_off(row, fault, began=began):
        raise Retry(PAUSES[row.attempts - 1], fault.sentence)
    if not may_wait:
        settle(row, fault, began=began)


def _try(row: MailDelivery) -> Fault | None:
    """One attempt; None when the server took the message for the recipient."""
    try:
        message = compose(row, made(row.attachments))
        connection = transport(current_company(), row.method)
    except Exception as error:
        return faults.judge(error, row.recipient, given=False)
    try:
        open_and_send(connection, message, lambda: _begin(row, str(message.extra_headers["Message-ID"])))
    except (_Taken, quota.Full):
        raise
    except Exception as error:
        return faults.judge(error, row.recipient, given=was_given(connection))
    finally:
        with suppress(OSError):
            connection.close()
    if number := number_of(connection, message):
        _set(row, number=number)
    return faults.refused(row.recipient, refused_by(connection))


def _begin(row: MailDelivery, message_id: str) -> None:
    """Take the row from queued to sending, in a transaction of its own: only one worker can."""
    company = current_company()
    row.message_id, row.handed = message_id, row.handed + 1
    queued = MailDelivery.objects.filter(pk=row.pk, state=State.QUEUED)
    with transaction.atomic():
        if quota.has_limit(company):
            lock(company)  # so that two workers count one after the other
            quota.check(company)
        taken = queued.update(
            state=State.SENDING,
            message_id=message_id,
            handed=row.handed,
            number="",
            arrival="",
            updated_at=timezone.now(),
        )
    if not taken:
        raise _Taken


@transaction.atomic
def _hold(row: MailDelivery) -> None:
    """Let it wait until there is room (``waiting.py``)."""
    MailDelivery.objects.filter(pk=row.pk, state=State.QUEUED).update(
        state=State.WAITING, updated_at=timezone.now()
    )
    quota.tell(current_company())


def _put_off(row: MailDelivery, fault: Fault, *, began: float) -> bool:
    """Leave it for later, unless the provider has told by now that it took it after all."""
    with transaction.atomic():
        lock(row)
        if row.arrival:
            settle(row, fault, began=began)
            return False
        _set(row, state=State.QUEUED, attempts=row.attempts + 1, error=fault.sentence)
        _log(row, Event.MAIL_RETRY, began)
        return True


def settle(row: MailDelivery, fault: Fault | None, *, began: float) -> None:
    """Write down how the delivery ended and tell who waits for it."""
    with transaction.atomic():
        lock(row)
        fault = _overruled(row, fault)
        if fault is None:
            _set(row, state=State.SENT, attempts=row.attempts + 1, error="", sent_at=timezone.now())
        else:
            state = State.UNKNOWN if fault.verdict is Verdict.UNKNOWN else State.FAILED
            _set(row, state=state, attempts=row.attempts + 1, error=fault.sentence)
            if fault.verdict is Verdict.NEVER and dead.is_unknown(fault.sentence):
                dead.bury(row, row.recipient, fault.sentence)
        if row.secret:
            _set(row, html="", text="")
        _log(row, Event.MAIL_SENT if fault is None else Event.MAIL_BOUNCED, began)
        outcomes.tell_followers(row)


def _overruled(row: MailDelivery, fault: Fault | None) -> Fault | None:
    """What a provider has told while the mail was still in our hands is later news than its answer."""
    match row.arrival:
        case Arrival.DELIVERED | Arrival.SPAM:
            return None
        case Arrival.BOUNCED | Arrival.RETURNED:
            return Fault(Verdict.NEVER, row.error)
    return fault


def _set(row: MailDelivery, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])


def _log(row: MailDelivery, event: Event, began: float) -> None:
    log = {
        "recipient": row.recipient,
        "subject": row.subject,
        "kind": row.kind,
        "state": row.state,
        "attempt": row.attempts,
        "duration_ms": round((time.monotonic() - began) * 1000),
        "message_id": row.message_id,
        **({"error": row.error} if row.error else {}),
    }
    systemlog.record(Category.MAIL, event, Type.GENERIC, client_id=row.client_id, log=log)
