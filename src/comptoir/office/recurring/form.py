"""The rhythm in the editor: what it asks, what is read out of it, the dates that follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.kernel.cadence import FREQUENCIES
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents.editor import client_of
from comptoir.office.documents.kinds import Extra
from comptoir.office.links import page_url
from comptoir.office.pages import part
from comptoir.office.recurring import words
from comptoir.preferences.cascade import Preferences
from comptoir.reference import timezone
from comptoir.sales.recurring import calendar, rules
from comptoir.sales.recurring.models import ENDLESS, RecurringInvoice

SHOWN: Final = 12
"""Dates that the editor and the page announce."""
MONTHLY: Final = "5"


def start(client: Client | None, on: date) -> dict[str, Any]:
    """A new one: monthly, from today, without end."""
    return {
        "frequency_id": MONTHLY,
        "next_send_date": on,
        "remaining_cycles": "",
        "due_date_days": "terms",
        "auto_bill": client.preferences["auto_bill"] if client else "off",
    }


def shown(recurring: RecurringInvoice) -> dict[str, Any]:
    """The values of a saved one; an empty number of turns is no end."""
    n = recurring.remaining_cycles
    return {
        "frequency_id": recurring.frequency_id,
        "next_send_date": recurring.next_on,
        "remaining_cycles": "" if n == ENDLESS else str(n),
        "due_date_days": recurring.due_date_days if recurring.due_date_days not in ("", "0") else "terms",
        "auto_bill": recurring.auto_bill,
    }


def read(sent: Mapping[str, Any], faults: dict[str, list[Any]]) -> dict[str, Any]:
    """The fields that operations take; what is no number or no date becomes a fault at its place."""
    fields: dict[str, Any] = {
        name: str(sent[name]) for name in ("frequency_id", "due_date_days", "auto_bill") if name in sent
    }
    if "remaining_cycles" in sent:
        fields["remaining_cycles"] = _turns(str(sent["remaining_cycles"]).strip(), faults)
    if "next_send_date" in sent:
        fields["next_on"] = _day(str(sent["next_send_date"]), faults)
    return fields


def _turns(text: str, faults: dict[str, list[Any]]) -> int:
    if not text:
        return ENDLESS
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    faults["remaining_cycles"] = [_("A whole number, or nothing for no end.")]
    return ENDLESS


def _day(text: str, faults: dict[str, list[Any]]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults["next_send_date"] = [_("This is not a date.")]
        return None


def choices(desk: Desk, draft: Any) -> dict[str, Any]:
    """What the selects offer, and where the dates come from."""
    return {
        "rhythms": words.rhythms(),
        "ways_to_fall_due": words.ways_to_fall_due(),
        "auto_bills": list(words.AUTO_BILL.items()),
        "dates_url": page_url("dates-recurring_invoice"),
        "was_made": draft.document is not None and draft.document.last_sent_date is not None,
    }


def dates(desk: Desk) -> HttpResponse:
    """The days that follow from what stands in the form."""
    sent = desk.request.POST
    client = client_of(desk, sent.get("client_id", ""))
    preferences = client.preferences if client else desk.preferences
    faults: dict[str, list[Any]] = {}
    fields = read(sent, faults)
    sketch = RecurringInvoice(company=desk.company, **fields)
    sketch.next_on = sketch.next_on or desk.on
    try:
        rules.refuse_odd_schedule(sketch)
    except Refused as refused:
        faults |= refused.errors
    coming = [] if faults or sketch.frequency_id not in FREQUENCIES else coming_dates(sketch, preferences)
    return part(desk, "recurring/dates.html", {"coming": coming, **leaving(preferences)})


def coming_dates(recurring: RecurringInvoice, preferences: Preferences) -> list[tuple[date, date | None]]:
    """The next days with their due days, a dozen at most."""
    return calendar.preview(recurring, preferences, SHOWN)


def leaving(preferences: Preferences) -> dict[str, Any]:
    """At what hour, in which zone the invoices leave, and whether by e-mail."""
    zone = timezone(str(preferences.timezone_id))
    return {
        "hour": f"{int(preferences.entity_send_time) % 24:02d}:00",
        "zone": zone.location.replace("_", " ") if zone else "UTC",
        "is_mailed": bool(preferences.auto_email_invoice),
    }


EXTRA: Final = Extra("office/recurring/rhythm.html", start, shown, read, choices)
