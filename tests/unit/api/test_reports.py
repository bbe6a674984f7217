"""Reports of records at the API's door: asked for, made by the worker, fetched (contract rules 25)."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.activity import jobs, worker
from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client
from comptoir.clients.operations import create_client, delete_clients
from comptoir.delivery.mail.attachments import made as attached
from comptoir.delivery.mail.models import MailDelivery
from comptoir.files import shelves
from comptoir.insight.exports import making
from comptoir.insight.exports.handlers import give_up, tidy
from comptoir.insight.exports.models import Export
from comptoir.insight.imports.sheets import Manner, rows
from comptoir.kernel import ids
from comptoir.people.tokens import login_token
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.tenancy.scope import acting_for

from .conftest import ON, Answer, Cast, Door, hired

LINES = [
    {"product_key": "=Seat", "notes": "One\nseat", "quantity": "2", "cost": "10.005",
     "tax_name1": "VAT", "tax_rate1": "20"},
    {"product_key": "Desk", "quantity": "1", "cost": "100"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bistro(cast: Cast) -> Client:
    by = cast.alice.actor()
    with acting_for(cast.company):
        people = [{"first_name": "Ada", "email": "a@example.com"}, {"email": "b@example.com"}]
        client = create_client({"name": "Bistro", "number": "C1", "contacts": people}, by=by, on=ON)
        fields = {"client": client, "number": "F-1", "line_items": LINES, "date": ON}
        mark_sent(create_invoice(fields, by=by, on=ON), by=by, on=ON)
        create_invoice({"client": client, "number": "F-2", "date": ON}, by=by, on=ON)
    return client


def run_jobs() -> None:
    jobs.discover()
    for job in Job.objects.filter(name="exports.make", state="queued"):
        worker.perform(job)


def made(door: Door, name: str, body: Any = None, query: str = "") -> Answer:
    """The answer of the poll, once the worker has been there."""
    asked = door.post(f"reports/{name}{query}", {"date_range": "all", **(body or {})})
    assert asked.status == 200, asked.data
    key = asked.data["message"]
    assert str(uuid.UUID(key)) == key
    where = "reports" if query else "exports"
    assert door.post(f"{where}/preview/{key}").status == 409
    run_jobs()
    return door.post(f"{where}/preview/{key}")


def table(door: Door, name: str, *columns: str, **body: Any) -> list[list[Any]]:
    """Head and rows of the CSV."""
    answer = made(door, name, {"report_keys": list(columns), **body})
    return [row.cells for row in rows(answer.raw, "csv", Manner("utf-8", ","))]


def test_the_table_of_clients_as_recorded(door: Door, bistro: Client) -> None:
    keys = ["client.name", "client.balance", "contact.email"]
    answer = made(door, "clients", {"report_keys": keys, "send_email": False}, "?output=json")
    assert answer.headers["Content-Type"] == "application/json"
    assert [one["identifier"] for one in answer.data["columns"]] == keys
    assert [one["display_value"] for one in answer.data["columns"]] == [
        "Client name", "Balance due", "Contact e-mail",
    ]  # fmt: skip
    assert [cell["value"] for cell in answer.data["0"]] == ["Bistro", 124.01, "a@example.com"]
    assert [cell["value"] for cell in answer.data["1"]] == ["Bistro", 124.01, "b@example.com"]
    cell = answer.data["0"][1]
    assert (cell["entity"], cell["display_value"], cell["identifier"]) == (
        "client",
        "124.01",
        "client.balance",
    )
    assert door.get(f"clients/{cell['hashed_id']}").rows["name"] == "Bistro"
    assert set(answer.data) == {"columns", "0", "1"}


def test_amounts_are_exact_and_formulas_are_not_run(door: Door, bistro: Client) -> None:
    found = table(
        door, "invoice_items", "client.name", "invoice.number", "invoice.amount", "item.product_key",
        "item.notes", "item.cost", "item.line_total", "item.gross_line_total",
    )  # fmt: skip
    assert found == [
        ["Client name", "Number", "Amount", "Product", "Description", "Unit price", "Line total",
         "Line total with taxes"],
        ["Bistro", "F-1", "124.01", "=Seat", "One\nseat", "10.005", "20.01", "24.01"],
        ["Bistro", "F-1", "124.01", "Desk", "", "100", "100", "100"],
        ["Bistro", "F-2", "0", "", "", "", "", ""],
    ]  # fmt: skip
    raw = made(door, "invoice_items", {"report_keys": ["item.product_key"]}).raw
    assert raw.decode("utf-8-sig").splitlines()[1] == "'=Seat"


def test_a_workbook_on_request(door: Door, bistro: Client) -> None:
    answer = made(door, "invoices", {"report_keys": ["invoice.number", "invoice.amount"], "output": "xlsx"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="invoices-{today(door)}.xlsx"'
    found = [row.cells for row in rows(io.BytesIO(answer.raw).read(), "xlsx", Manner())]
    assert found == [["Number", "Amount"], ["F-1", "124.01"], ["F-2", "0"]]


def today(door: Door) -> str:
    return Export.everywhere.latest("pk").name.removeprefix("invoices-").rpartition(".")[0]


@pytest.mark.parametrize(
    "name",
    ["activities", "clients", "client_contacts", "contacts", "credits", "documents", "invoices",
     "invoice_items", "payments", "products", "quotes", "quote_items", "recurring_invoices"],
)  # fmt: skip
def test_every_report_has_the_columns_of_the_wire_when_none_is_named(
    door: Door, bistro: Client, name: str
) -> None:
    heads = [one["identifier"] for one in made(door, name, {}, "?output=json").data["columns"]]
    assert heads
    assert len(heads) == len(set(heads))


def test_span_status_and_client_narrow(door: Door, cast: Cast, bistro: Client) -> None:
    with acting_for(cast.company):
        other = create_client({"name": "Other"}, by=cast.alice.actor(), on=ON)
        create_invoice(
            {"client": other, "number": "F-0", "date": ON.replace(year=2025)}, by=cast.alice.actor(), on=ON
        )
    column = ("invoice.number",)
    assert table(door, "invoices", *column)[1:] == [["F-1"], ["F-2"], ["F-0"]]
    span = {"date_range": "custom", "start_date": "2025-01-01", "end_date": "2025-12-31"}
    assert table(door, "invoices", *column, **span)[1:] == [["F-0"]]
    assert table(door, "invoices", *column, status="unpaid")[1:] == [["F-1"]]
    assert table(door, "invoices", *column, client_id=ids.encode(bistro.pk))[1:] == [["F-1"], ["F-2"]]
    assert table(door, "invoices", *column, client_id="nonsense")[1:] == []


def test_deleted_ones_come_only_when_asked_for(door: Door, cast: Cast, bistro: Client) -> None:
    with acting_for(cast.company):
        gone = create_client({"name": "Gone"}, by=cast.alice.actor(), on=ON)
        create_invoice({"client": gone, "number": "F-9"}, by=cast.alice.actor(), on=ON)
        delete_clients([gone], by=cast.alice.actor(), on=ON)
    assert table(door, "clients", "client.name")[1:] == [["Bistro"]]
    assert table(door, "clients", "client.name", include_deleted=True)[1:] == [["Bistro"], ["Gone"]]
    assert ["F-9"] not in table(door, "invoices", "invoice.number")
    assert ["F-9"] in table(door, "invoices", "invoice.number", include_deleted=True)


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"date_range": "custom"}, "start_date", "Choose a first and a last day."),
        ({"start_date": "soon"}, "start_date", "This is not a day."),
        ({"date_range": "custom", "start_date": "2026-02-01", "end_date": "2026-01-01"}, "end_date",
         "The last day is before the first."),
        ({"report_keys": ["client.rank"]}, "report_keys", "Choose at least one column."),
        ({"send_email": "perhaps"}, "send_email", "This is neither true nor false."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_and_nothing_is_kept(
    door: Door, body: dict[str, Any], field: str, sentence: str
) -> None:
    answer = door.post("reports/clients", body)
    assert (answer.status, answer.data["errors"]) == (422, {field: [sentence]})
    assert not Export.everywhere.exists()
    assert not Job.objects.filter(name="exports.make").exists()


def test_a_mail_brings_the_file(door: Door, cast: Cast, bistro: Client) -> None:
    answer = door.post("reports/invoices", {"send_email": True, "report_keys": ["invoice.number"]})
    assert answer.data == {"message": "working..."}
    run_jobs()
    with acting_for(cast.company):
        mail = MailDelivery.objects.get(kind="export")
        export = Export.objects.get()
        assert mail.recipient == "alice@example.com"
        assert mail.subject == f"Your export is ready: {export.name}"
        assert "2 records" in mail.text
        [file] = attached(mail.attachments)
        assert (file.name, file.mimetype) == (export.name, "text/csv")
        assert file.content.decode("utf-8-sig").split() == ["Number", "F-1", "F-2"]


def test_only_who_asked_fetches_it(door: Door, doras: Door, cast: Cast, bistro: Client) -> None:
    key = door.post("reports/clients", {}).data["message"]
    run_jobs()
    with acting_for(cast.company):
        eve = Door(login_token(hired("eve", cast.alice, "view_reports,view_client")).value)
    for stranger in (doras, eve):
        assert stranger.post(f"exports/preview/{key}").status == 409
    assert door.post(f"exports/preview/{uuid.uuid4()}").status == 409
    assert door.post("exports/preview/nonsense").status == 409
    assert door.post(f"exports/preview/{key}").status == 200


def test_a_member_without_the_word_gets_none_and_with_it_only_what_they_see(
    cast: Cast, carols: Door, bistro: Client
) -> None:
    assert carols.post("reports/clients", {}).status == 401
    with acting_for(cast.company):
        eve = Door(login_token(hired("eve", cast.alice, "view_reports,view_client")).value)
    assert table(eve, "clients", "client.name")[1:] == [["Bistro"]]
    assert table(eve, "contacts", "contact.email")[1:] == [["a@example.com"], ["b@example.com"]]
    assert table(eve, "invoices", "invoice.number")[1:] == []
    told = [re.sub(r"-\d{4}-\d\d-\d\d", "", cell) for [cell] in table(eve, "activities", "activity")[1:]]
    assert told == [
        "Eve Petit exported invoices.csv (0 records)",
        "Eve Petit exported contacts.csv (2 records)",
        "Eve Petit exported clients.csv (1 record)",
        "Alice Martin created client Bistro",
    ]  # no word of the invoices


def test_another_companys_records_are_in_no_report(doras: Door, bistro: Client) -> None:
    for name in ("clients", "contacts", "invoices", "invoice_items"):
        answer = made(doras, name, {}, "?output=json")
        assert "0" not in answer.data, name


def test_who_exported_what_is_on_record(door: Door, cast: Cast, bistro: Client) -> None:
    made(door, "invoices")
    with acting_for(cast.company):
        row = Activity.objects.get(fact="ExportAsked")
        assert (row.notes, row.actor_name) == ("2", "Alice Martin")


def test_a_new_worker_makes_what_a_dead_one_left(
    door: Door, cast: Cast, bistro: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = door.post("reports/clients", {"report_keys": ["client.name"]}).data["message"]
    with monkeypatch.context() as fault:
        fault.setattr(making.shelves, "shelve", lambda *args: 1 / 0)
        run_jobs()
    assert door.post(f"exports/preview/{key}").status == 409
    Job.objects.filter(name="exports.make").update(state="queued")
    run_jobs()
    answer = door.post(f"exports/preview/{key}")
    assert answer.raw.decode("utf-8-sig").split() == ["Client", "name", "Bistro"]


def test_one_that_was_given_up_is_not_waited_for(door: Door, cast: Cast, bistro: Client) -> None:
    key = door.post("reports/clients", {"report_keys": ["client.name"]}).data["message"]
    with acting_for(cast.company):
        give_up(export=Export.objects.get().pk)
    answer = door.post(f"exports/preview/{key}")
    assert (answer.status, answer.data["message"]) == (
        422,
        "This report could not be made. Ask for it again.",
    )


def test_files_go_after_a_day(door: Door, bistro: Client) -> None:
    made(door, "clients")
    export = Export.everywhere.get()
    assert tidy() == 0
    Export.everywhere.update(created_at=timezone.now() - timedelta(hours=25))
    assert tidy() == 1
    assert not shelves.storage().exists(export.path)
