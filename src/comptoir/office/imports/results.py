"""What came of an import: figures, and the rows of one outcome."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.insight.imports import reporting
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import
from comptoir.office.desk import Desk
from comptoir.office.imports import words
from comptoir.office.imports.finding import address
from comptoir.office.links import record_url
from comptoir.office.modules import module_of
from comptoir.ui import cells
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Tab

MOST: Final = 100
"""Rows of the report on one page."""
_ORDER: Final = ("refused", "skipped", "updated", "made", "merged")
"""First what somebody must look at."""


def report(desk: Desk, run: Import) -> dict[str, Any]:
    """Figures, and the rows of the outcome that was asked for: first those that somebody must look at."""
    counts = run.counts()
    shown = [name for name in _ORDER if counts[name]]
    asked = desk.request.GET.get("outcome", "")
    outcome = asked if asked in shown else next(iter(shown), "")
    start = max(0, int(number) if (number := desk.request.GET.get("from", "")).isdecimal() else 0)
    rows = list(run.rows.filter(outcome=outcome, number__gt=start).order_by("number")[: MOST + 1])
    at = address(run)
    return {
        "stats": words.stats(run),
        "outcomes": [_tab(run, name, active=name == outcome) for name in shown],
        "report": _table(run, rows[:MOST]),
        "more_url": f"{at}?outcome={outcome}&from={rows[MOST - 1].number}" if len(rows) > MOST else "",
        "to_correct": counts["refused"] + counts["skipped"],
        "records_url": module_of(run.entity).list_url,
        "records": ENTITIES[run.entity].title,
    }


def _tab(run: Import, name: str, *, active: bool) -> Tab:
    label = words.outcome(name, rehearsal=run.rehearsal)
    count = str(cells.number(run.counts()[name]))
    return Tab(label, f"{address(run)}?outcome={name}", active=active, count=count)


def _table(run: Import, rows: list[Any]) -> Table:
    names = ENTITIES[run.entity].records([row.record_id for row in rows if row.record_id])
    return Table(
        columns=[
            Column("row", _("Row"), quiet=True, phone="sub"),
            Column("record", _("Record"), strong=True, wide=True, phone="main"),
            Column("reason", _("Reason"), phone="sub"),
        ],
        rows=[_row(run, row, names) for row in rows],
        caption=_("Rows of the file"),
    )


def _row(run: Import, row: Any, names: dict[int, str]) -> Row:
    """The record it became, else the first words of the row itself."""
    url = record_url(run.entity, row.record_id) if row.record_id in names else ""
    name = names.get(row.record_id, "") or ", ".join(cell for cell in row.cells if cell)[:80] or "—"
    told = [str(row.number), cells.link(name, url) if url else name, " ".join(reporting.told(run, row))]
    return Row(str(row.number), name, told, url=url)
