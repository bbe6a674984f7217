"""The import itself: batch after batch, each one transaction with its own report.

The cursor moves in the transaction that writes the records. Whenever a worker dies, the next one finds a
batch either whole, with its rows in the report, or not there at all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused
from comptoir.people import permissions
from comptoir.people.models import Membership
from comptoir.tenancy.inserting import insert
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import files, reporting, sheets
from .cells import Notation
from .declaring import Column, Line, Order, Outcome, Result, Session, Unit
from .entities import ENTITIES
from .models import Import, ImportedRow
from .operations import fail_import, finish_import

log: Final = logging.getLogger(__name__)

BATCH: Final = 500
"""Rows or so in one transaction, at most: a fraction of a second of the one writer."""
_AWAY: Final = (OperationalError, InterfaceError)
"""The database does not answer; any other fault is one of a row."""


@dataclass(frozen=True)
class Work:
    """A file read and parted; the same for the same file and choices, so that a cursor means something."""

    session: Session
    batches: list[list[Unit]]


def run_import(run: Import) -> Import:
    """Do what is left of it. Raises OperationalError when the database is away: ask again later."""
    try:
        work = prepare(run)
    except Refused as refusal:
        return fail_import(run, str(refusal.sentence), by=run.by, on=_today())
    done = 0
    for batch in work.batches:
        if done >= run.cursor and not _step(run, work.session, batch, done):
            return run
        done += len(batch)
    return _finish(run)


def prepare(run: Import) -> Work:
    """Read the file. Raises Refused when it cannot be."""
    entity = ENTITIES[run.entity]
    rows = sheets.rows(files.read(run), run.type, run.manner)
    columns = {column.id: column for column in entity.columns()}
    used = [(place, columns[name]) for place, name in sorted(run.columns.items()) if name in columns]
    notation = Notation(run.decimal, run.day_order)
    lines = [_line(row, used, notation) for row in rows[run.has_header :]]
    session = entity.session(_order(run, entity.permission))
    groups = session.gather(lines)
    size = min(BATCH, entity.batch)
    return Work(session, [batch for group in groups for batch in _batches(group, size)])


def _line(row: sheets.Row, used: Sequence[tuple[int, Column]], notation: Notation) -> Line:
    """The values of one row; what cannot be read is a fault of its column."""
    line = Line(row.number, row.cells, [{}])
    times: dict[str, int] = {}
    for place, column in used:
        nth = times.get(column.id, 0)
        times[column.id] = nth + 1
        while len(line.values) <= nth:
            line.values.append({})
        cell = row.cells[place] if place < len(row.cells) else ""
        if not cell:
            continue
        try:
            line.values[nth][column.id] = column.read(cell, notation)
        except ValueError as fault:
            line.faults.append((column.id, str(fault)))
    return line


def _batches(units: Sequence[Unit], size: int) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    rows = 0
    for unit in units:
        batch.append(unit)
        rows += len(unit.lines)
        if rows >= size:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _order(run: Import, permission: str) -> Order:
    member = Membership.objects.select_related("company", "user").filter(user_id=run.user_id).first()
    return Order(
        duplicates=run.duplicates,
        matched_by=frozenset(run.matched_by),
        may_edit=lambda row: member is not None and permissions.may(member, "edit", permission, row),
        may_create=lambda kind: member is not None and permissions.may(member, "create", kind),
        own=lambda ids: _own(run, ids),
        by=run.by,
        on=_today(),
    )


def _own(run: Import, ids: Sequence[int]) -> set[int]:
    made = run.rows.filter(record_id__in=ids, outcome=Outcome.MADE)
    return set(made.values_list("record_id", flat=True))


def _step(run: Import, session: Session, batch: list[Unit], place: int) -> bool:
    """Write one batch; False when somebody stopped it, or another worker is further on."""
    with transaction.atomic():
        lock(run)
        if not run.is_running or run.cursor != place:
            return False
        results = _rehearsed(session, batch) if run.rehearsal else _written(session, batch)
        rows = [row for unit, result in zip(batch, results, strict=True) for row in _rows(run, unit, result)]
        insert(rows)
        for row in rows:
            setattr(run, row.outcome, getattr(run, row.outcome) + 1)
        run.handled += len(rows)
        run.cursor += len(batch)
        run.save()
    return True


def _written(session: Session, batch: list[Unit]) -> list[Result]:
    """All at once; after a fault of ours one by one, so that a single odd row does not stop the others."""
    try:
        with transaction.atomic():
            return session.write(batch)
    except _AWAY:
        raise
    except Exception:
        log.exception("A batch of an import could not be written")
        return [_alone(session, unit) for unit in batch]


def _alone(session: Session, unit: Unit) -> Result:
    try:
        with transaction.atomic():
            return session.write([unit])[0]
    except _AWAY:
        raise
    except Exception:
        log.exception("Row %s of an import could not be written", unit.lines[0].number)
        sentence = _("Something went wrong on the server with this row; the log says what.")
        return Result(Outcome.REFUSED, Outcome.REFUSED, reasons=[("", sentence)])


class _Undone(Exception):
    """Ends a rehearsal: whatever it wrote goes away with its savepoint."""


def _rehearsed(session: Session, batch: list[Unit]) -> list[Result]:
    """What would come of it; the records, numbers and facts are taken back."""
    found: list[Result] = []
    try:
        with transaction.atomic():
            found = _written(session, batch)
            raise _Undone
    except _Undone:
        pass
    for result in found:
        if result.outcome == Outcome.MADE:
            result.record_id = None
    return found


def _rows(run: Import, unit: Unit, result: Result) -> Iterator[ImportedRow]:
    """The report of a unit: reasons stand at the row that they are of, cells where somebody must look."""
    for nth, line in enumerate(unit.lines):
        outcome = result.outcome if nth == 0 else result.rest or result.outcome
        wanted = outcome in (Outcome.REFUSED, Outcome.SKIPPED)
        reasons = (line.faults or ([] if unit.faults else result.reasons) or _others()) if wanted else []
        yield ImportedRow(
            company_id=run.company_id,
            run=run,
            number=line.number,
            outcome=outcome,
            record_id=result.record_id,
            reasons=[list(reason) for reason in reasons],
            cells=line.cells if wanted else [],
        )


def _others() -> list[tuple[str, str]]:
    return [("", _("Another row of the same record is refused."))]


def _finish(run: Import) -> Import:
    with transaction.atomic():
        lock(run)
        if not run.is_running or run.handled < run.total:
            return run
        finish_import(run, reporting.summary(run), by=run.by, on=_today())
        if run.wants_mail and not run.rehearsal:
            reporting.mail(run)
    return run


def _today() -> date:
    return timezone.now().astimezone(current_company().zone).date()
