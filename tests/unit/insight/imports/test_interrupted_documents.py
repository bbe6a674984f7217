"""An import of invoices that is interrupted loses and doubles nothing: no invoice, no client, no money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.config.audit import examine
from comptoir.insight.imports import running
from comptoir.insight.imports.entities.document_rows import DocumentRows
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.running import run_import
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.sales.invoices.models import Invoice

from .conftest import Desk, counts
from .interrupting import BATCH, ROWS, died, run_without_cursor, stumbles_over
from .test_importing_invoices import begun


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", BATCH)


def content() -> str:
    """Twenty-five invoices of ten euros, paid by half, for five clients who are not there yet."""
    lines = "".join(f"A-{n:02},Client {n % 5},10,5,2026-01-{n + 1:02}\n" for n in range(ROWS))
    return "Number,Client,Unit price,Paid,Date\n" + lines


def whole(run: Import) -> bool:
    """Every row once: one invoice, one payment, two pairs of entries; five clients; figures that agree."""
    numbers = list(Invoice.objects.order_by("number").values_list("number", flat=True))
    return (
        numbers == [f"A-{n:02}" for n in range(ROWS)]
        and sorted(Client.objects.values_list("name", "balance", "paid_to_date"))
        == [(f"Client {n}", Decimal(25), Decimal(25)) for n in range(5)]
        and Payment.objects.count() == ROWS
        and Entry.objects.count() == 3 * ROWS
        and Activity.objects.filter(fact="InvoiceTakenOver").count() == ROWS
        and sorted(run.rows.values_list("number", flat=True)) == list(range(2, ROWS + 2))
        and counts(run) == {"made": ROWS}
        and examine() == []
    )


@pytest.mark.parametrize("batch", [1, 2, 3])
@pytest.mark.parametrize("after_writing", [False, True])
def test_the_next_worker_goes_on_exactly_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batch: int, after_writing: bool
) -> None:
    run = begun(desk, content())
    run = died(monkeypatch, run, DocumentRows, batch, after_writing=after_writing)
    assert (run.cursor, Invoice.objects.count(), Payment.objects.count()) == ((batch - 1) * BATCH,) * 3
    run = run_import(run)
    assert run.state == Import.State.DONE
    assert whole(run)


def test_without_the_cursor_the_check_would_see_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the cursor not kept with the batch, rows would be reported as refused."""
    run = begun(desk, content(), duplicates="create")
    run = run_without_cursor(died(monkeypatch, run, DocumentRows, 2, after_writing=False))
    assert counts(run) == {"made": 15, "refused": 10}
    assert not whole(run)


def test_a_second_worker_writes_nothing_that_the_first_has_written(desk: Desk) -> None:
    run = begun(desk, content())
    late = Import.objects.get(pk=run.pk)
    run = run_import(run)
    run_import(late)
    assert whole(run)


def test_one_odd_row_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stumbles_over(monkeypatch, DocumentRows, "invoice.number", "A-03")
    run = run_import(begun(desk, content()))
    assert counts(run) == {"made": ROWS - 1, "refused": 1}
    assert run.rows.get(outcome="refused").number == 5
    assert examine() == []
