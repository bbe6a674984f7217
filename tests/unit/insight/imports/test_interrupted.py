"""An import that is interrupted between or within batches loses and doubles nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.files import shelves
from comptoir.insight.imports import running
from comptoir.insight.imports.entities.client_rows import ClientRows
from comptoir.insight.imports.handlers import give_up, tidy
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.running import run_import

from .conftest import Desk, counts
from .interrupting import BATCH, ROWS, died, run_without_cursor, stumbles_over


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", BATCH)


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


@pytest.mark.parametrize("batch", [1, 2, 3])
@pytest.mark.parametrize("after_writing", [False, True])
def test_the_next_worker_goes_on_exactly_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batch: int, after_writing: bool
) -> None:
    run = desk.begin(content())
    run = died(monkeypatch, run, ClientRows, batch, after_writing=after_writing)
    assert (run.cursor, Client.objects.count(), run.rows.count()) == ((batch - 1) * BATCH,) * 3
    run = run_import(run)
    assert run.state == Import.State.DONE
    assert whole(run)


def test_without_the_cursor_clients_would_be_doubled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the cursor not kept with the batch, the check above would see it."""
    run = desk.begin(content(), duplicates="create")
    run = run_without_cursor(died(monkeypatch, run, ClientRows, 2, after_writing=False))
    assert Client.objects.count() == ROWS + 10
    assert not whole(run)


def test_a_second_worker_writes_nothing_that_the_first_has_written(desk: Desk) -> None:
    """Its lease ran out though it lives: both have read the same cursor."""
    run = desk.begin(content())
    late = Import.objects.get(pk=run.pk)
    run = run_import(run)
    run_import(late)
    assert whole(run)


def test_one_that_is_given_up_keeps_what_was_imported_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = died(monkeypatch, desk.begin(content()), ClientRows, 2, after_writing=False)
    for _ in range(2):
        give_up(run=run.pk)
    run.refresh_from_db()
    assert (run.state, Client.objects.count()) == (Import.State.FAILED, BATCH)
    assert run.error == "Something went wrong on the server; the log says what. What was imported stays."
    assert Activity.objects.filter(fact="ImportFailed").count() == 1
    assert run_import(run).state == Import.State.FAILED


def test_one_odd_row_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stumbles_over(monkeypatch, ClientRows, "client.name", "Client 3")
    run = run_import(desk.begin(content()))
    assert counts(run) == {"made": ROWS - 1, "refused": 1}
    assert run.rows.get(outcome="refused").number == 5


def test_uploads_go_after_a_day_and_reports_after_a_quarter(desk: Desk) -> None:
    unused, ran = desk.upload(content()), desk.run(content(3))
    going = desk.begin(content(2))
    now = timezone.now()
    Import.objects.update(updated_at=now - timedelta(hours=25))
    assert tidy() == 1
    assert not shelves.storage().exists(unused.path)
    Import.objects.update(updated_at=now - timedelta(days=91))
    assert tidy() == 1
    assert not Import.objects.filter(pk__in=[unused.pk, ran.pk]).exists()
    assert list(Import.objects.all()) == [going]
    assert shelves.storage().exists(going.path)
