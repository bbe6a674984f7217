"""What happened to a record, as people read it: sentences with links, what changed, who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

from comptoir.activity.models import Activity
from comptoir.activity.sentences import Told, told
from comptoir.office.desk import Desk
from comptoir.office.history.changes import shown_changes
from comptoir.office.history.icons import icon_of
from comptoir.office.history.papers import papers_at
from comptoir.office.history.records import Records

Changes = dict[str, tuple[Any, Any]]
SHOWN = 50
TOGETHER = timedelta(hours=1)
"""Savings of one person that follow each other within this time read as one."""


@dataclass(frozen=True)
class Happened:
    """One entry of a timeline. ``changes`` are (field, old, new), written out.

    ``paper`` is the address of the document's PDF as it was then, "" where none is kept.
    """

    when: datetime
    sentence: SafeString
    icon: str
    tone: str
    who: str
    ip: str
    notes: str
    changes: list[tuple[str, str, str]]
    paper: str = ""


def history(desk: Desk, kind: str, pk: int, *, most: int = SHOWN) -> list[Happened]:
    """The latest of one record."""
    rows = Activity.objects.filter(subject_kind=kind, subject_id=pk).order_by("-pk")[:most]
    return happened(desk, rows)


def happened(desk: Desk, rows: Iterable[Activity]) -> list[Happened]:
    """Rows, newest first, as entries of a timeline."""
    found = list(rows)
    papers = papers_at(desk, found)
    kinds = {row.pk: row.subject_kind for row in found}
    together = _together(told(found, Records(desk, found)))
    return [_entry(desk, one, papers.get(one.id, ""), kinds[one.id]) for one in together]


def _together(rows: list[Told]) -> list[Told]:
    """Savings in a row are shown once, with all that they changed."""
    kept: list[Told] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last is not None and _same(last, row):
            kept[-1] = replace(last, changes=_joined(row.changes, last.changes))
        else:
            kept.append(row)
    return kept


def _joined(earlier: Changes, later: Changes) -> Changes:
    """From before the first to after the last."""
    return {
        name: (earlier.get(name, later.get(name))[0], later.get(name, earlier.get(name))[1])  # type: ignore[index]
        for name in earlier | later
    }


def _same(last: Told, row: Told) -> bool:
    return (
        row.fact.endswith("Updated")
        and (row.fact, row.who, row.sentence) == (last.fact, last.who, last.sentence)
        and last.when - row.when < TOGETHER
    )


def _entry(desk: Desk, row: Told, paper: str, kind: str) -> Happened:
    icon, tone = icon_of(row.fact)
    return Happened(
        when=row.when,
        sentence=row.sentence,
        icon=icon,
        tone=tone,
        who=row.who,
        ip=row.ip,
        notes=row.notes if row.fact == "InvoiceEmailFailed" else "",
        changes=shown_changes(desk, row.changes, kind),
        paper=paper,
    )
