"""Recurring invoices in the office: the list, the page, the editor, what can be done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product
from comptoir.kernel import ids
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring import operations, running
from comptoir.sales.recurring.models import RecurringInvoice, Status
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, labels, text, toasts
from tests.unit.office.test_documents_form import form_of
from tests.unit.office.test_documents_pages import rows

NOON = "2026-11-24 12:00Z"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def at(recurring: RecurringInvoice, *more: str) -> str:
    return "/".join(["/recurring", ids.encode(recurring.pk), *more])


def rent(office: Office, *, running_: bool = False, **fields: Any) -> RecurringInvoice:
    said = {
        "client": office.client,
        "line_items": [papers.line("120", notes="Rent of :MONTH")],
        "frequency_id": "5",
        "next_on": date(2026, 11, 30),
        "is_amount_discount": False,
        **fields,
    }
    made = operations.create_recurring(said, by=office.alice.actor(), on=ON)
    return operations.start(made, by=office.alice.actor(), on=ON) if running_ else made


def typed(office: Office, **more: str) -> dict[str, str]:
    """A filled form of a new one."""
    return {
        "client_id": ids.encode(office.client.pk),
        "frequency_id": "5",
        "next_send_date": "2026-11-30",
        "remaining_cycles": "",
        "due_date_days": "terms",
        "auto_bill": "off",
        "is_amount_discount": "percent",
        "line_items.0.product_key": "Rent",
        "line_items.0.notes": "Rent of :MONTH",
        "line_items.0.cost": "120",
        "line_items.0.quantity": "1",
        **more,
    }


def test_a_list_shows_the_rhythm_and_what_comes_next(office: Office) -> None:
    rent(office)
    rent(office, running_=True, frequency_id="7", remaining_cycles=4, next_on=date(2026, 12, 1))
    assert rows(office, "/recurring") == [
        ["0002", "Bistro", "Pending", "Every three months", "Dec 1, 2026", "4 more", "€120.00"],
        ["0001", "Bistro", "Draft", "Monthly", "Nov 30, 2026", "Without end", "€120.00"],
    ]


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("status=draft", 1),
        ("status=active", 1),
        ("status=paused", 1),
        ("status=completed", 0),
        ("frequency=5", 3),
        ("frequency=1", 0),
    ],
)
def test_filters_narrow_the_list(office: Office, query: str, n: int) -> None:
    rent(office)
    rent(office, running_=True)
    operations.stop(rent(office, running_=True), by=office.alice.actor(), on=ON)
    assert len(rows(office, f"/recurring?{query}")) == n


def test_the_page_announces_a_dozen_days_and_what_was_made(office: Office) -> None:
    recurring = rent(office, running_=True, next_on=ON)
    running.send_now(recurring, by=office.alice.actor(), on=ON)
    answer = office.browser().get(at(recurring))
    recurring.refresh_from_db()
    coming = answer.context["coming"]
    assert [on for on, _due in coming[:3]] == [date(2026, 12, 24), date(2027, 1, 24), date(2027, 2, 24)]
    assert (len(coming), coming[0][1]) == (12, date(2027, 2, 22))
    invoice = Invoice.objects.get()
    assert [each["number"] for each in answer.context["made"]] == [invoice.number]
    shown = text(office.browser().get(f"/invoices/{ids.encode(invoice.pk)}"))
    assert f"Recurring invoice {recurring.number}" in shown
    assert len(rows(office, f"/invoices?recurring={ids.encode(recurring.pk)}")) == 1
    assert len(rows(office, f"/invoices?recurring={ids.encode(recurring.pk + 1)}")) == 0


def test_the_picture_is_that_of_the_next_invoice(office: Office) -> None:
    recurring = rent(office, running_=True, next_on=date(2027, 2, 1))
    from comptoir.delivery.documents import facts_of

    facts = facts_of(recurring)
    assert (facts.kind, facts.on, facts.due) == ("recurring_invoice", date(2027, 2, 1), date(2027, 4, 2))
    assert facts.totals.lines[0].notes == "Rent of February"
    assert recurring.lines[0].notes == "Rent of :MONTH"


def test_the_editor_makes_one_and_starts_it(office: Office) -> None:
    answer = office.browser().post(
        "/recurring/new", typed(office, remaining_cycles="6", due_date_days="31", then="send")
    )
    recurring = RecurringInvoice.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at(recurring))
    assert (recurring.status, recurring.frequency_id, recurring.remaining_cycles) == (Status.ACTIVE, "5", 6)
    assert (recurring.next_on, recurring.due_date_days, recurring.amount) == (
        date(2026, 11, 30),
        "31",
        Decimal(120),
    )


def test_saving_alone_leaves_a_draft_that_reads_back_unchanged(office: Office) -> None:
    office.browser().post("/recurring/new", typed(office, then="save"))
    recurring = RecurringInvoice.objects.get()
    assert (recurring.status, recurring.remaining_cycles) == (Status.DRAFT, -1)
    before = recurring.updated_at
    sent = form_of(office, at(recurring, "edit"))
    assert sent["next_send_date"] == date(2026, 11, 30)
    assert office.browser().post(at(recurring, "edit"), sent | {"frequency_id": "10"}).status_code == 302
    recurring.refresh_from_db()
    assert (recurring.frequency_id, recurring.next_on, recurring.amount) == ("10", date(2026, 11, 30), 120)
    assert recurring.updated_at >= before


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"frequency_id": ""}, "frequency_id"),
        ({"frequency_id": "99"}, "frequency_id"),
        ({"remaining_cycles": "many"}, "remaining_cycles"),
        ({"remaining_cycles": "99999"}, "remaining_cycles"),
        ({"due_date_days": "40"}, "due_date_days"),
        ({"next_send_date": "soon"}, "next_send_date"),
        ({"next_send_date": "2026-01-01"}, "next_send_date"),
        ({"client_id": ""}, "client_id"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(office: Office, more: dict[str, str], where: str) -> None:
    answer = office.browser().post("/recurring/new", typed(office, **more))
    assert (answer.status_code, list(faults(answer))) == (422, [where])
    assert RecurringInvoice.objects.count() == 0


def test_the_editor_shows_the_days_that_follow_while_one_types(office: Office) -> None:
    answer = office.browser().post("/recurring/dates", typed(office, remaining_cycles="2"))
    assert [on for on, _due in answer.context["coming"]] == [date(2026, 11, 30), date(2026, 12, 30)]
    assert "Europe/Copenhagen" in text(answer)
    assert "No invoice follows" in text(
        office.browser().post("/recurring/dates", typed(office, frequency_id="99"))
    )


def test_it_is_started_stopped_and_sent_now(office: Office) -> None:
    recurring = rent(office)
    browser = office.browser()
    assert browser.post(at(recurring, "start")).status_code == 302
    recurring.refresh_from_db()
    assert recurring.status == Status.ACTIVE
    browser.post(at(recurring, "stop"))
    recurring.refresh_from_db()
    assert recurring.status == Status.PAUSED
    assert "The schedule is started." in text(browser.get(at(recurring, "send_now")))
    browser.post(at(recurring, "send_now"))
    recurring.refresh_from_db()
    assert (Invoice.objects.count(), recurring.status, recurring.next_on) == (
        1,
        Status.ACTIVE,
        date(2026, 12, 30),
    )


def test_prices_follow_the_products_or_a_percentage(office: Office) -> None:
    create_product({"product_key": "Consulting", "price": Decimal(150)}, by=office.alice.actor(), on=ON)
    assert Product.objects.count() == 1
    recurring = rent(office)
    office.browser().post(at(recurring, "update_prices"))
    recurring.refresh_from_db()
    assert recurring.amount == Decimal(150)
    office.browser().post(at(recurring, "raise"), {"percentage_increase": "2.5"})
    recurring.refresh_from_db()
    assert recurring.amount == Decimal("153.75")


@pytest.mark.parametrize("said", ["", "0", "a lot", "-100", "5000"])
def test_a_percentage_that_is_none_raises_nothing(office: Office, said: str) -> None:
    recurring = rent(office)
    answer = office.browser().post(at(recurring, "raise"), {"percentage_increase": said})
    assert (answer.status_code, list(faults(answer))) == (422, ["percentage_increase"])
    recurring.refresh_from_db()
    assert recurring.amount == Decimal(120)


def test_the_bulk_bar_acts_on_those_that_allow_it(office: Office) -> None:
    draft, active = rent(office), rent(office, running_=True)
    browser = office.browser()
    keys = [ids.encode(each.pk) for each in (draft, active)]
    answer = browser.post("/recurring/bulk", {"ids": keys, "action": "start"}, follow=True)
    assert toasts(answer) == ["1 document changed."]
    answer = browser.post("/recurring/raise", {"ids": keys, "percentage_increase": "10"}, follow=True)
    assert toasts(answer) == ["2 documents changed."]
    assert list(RecurringInvoice.objects.values_list("amount", flat=True)) == [132, 132]


def test_what_destroys_stands_last_in_the_bulk_bar(office: Office) -> None:
    rent(office)
    page = office.browser().get("/recurring")
    assert labels(page.context["list"].table.bulk)[-3:] == ["Increase prices", "Run a template", "Delete"]


def test_a_copy_becomes_an_invoice_a_quote_or_another_one(office: Office) -> None:
    recurring = rent(office)
    page = office.browser().get(at(recurring))
    offered = labels(page.context["kebab"])
    assert [each for each in offered if each.startswith(("Duplicate", "Copy"))] == [
        "Duplicate",
        "Copy into an invoice",
        "Copy into a quote",
        "Copy into a credit",
    ]
    for kind in ("invoices", "quotes", "recurring"):
        url = f"/{kind}/new?copy=recurring_invoice-{ids.encode(recurring.pk)}"
        assert form_of(office, url)["line_items.0.cost"] == "120"


def test_deleted_it_makes_nothing_and_comes_back(office: Office) -> None:
    recurring = rent(office, running_=True, next_on=ON)
    browser = office.browser()
    browser.post(at(recurring, "delete"))
    recurring.refresh_from_db()
    assert recurring.is_deleted
    assert labels(browser.get(at(recurring)).context["kebab"])[-1] == "Restore"
    browser.post(at(recurring, "restore"))
    recurring.refresh_from_db()
    assert not recurring.is_deleted


def test_files_and_comments_go_with_it(office: Office) -> None:
    recurring, browser = rent(office), office.browser()
    lease = SimpleUploadedFile("lease.pdf", b"%PDF-1.4 lease", content_type="application/pdf")
    browser.post(at(recurring, "upload"), {"documents": lease})
    assert "lease.pdf" in text(browser.get(at(recurring, "tab", "documents")))
    browser.post(at(recurring, "comment"), {"notes": "Ends in 2029"})
    assert "Alice X wrote: Ends in 2029" in text(browser.get(at(recurring, "tab", "activity")))


def test_strangers_see_nothing_and_readers_change_nothing(office: Office) -> None:
    recurring = rent(office)
    assert office.browser(office.dora).get(at(recurring)).status_code == 404
    assert office.browser(office.carol).get(at(recurring)).status_code == 403
    assert office.browser(office.carol).get(at(recurring, "raise")).status_code == 403
    assert office.browser(office.carol).post(at(recurring, "start")).status_code == 403


def test_the_module_has_a_place_in_menu_palette_and_on_the_clients_page(office: Office) -> None:
    recurring = rent(office)
    browser = office.browser()
    assert 'href="/recurring"' in browser.get("/invoices").content.decode()
    found = text(browser.get(f"/palette?q={recurring.number}"))
    assert f"Recurring invoices {recurring.number}" in found
    tiles = browser.get(f"/clients/{ids.encode(office.client.pk)}").context["tiles"]
    tile = next(each for each in tiles if each.label == "Recurring invoices")
    assert tile.add_url.startswith("/recurring/new?client=")
    update_company(office.company, {"enabled_modules": 4096}, by=office.alice.actor(), on=ON)
    assert 'href="/recurring"' not in browser.get("/invoices").content.decode()
