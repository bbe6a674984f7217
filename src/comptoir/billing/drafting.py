"""Making and revising a document: the steps that invoices, quotes and credits have in common.

The operation around them locks, moves balances and tells; nothing here touches the ledger.
``series`` is the word of the settings and of numbering: "invoice", "quote", "credit".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from comptoir.clients.models import Client
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.tenancy import saving
from comptoir.tenancy.inserting import insert

from . import composition, exchanging, keywords, numbers, rules
from .documents import BillingDocument
from .invitations import invite_first

Changes = dict[str, tuple[Any, Any]]
NEVER_EMPTY = frozenset({"date", "number", "exchange_rate", "design_id"})
_WORDS = ("terms", "footer", "public_notes")
"""What settings and the client fill in for a document of ours."""


def draft(
    document: BillingDocument,
    series: str,
    preferences: Preferences,
    fields: Mapping[str, Any],
    *,
    on: date,
    spells: bool = False,
) -> None:
    """Put a new draft together and insert it, with its invitations.

    ``spells``: words that stand for a time become that time, counted from the document's date.
    Raises Refused at number, partial, due_date, partial_due_date or ``line_items.<n>.<key>``.
    """
    client = document.client
    _put_together(document, series, preferences, fields, on=on)
    if spells:
        _spell_out(document, preferences)
    numbers.refuse_taken(series, document, fields)
    _check(document, client, preferences)
    if not numbers.waits_for_issue(series, numbers.applied(series, preferences)):
        numbers.take_number(series, document, preferences, on=on)
    rules.clamp_partial(document)
    with numbers.clashes_are_refused():
        insert([document])
    invite_first(document, client, fields.get("invitations"))


def adopt(
    document: BillingDocument, series: str, preferences: Preferences, fields: Mapping[str, Any], *, on: date
) -> None:
    """Put together what another program made, and save nothing: its words and taxes are its own, and its
    number too, whatever the law asks of ours. Raises Refused like ``draft``.
    """
    _put_together(document, series, preferences, fields, on=on)
    for name in _WORDS:
        setattr(document, name, fields.get(name) or "")
    numbers.refuse_used(document)
    rules.refuse_negative_partial(document)
    rules.refuse_negative_rate(document)
    composition.count_as_said(document, document.client, preferences)
    rules.refuse_too_much(document)
    rules.refuse_crossed_dates(document)
    rules.refuse_crossed_period(document)


def _put_together(
    document: BillingDocument, series: str, preferences: Preferences, fields: Mapping[str, Any], *, on: date
) -> None:
    start = composition.starting_values(series, document.client, preferences, on=on)
    said = {name: value for name, value in fields.items() if value not in ("", None)}
    composition.put(document, start | said)
    composition.put_lines(document, fields.get("line_items") or [])


def sketch(
    document: BillingDocument, series: str, preferences: Preferences, fields: Mapping[str, Any], *, on: date
) -> None:
    """Put a document together and count it without saving anything: live totals and previews.

    Raises Refused like ``draft``, but asks for no number.
    """
    client = document.client
    start = {} if document.pk else composition.starting_values(series, client, preferences, on=on)
    said = {name: value for name, value in fields.items() if value not in ("", None)}
    composition.put(document, start | said)
    if "line_items" in fields:
        composition.put_lines(document, fields["line_items"] or [])
    composition.count(document, client, preferences)


def revise(
    document: BillingDocument, series: str, preferences: Preferences, fields: Mapping[str, Any]
) -> Changes:
    """Set what was sent and count again; answers field -> (old, new). The caller saves.

    An empty word empties a field, except where a document cannot be without.
    """
    rules.refuse_other_client(document, fields)
    exchanging.follow_client(document, document.client)
    was, day = document.amount, document.date
    kept = {
        name: value for name, value in fields.items() if name not in NEVER_EMPTY or value not in ("", None)
    }
    changes = composition.put(document, kept)
    if "exchange_rate" not in kept:
        exchanging.follow_date(document, day)
    if "line_items" in fields:
        composition.put_lines(document, fields["line_items"] or [])
    numbers.refuse_taken(series, document, fields)
    _check(document, document.client, preferences)
    if document.amount != was:
        changes["amount"] = (was, document.amount)
    return changes


def save(document: BillingDocument) -> None:
    """Save; a number that somebody took a moment before is refused like any taken one."""
    with numbers.clashes_are_refused():
        saving.save(document)


def _spell_out(document: BillingDocument, preferences: Preferences) -> None:
    """``:MONTH`` and the like in its texts and lines, in the client's language."""
    on, locale = document.date, spoken_by("", preferences).locale
    for name in keywords.TEXTS:
        setattr(document, name, keywords.spelled_out(getattr(document, name), on, locale))
    if keywords.are_in(document.line_items):
        rows = document.raw_lines
        for row in rows:
            row |= {key: keywords.spelled_out(str(row.get(key) or ""), on, locale) for key in keywords.LINE}
        composition.put_lines(document, rows)


def _check(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    rules.refuse_negative_partial(document)
    rules.refuse_negative_rate(document)
    composition.count(document, client, preferences)
    rules.refuse_too_much(document)
    rules.refuse_crossed_dates(document)
    rules.refuse_crossed_period(document)
