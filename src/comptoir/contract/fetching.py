"""Rows of the wire for known keys: one fixed statement a shape, one more for each include.

Lists, single records, the answer to a write and the body of a webhook all come from here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from comptoir.contract.plans import Plan
from comptoir.contract.relations import Made, One
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.tenancy.statements import run_keys

Pair = tuple[tuple[Any, ...], Row]
"""A row of the database and the same row on the wire."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY: Final = View()


def fetch(plan: Plan, keys: Sequence[int], view: View = _NOBODY) -> list[Row]:
    """The wire rows of ``keys``, in that order; a key without a row is left out."""
    found = {row[0]: made for row, made in _read(plan, keys, view)} if keys else {}
    return [found[key] for key in keys if key in found]


def _read(plan: Plan, keys: Collection[int], view: View) -> list[Pair]:
    """Each database row with the wire's, includes and all, in the statement's order."""
    make = plan.compiled.make
    rows = [(row, make(row)) for row in run_keys(plan.statement, keys)]
    if rows:
        for name, part in plan.parts.items():
            _attach(plan, name, part, rows, view)
        for _, made in rows:
            plan.shape.finish(made, view)
    return rows


def _attach(plan: Plan, name: str, part: Plan, rows: list[Pair], view: View) -> None:
    if isinstance(part.link, One):
        _attach_one(plan.slot_of(part.link), part, name, rows, view)
    elif isinstance(part.link, Made):
        values = part.link.make([row[0] for row, _ in rows], view)
        for row, made in rows:
            made[name] = values.get(row[0], part.link.otherwise)
    else:
        groups: dict[int, list[Row]] = {row[0]: [] for row, _ in rows}
        for child, shown in _read(part, groups, view):
            groups[child[-1]].append(shown)
        for row, made in rows:
            made[name] = groups[row[0]]


def _attach_one(slot: int, part: Plan, name: str, rows: list[Pair], view: View) -> None:
    keys = {row[slot] for row, _ in rows} - {None}
    found = {far[0]: shown for far, shown in _read(part, keys, view)} if keys else {}
    for row, made in rows:
        if row[slot] in found:
            made[name] = found[row[slot]]


def fetch_versioned(plan: Plan, key: int, view: View) -> tuple[Row, int] | None:
    """One wire row and its version, in microseconds of ``updated_at`` (0 where the table has none)."""
    for row, made in _read(plan, [key], view):
        slot = plan.compiled.version
        return made, version_of(row[slot]) if slot else 0
    return None


def version_of(moment: Any) -> int:
    """Microseconds since the epoch, from a moment or from SQLite's text of one."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is None:
        return 0
    return int((moment.replace(tzinfo=moment.tzinfo or UTC) - _EPOCH) // timedelta(microseconds=1))
