"""Every list leaves as a file in chosen columns: at once when it is short, by the worker when it is long."""

from __future__ import annotations

import html
from typing import Any
from unittest.mock import Mock

import pytest
from django.utils import translation

from comptoir.activity import jobs, sentences, worker
from comptoir.activity.models import Activity, Job
from comptoir.files import shelves
from comptoir.insight.exports.making import make_export
from comptoir.insight.exports.models import Export
from comptoir.insight.imports.sheets import Manner, rows
from comptoir.kernel import ids
from comptoir.office.exports import asking

from . import papers
from .conftest import ON, Office

LISTS = {
    "invoices": "invoice.number",
    "quotes": "quote.number",
    "credits": "credit.number",
    "payments": "payment.number",
    "products": "product.product_key",
    "recurring": "recurring_invoice.number",
    "clients": "client.number",
}


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def lines(answer: Any) -> list[str]:
    return answer.getvalue().decode("utf-8-sig").splitlines()


def run_jobs() -> None:
    jobs.discover()
    for job in Job.objects.filter(name="exports.make", state="queued"):
        worker.perform(job)


@pytest.mark.parametrize(("name", "column"), LISTS.items())
def test_every_list_has_its_dialog_and_its_file(office: Office, name: str, column: str) -> None:
    browser = office.browser()
    page = html.unescape(browser.get(f"/{name}?q=x").content.decode())
    assert f"/{name}/export?q=x" in page
    dialog = browser.get(f"/{name}/export").content.decode()
    assert f'value="{column}" checked' in dialog
    answer = browser.post(f"/{name}/export", {"columns": [column], "kind": "csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines(answer)) >= 1


def test_the_lists_filter_is_kept_and_amounts_are_exact(office: Office) -> None:
    papers.invoice(office.alice, office.client, papers.line("120.505"))
    paid = papers.invoice(office.alice, office.client, papers.line("10"))
    papers.payment(office.alice, office.client, "10", of=paid)
    columns = ["client.name", "invoice.number", "invoice.status", "invoice.amount", "invoice.balance"]
    found = office.browser().post("/invoices/export?status=paid", {"columns": columns, "kind": "csv"})
    assert lines(found) == ["Client name,Number,Status,Amount,Balance due", f"Bistro,{paid.number},Paid,10,0"]
    found = office.browser().post(
        "/invoices/export", {"columns": columns[1:4], "ids": [ids.encode(paid.pk)], "kind": "csv"}
    )
    assert lines(found) == ["Number,Status,Amount", f"{paid.number},Paid,10"]


def test_ticked_rows_are_offered_to_be_exported(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, papers.line("10"))
    papers.payment(office.alice, office.client, "10", of=bill)
    for name in ("invoices", "payments", "clients"):
        page = office.browser().get(f"/{name}").content.decode()
        bar = page[page.index('id="bulk"') :]
        assert f"/{name}/export" in bar[: bar.index("</form>")]


def test_a_column_of_lines_gives_each_line_a_row(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, papers.line("1.5"), papers.line("2"))
    browser = office.browser()
    asked = {"columns": ["invoice.number", "item.cost"], "kind": "csv"}
    assert lines(browser.post("/invoices/export", asked)) == [
        "Number,Unit price",
        f"{bill.number},1.5",
        f"{bill.number},2",
    ]
    assert lines(browser.post("/invoices/export", {**asked, "columns": ["invoice.number"]})) == [
        "Number",
        bill.number,
    ]


def test_a_french_reader_gets_french_words_and_commas(office: Office) -> None:
    office.alice.user.language_id = "13"
    office.alice.user.save()
    papers.invoice(office.alice, office.client, papers.line("120.50"))
    columns = ["invoice.status", "invoice.amount", "invoice.due_date"]
    answer = office.browser().post("/invoices/export", {"columns": columns, "kind": "csv"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="factures-{ON}.csv"'
    found = lines(answer)
    assert found[0] == "Statut;Montant;Échéance"
    assert found[1].startswith("Envoyée;120,5;")


def test_a_long_list_is_left_to_the_worker(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    bills = [papers.invoice(office.alice, office.client, papers.line(str(n))) for n in (1, 2, 3)]
    browser = office.browser()
    answer = browser.post(
        "/invoices/export", {"columns": ["invoice.number", "invoice.amount"], "kind": "xlsx"}
    )
    export = Export.objects.get()
    address = f"/exports/{ids.encode(export.pk)}"
    assert answer.headers["Location"] == address
    assert f"{address}/progress" in browser.get(address).content.decode()
    assert browser.get(f"{address}/progress").status_code == 200
    assert browser.get(f"{address}/file").status_code == 404
    run_jobs()
    done = browser.get(f"{address}/progress", headers={"HX-Request": "true"})
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, address)
    shown = browser.get(address).content.decode()
    assert "records. It is kept for a day." in shown
    file = browser.get(f"{address}/file")
    assert file.headers["Content-Disposition"] == f'attachment; filename="{export.name}"'
    newest_first = [[bill.number, str(n)] for n, bill in reversed(list(enumerate(bills, 1)))]
    found = [row.cells for row in rows(file.getvalue(), "xlsx", Manner())]
    assert found == [["Number", "Amount"], *newest_first]


def test_nobody_else_sees_it_and_it_can_be_removed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    papers.invoice(office.alice, office.client, papers.line("1"))
    browser = office.browser()
    browser.post("/invoices/export", {"columns": ["invoice.number"], "kind": "csv"})
    run_jobs()
    export = Export.objects.get()
    address = f"/exports/{ids.encode(export.pk)}"
    for stranger in (office.carol, office.dora):
        for part in ("", "/progress", "/file"):
            assert office.browser(stranger).get(address + part).status_code == 404
        assert office.browser(stranger).post(f"{address}/forget").status_code == 404
    assert shelves.storage().exists(export.path)
    assert browser.post(f"{address}/forget").headers["Location"] == "/invoices"
    assert not Export.objects.exists()


def test_an_export_that_cannot_be_made_says_so_and_can_be_asked_for_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    bill = papers.invoice(office.alice, office.client, papers.line("1"))
    browser = office.browser()
    browser.post("/invoices/export", {"columns": ["invoice.number"], "kind": "csv"})
    address = f"/exports/{ids.encode(Export.objects.get().pk)}"
    with monkeypatch.context() as broken:
        broken.setattr(
            "comptoir.insight.exports.handlers.make_export", Mock(side_effect=OSError("disk full"))
        )
        Job.objects.filter(name="exports.make").update(attempts=7)
        jobs.discover()
        assert str(worker.run_once()) == "exports.make"
    assert Export.objects.get().state == "failed"
    done = browser.get(f"{address}/progress", headers={"HX-Request": "true"})
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, address)
    assert "The file could not be made." in browser.get(address).content.decode()
    assert browser.get(f"{address}/file").status_code == 404
    for _ in range(2):  # a second click finds it on its way
        assert browser.post(f"{address}/again").headers["Location"] == address
    assert Job.objects.filter(name="exports.make", state="queued").count() == 1
    run_jobs()
    assert lines(browser.get(f"{address}/file")) == ["Number", bill.number]
    assert browser.post(f"{address}/again").status_code == 302
    assert Export.objects.get().is_ready
    told = [
        one.sentence for one in sentences.told(Activity.objects.filter(subject_kind="export").order_by("pk"))
    ]
    assert [one.partition("</b>")[2] for one in told] == [" (1 record)", " could not be made", " (1 record)"]


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("en", "1", "(1 record)"), ("en", "0", "(0 records)"), ("en", "2", "(2 records)"),
     ("fr", "1", "(1 enregistrement)"), ("fr", "0", "(0 enregistrement)"),
     ("fr", "2", "(2 enregistrements)")],
)  # fmt: skip
def test_the_history_counts_the_records_in_good_grammar(language: str, count: str, words: str) -> None:
    row = Activity(
        company_id=1, fact="ExportAsked", actor_name="Alice", notes=count, mentions={"export": [1, "a.csv"]}
    )
    with translation.override(language):
        assert sentences.sentence(row).endswith(f"<b>a.csv</b> {words}")


def test_a_removed_export_is_not_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    papers.invoice(office.alice, office.client, papers.line("1"))
    office.browser().post("/invoices/export", {"columns": ["invoice.number"], "kind": "csv"})
    late = Export.objects.get()
    Export.objects.all().delete()
    make_export(late)
    assert late.path == ""


def test_who_sees_nothing_exports_nothing(office: Office) -> None:
    papers.invoice(office.alice, office.client, papers.line("1"))
    found = office.browser(office.dora).post(
        "/invoices/export", {"columns": ["invoice.number"], "kind": "csv"}
    )
    assert lines(found) == ["Number"]


def test_a_file_takes_as_many_questions_however_long_it_is(
    office: Office, django_assert_num_queries: Any
) -> None:
    columns = [column.id for column in asking.SHEETS["invoice_items"].columns()]
    sheet = asking.SHEETS["invoice_items"]
    for count in (2, 8):  # every row in one query
        bills = [papers.invoice(office.alice, office.client, papers.line("1")) for _ in range(count)]
        chosen = sheet.chosen(columns)
        with django_assert_num_queries(1):
            list(sheet.rows([bill.pk for bill in bills], chosen, {}))
