"""An import in small batches whose worker dies in one of them; and what is done about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from comptoir.insight.imports.models import Import, ImportedRow
from comptoir.insight.imports.running import run_import

ROWS = 25
BATCH = 10


def died(
    monkeypatch: pytest.MonkeyPatch, run: Import, rows: Any, batch: int, *, after_writing: bool
) -> Import:
    """What is kept of ``run`` once its worker died in the nth batch, before or after that was written."""
    with monkeypatch.context() as fault:
        _dies_at(fault, rows, batch, after_writing=after_writing)
        with pytest.raises(OperationalError):
            run_import(run)
    return Import.objects.get(pk=run.pk)


def _dies_at(monkeypatch: pytest.MonkeyPatch, rows: Any, batch: int, *, after_writing: bool) -> None:
    """The worker's database goes away in the nth batch, before or after its records are written."""
    real = rows.write
    seen = [0]

    def write(self: Any, units: Any) -> Any:
        seen[0] += 1
        if seen[0] != batch:
            return real(self, units)
        if after_writing:
            real(self, units)
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(rows, "write", write)


def stumbles_over(monkeypatch: pytest.MonkeyPatch, rows: Any, column: str, word: str) -> None:
    """A fault of ours in the one row that has this word in that column."""
    real = rows.write

    def write(self: Any, units: Any) -> Any:
        if any(unit.lines[0].first(column) == word for unit in units):
            raise KeyError("a fault of ours")
        return real(self, units)

    monkeypatch.setattr(rows, "write", write)


def run_without_cursor(run: Import) -> Import:
    """What the next worker does when nothing was kept of how far the first has come."""
    Import.objects.filter(pk=run.pk).update(cursor=0, handled=0, made=0)
    ImportedRow.objects.all().delete()
    return run_import(Import.objects.get(pk=run.pk))
