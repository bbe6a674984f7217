"""The worker asks VIES, waits for member states that are away, and writes down how it went."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.jobs import Retry, job
from comptoir.activity.outbox import queue
from comptoir.clients.models import Client
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import current_company

from . import checking, vies
from .checking import Check
from .numbers import VatNumber

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""How long to wait after each try that brought no answer; then it is left to people."""

_KEPT: Final = 24 * 3600
"""Seconds for which the answer about a number that no client has yet is remembered."""


@job("clients.check_new_vat")
def check_new(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """After a client came with a new number, in a company that wants them all asked about."""
    client = Client.objects.filter(pk=id).first()
    if client is not None:
        checking.begin(client, on=timezone.localdate())


@job("clients.check_vat")
def check(*, client: int, number: str) -> None:
    """Ask about a client's number, unless it has another by now. Raises Retry while nobody answers."""
    row = Client.objects.filter(pk=client, deleted_at=None).first()
    today = timezone.localdate()
    asked = checking.number_of(row, on=today) if row else None
    if row is None or asked is None or str(asked) != number or checking.wish(row.company) == "never":
        return
    with suppress(checking.OtherNumber):
        try:
            answer = _asked(asked, row.company, today, client_id=row.pk)
        except vies.Unavailable as failure:
            _wait(row, number, str(failure), on=today)
        else:
            checking.record(row, number, answer, by=SYSTEM, on=today)


def _wait(client: Client, number: str, reason: str, *, on: date) -> None:
    before = checking.stored(client.tax_info)
    tries = (before.tries if before and before.number == number else 0) + 1
    now = timezone.now()
    pause = PAUSES[tries - 1] if tries <= len(PAUSES) else None
    state = Check(
        number,
        checking.UNAVAILABLE,
        now,
        reason=reason,
        tries=tries if pause else 0,
        next_at=now + pause if pause else None,
    )
    checking.keep(client, state, on=on)
    if pause:
        raise Retry(pause, reason)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a number that somebody is typing: ``answer``, or why there is none."""

    answer: vies.Answer | None = None
    reason: str = ""


def look_up(number: VatNumber) -> Found | None:
    """Ask about a number that is not saved yet; None until the worker has the answer."""
    known: Found | None = cache.get(_place(number))
    if known is None and cache.add(f"{_place(number)}:asked", "1", 60):
        queue("clients.look_up_vat", {"state": number.state, "digits": number.digits})
    return known


def look_again(number: VatNumber) -> None:
    """Forget what was found, so that the next look asks."""
    cache.delete_many([_place(number), f"{_place(number)}:asked"])


@job("clients.look_up_vat")
def find(*, state: str, digits: str) -> None:
    """Ask once; a person who waits can ask again."""
    number = VatNumber(state, digits)
    try:
        found = Found(_asked(number, current_company(), timezone.localdate()))
    except vies.Unavailable as failure:
        found = Found(reason=str(failure))
    cache.set(_place(number), found, _KEPT if found.answer else 60)


def keep_found(client: Client, *, by: Actor, on: date) -> None:
    """A client was saved with a number that was looked up just before: keep the answer with it."""
    number = checking.number_of(client, on=on)
    if number is None or checking.check_of(client, on=on):
        return
    found: Found | None = cache.get(_place(number))
    if found and found.answer:
        with suppress(checking.OtherNumber):
            checking.record(client, str(number), found.answer, by=by, on=on)


def _place(number: VatNumber) -> str:
    return f"vat:{current_company().pk}:{number}"


def _asked(number: VatNumber, company: Company, today: date, *, client_id: int | None = None) -> vies.Answer:
    """Ask, and write a row of the system log either way."""
    began = time.monotonic()
    log: dict[str, Any] = {"number": str(number), "service": "VIES"}
    event = systemlog.Event.CHECK_FAILED
    try:
        answer = vies.ask(number, checking.asker(company, on=today))
        event = systemlog.Event.CHECKED
        log |= {
            "valid": answer.is_valid,
            "name": answer.name,
            "consultation": answer.consultation,
        }
        return answer
    except vies.Unavailable as failure:
        log["error"] = str(failure)
        raise
    finally:
        systemlog.record(
            systemlog.Category.LOG,
            event,
            systemlog.Type.UPSTREAM,
            client_id=client_id,
            log={**log, "milliseconds": round((time.monotonic() - began) * 1000)},
        )
