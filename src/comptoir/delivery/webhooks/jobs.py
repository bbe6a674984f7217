"""From what happened to the requests that say so: one for each webhook and event, never lost.

A receiver may see one twice (the answer was lost on its way); it carries the same ``X-Comptoir-Event``.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import systemlog
from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact, fact_named
from comptoir.activity.jobs import GiveUp, Retry, job
from comptoir.activity.models import Activity
from comptoir.activity.outbox import queue
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

from .bodies import body_of
from .events import EVENTS
from .models import Webhook
from .operations import archive_webhook, pause_webhook
from .posting import Answer, post

PATIENCE: Final = 8
"""Tries in a row, about two hours, before a webhook is paused."""

PAUSE: Final = timedelta(hours=1)
"""How often an event of a paused webhook looks whether it was resumed."""

GONE: Final = 410

_WANTED: Final = (
    "SELECT 1 FROM webhooks_webhook WHERE company_id = %s AND event_id = %s AND archived_at IS NULL LIMIT 1"
)


def wanted(kind: type[Fact]) -> bool:
    """Whether somebody waits for this event; asked at every change, so by one prepared statement."""
    return kind.event is not None and bool(run(_WANTED, (current_company_id(), kind.event)))


@job("delivery.webhooks")
def share_out(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """One job for each webhook that waits for the event, queued once for ever."""
    told = fact_named(fact)
    if told is None or told.event is None:
        return
    for webhook in Webhook.objects.filter(event_id=told.event, archived_at=None):
        args = {"webhook": webhook.pk, "kind": kind, "id": id, "activity": activity}
        queue("delivery.post_webhook", args, key=f"webhook-{webhook.pk}-{activity}")


@job("delivery.post_webhook")
def post_webhook(*, webhook: int, kind: str, id: int, activity: int) -> None:  # noqa: A002
    """Tell one target. Raises Retry until it has answered well."""
    row = Webhook.objects.filter(pk=webhook, archived_at=None).first()
    if row is None:
        return
    if row.paused_at is not None:
        raise Retry(PAUSE, "The webhook is paused.")
    body = body_of(kind, id)
    if body is None:
        return  # erased for good meanwhile: nothing is left to tell
    answer = tell_target(row, body, f"{row.pk}-{activity}", client=_client(kind, id, activity))
    if answer.is_good:
        return
    if answer.status == GONE:
        archive_webhook(row, by=Actor("system"), on=timezone.localdate())
        raise GiveUp("The target said that it is gone.")
    if row.failures >= PATIENCE:
        pause_webhook(row, by=Actor("system"), on=timezone.localdate())
        raise Retry(PAUSE, "The webhook is paused.")
    raise Retry(timedelta(seconds=30 * 2 ** min(row.failures - 1, 7)), answer.error or str(answer.status))


def tell_target(row: Webhook, body: bytes, event: str, *, client: int | None = None) -> Answer:
    """Send a body now, write down how it went, in the row and in the system log."""
    began = time.monotonic()
    answer = post(row.target_url, row.rest_method, row.headers, body, secret=row.secret, event=event)
    row.failures = 0 if answer.is_good else row.failures + 1
    row.last_status, row.last_error, row.last_at = answer.status or None, answer.error, timezone.now()
    row.save(update_fields=["failures", "last_status", "last_error", "last_at"])
    outcome = systemlog.Event.WEBHOOK_SUCCESS if answer.is_good else systemlog.Event.WEBHOOK_FAILURE
    log = {
        "webhook": row.pk,
        "target": urlsplit(row.target_url).hostname,
        "event": str(EVENTS.get(row.event_id, row.event_id)),
        "status": answer.status,
        "error": answer.error or ("" if answer.is_good else _("The target refused it.")),
        "milliseconds": round((time.monotonic() - began) * 1000),
    }
    systemlog.record(systemlog.Category.WEBHOOK, outcome, systemlog.Type.WEBHOOK, client_id=client, log=log)
    return answer


def _client(kind: str, key: int, activity: int) -> int | None:
    if kind == "client":
        return key
    return Activity.objects.filter(pk=activity).values_list("client_id", flat=True).first()
