"""What a schedule is about, in words, with the records that it names; asked for all rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client
from comptoir.insight.schedules import reports
from comptoir.insight.schedules.models import INSTALMENTS, RECORD, REPORT, STATEMENT, Schedule
from comptoir.kernel import ids
from comptoir.office.links import numbers_of, record_url
from comptoir.office.statements.scheduling import SPANS

MOST_NAMED = 2


@dataclass(frozen=True)
class About:
    """``whom`` are (label, address) of the records; none means everybody."""

    what: str
    whom: list[tuple[str, str]]


def about(rows: Iterable[Schedule]) -> dict[int, About]:
    """By the schedule's key."""
    found = list(rows)
    named = _records(found)
    return {row.pk: About(_what(row), _whom(row, named)) for row in found}


def _whom(row: Schedule, named: Mapping[tuple[str, int], tuple[str, str]]) -> list[tuple[str, str]]:
    """A report goes to whoever made its schedule."""
    if row.template == REPORT:
        return [(row.user.name, "")] if row.user else []
    return [named[ref] for ref in _refs(row) if ref in named]


def document_labels(refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Numbers and addresses of documents by (kind, key), one question for each kind."""
    draft = pgettext("a document without a number yet", "draft")
    return {
        (kind, key): (_KINDS[kind](number or draft), record_url(kind, key))
        for (kind, key), number in numbers_of(refs).items()
    }


_KINDS = {
    "invoice": lambda number: _("Invoice %(number)s") % {"number": number},
    "quote": lambda number: _("Quote %(number)s") % {"number": number},
    "credit": lambda number: _("Credit %(number)s") % {"number": number},
}


def _what(row: Schedule) -> str:
    if row.template == STATEMENT:
        span = SPANS.get(row.parameters.get("date_range", ""), "")
        return _("Statement · %(period)s") % {"period": span} if span else _("Statement")
    if row.template == REPORT:
        return _("Report · %(title)s") % {"title": reports.title(row)}
    return _("Instalments") if row.template == INSTALMENTS else _("E-mail of a document")


def _refs(row: Schedule) -> list[tuple[str, int]]:
    said: Mapping[str, Any] = row.parameters
    if row.template == STATEMENT:
        pairs = [("client", key) for key in said.get("clients") or []]
    elif row.template == REPORT:
        pairs = []
    elif row.template == RECORD:
        pairs = [(str(said.get("entity")), said.get("entity_id"))]
    else:
        pairs = [("invoice", said.get("invoice_id") or said.get("entity_id"))]
    keys = [(kind, ids.decode(str(key or ""))) for kind, key in pairs]
    return [(kind, key) for kind, key in keys if key is not None]


def _records(rows: list[Schedule]) -> dict[tuple[str, int], tuple[str, str]]:
    refs = [ref for row in rows for ref in _refs(row)]
    clients = Client.objects.filter(pk__in={key for kind, key in refs if kind == "client"})
    named = {
        ("client", one.pk): (one.display_name or one.number, record_url("client", one.pk)) for one in clients
    }
    return named | document_labels(ref for ref in refs if ref[0] in _KINDS)
