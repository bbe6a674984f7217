"""An import that is interrupted between or within batches loses and doubles nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.insight.imports import running
from comptoir.insight.imports.entities.client_rows import ClientRows
from comptoir.insight.imports.models import Import, ImportedRow
from comptoir.insight.imports.running import run_import

from .conftest import Desk, counts

ROWS = 25


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 10)


def content(rows: int = ROWS) -> str:
    return "Nom,Courriel\n" + "".join(f"Client {n},c{n}@example.com\n" for n in range(rows))


def whole(run: Import) -> bool:
    """Every row once: one client, one line of the report, one line of history, one number."""
    numbers = list(Client.objects.order_by("number").values_list("number", flat=True))
    return (
        sorted(Client.objects.values_list("name", flat=True)) == sorted(f"Client {n}" for n in range(ROWS))
        and numbers == [f"{n:04}" for n in range(1, ROWS + 1)]
        and sorted(run.rows.values_list("number", flat=True)) == list(range(2, ROWS + 2))
        and Activity.objects.filter(fact="ClientCreated").count() == ROWS
        and counts(run) == {"made": ROWS}
    )


def dies_at(monkeypatch: pytest.MonkeyPatch, batch: int, *, after_writing: bool) -> None:
    """The worker's database goes away in the nth batch, before or after its clients are written."""
    real = ClientRows.write
    seen = [0]

    def write(self: ClientRows, units: Any) -> Any:
        seen[0] += 1
        if seen[0] != batch:
            return real(self, units)
        if after_writing:
            real(self, units)
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(ClientRows, "write", write)


@pytest.mark.parametrize("batch", [1, 2, 3])
@pytest.mark.parametrize("after_writing", [False, True])
def test_the_next_worker_goes_on_exactly_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batch: int, after_writing: bool
) -> None:
    run = desk.begin(content())
    with monkeypatch.context() as fault:
        dies_at(fault, batch, after_writing=after_writing)
        with pytest.raises(OperationalError):
            run_import(run)
    run = Import.objects.get(pk=run.pk)
    assert (run.cursor, Client.objects.count(), run.rows.count()) == ((batch - 1) * 10,) * 3
    run = run_import(run)
    assert run.state == Import.State.DONE
    assert whole(run)


def test_without_the_cursor_clients_would_be_doubled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the cursor not kept with the batch, the check above would see it."""
    run = desk.begin(content(), duplicates="create")
    with monkeypatch.context() as fault:
        dies_at(fault, 2, after_writing=False)
        with pytest.raises(OperationalError):
            run_import(run)
    Import.objects.filter(pk=run.pk).update(cursor=0, handled=0, made=0)
    ImportedRow.objects.all().delete()
    run = run_import(Import.objects.get(pk=run.pk))
    assert Client.objects.count() == ROWS + 10
    assert not whole(run)


def test_a_second_worker_writes_nothing_that_the_first_has_written(desk: Desk) -> None:
    """Its lease ran out though it lives: both have read the same cursor."""
    run = desk.begin(content())
    late = Import.objects.get(pk=run.pk)
    run = run_import(run)
    run_import(late)
    assert whole(run)


def test_one_odd_row_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ClientRows.write

    def write(self: ClientRows, units: Any) -> Any:
        if any(unit.lines[0].first("client.name") == "Client 3" for unit in units):
            raise KeyError("a fault of ours")
        return real(self, units)

    monkeypatch.setattr(ClientRows, "write", write)
    run = run_import(desk.begin(content()))
    assert counts(run) == {"made": ROWS - 1, "refused": 1}
    assert run.rows.get(outcome="refused").number == 5
