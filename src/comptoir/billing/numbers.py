"""When a document takes its number, and what becomes of it (contract rules 16, decisions M13, M14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.clients.models import Client
from comptoir.kernel.refused import Refused
from comptoir.numbering.drawing import draw
from comptoir.numbering.patterns import Context
from comptoir.numbering.queries import is_used
from comptoir.numbering.rules import is_gap_free, refuse_own_number
from comptoir.preferences.cascade import Preferences

from .documents import BillingDocument

TAKEN = _("This number is already taken.")
FREED = "_Deleted"


def applied(series: str, preferences: Preferences) -> str:
    """The setting that says when numbers of a series are drawn; at save for those that have none."""
    setting = {"invoice": "counter_number_applied", "quote": "quote_number_applied"}.get(series)
    return str(preferences[setting]) if setting else "when_saved"


def waits_for_issue(series: str, applied: str) -> bool:
    """Whether a draft has no number yet: by setting ("when_sent"), or by law."""
    return applied == "when_sent" or is_gap_free(series)


def take_number(series: str, document: BillingDocument, preferences: Preferences, *, on: date) -> None:
    """Draw the next number unless the document has one. Runs in the transaction that saves it."""
    if document.number:
        return
    user = document.user if "user" in preferences[f"{series}_number_pattern"] else None
    document.number = draw(series, preferences, context(document.client, user, on), _all(document))


def context(client: Client, user: Any, on: date) -> Context:
    """What a number pattern may speak of."""
    return Context(on=on, client=client, group_id=client.group_id, user=user)


def refuse_taken(series: str, document: BillingDocument, fields: Mapping[str, Any]) -> None:
    """A number typed by hand is kept if nobody of the company has it (deleted ones count)."""
    number = fields.get("number")
    if not number:
        return
    if number != type(document).objects.filter(pk=document.pk).values_list("number", flat=True).first():
        refuse_own_number(series, number)
    if _others(document, number):
        raise Refused("number", TAKEN)


def refuse_used(document: BillingDocument) -> None:
    """A number that another program gave is kept too, if nobody of the company has it. Before it is saved."""
    if document.number and is_used(document.number, _all(document)):
        raise Refused("number", TAKEN)


def freed(document: BillingDocument) -> str:
    """What a deleted document's number becomes, so that the number is free again (contract rules 13)."""
    if not document.number:
        return ""
    name = f"{document.number}{FREED}"
    taken = set(
        _all(document).filter(~Q(number=""), number__startswith=name).values_list("number", flat=True)
    )
    n = 0
    while (tried := f"{name}_{n}" if n else name) in taken:
        n += 1
    return tried


def reclaim(series: str, document: BillingDocument, preferences: Preferences, *, on: date) -> None:
    """Give a restored document its old number back, or the next one if somebody took it since."""
    number, mark, _rest = document.number.rpartition(FREED)
    if not mark:
        return
    document.number = "" if _others(document, number) else number
    take_number(series, document, preferences, on=on)


@contextmanager
def clashes_are_refused() -> Iterator[None]:
    """A number that another writer took a moment before is refused like any taken one."""
    try:
        yield
    except IntegrityError as error:
        if "number" in str(error):
            raise Refused("number", TAKEN) from error
        raise


def _others(document: BillingDocument, number: str) -> bool:
    # the unique index leaves numberless documents out, and serves only queries that say so too
    same = _all(document).filter(~Q(number=""), number=number)
    return same.exclude(pk=document.pk).exists()


def _all(document: BillingDocument) -> models.QuerySet[Any]:
    return type(document).objects.all()
