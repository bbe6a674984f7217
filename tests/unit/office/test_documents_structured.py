"""Units, deliveries, references and means of payment in the editor (EN 16931); deposits with a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf.composition import compose
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice
from tests.unit.office import papers
from tests.unit.office.conftest import Office
from tests.unit.office.reading import faults, text

FORM = {
    "date": "2026-11-24", "due_date": "2026-12-24", "is_amount_discount": "percent",
    "line_items.0.product_key": "Advice", "line_items.0.cost": "80", "line_items.0.quantity": "2,5",
    "line_items.0.unit_code": "HUR",
}  # fmt: skip


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel("2026-11-24 12:00Z", tick=True):
        yield


def save(office: Office, **more: str) -> Any:
    return office.browser().post("/invoices/new", {"client_id": ids.encode(office.client.pk), **FORM, **more})


def test_everything_that_a_structured_invoice_says_is_kept(office: Office) -> None:
    save(
        office, delivery_date="2026-11-20", period_start="2026-11-01", period_end="2026-11-30",
        buyer_reference="SERVICE-7", payment_means_code="58", partial="50", partial_due_date="2026-12-01",
    )  # fmt: skip
    invoice = Invoice.objects.get()
    assert (invoice.delivery_date, invoice.period_start, invoice.period_end) == (
        date(2026, 11, 20),
        date(2026, 11, 1),
        date(2026, 11, 30),
    )
    assert (invoice.buyer_reference, invoice.e_invoice) == ("SERVICE-7", {"payment_means_code": "58"})
    assert (invoice.partial, invoice.partial_due_date) == (50, date(2026, 12, 1))
    (line,) = invoice.lines
    assert (line.unit_code, line.quantity, invoice.amount) == ("HUR", 2.5, 200)
    shown = office.browser().get(f"/invoices/{ids.encode(invoice.pk)}/edit")
    assert shown.context["form"].values["payment_means_code"] == "58"
    assert '<option value="HUR" selected' in shown.content.decode()
    assert shown.context["is_structured"]


def test_what_apps_keep_for_structured_invoices_stays(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client, sent=False, e_invoice={"Invoice": {"Note": "x"}})
    at = f"/invoices/{ids.encode(invoice.pk)}/edit"
    version = office.browser().get(at).context["form"].values["version"]
    sent = {"client_id": ids.encode(office.client.pk), **FORM, "version": version}
    office.browser().post(at, {**sent, "payment_means_code": "30"})
    invoice.refresh_from_db()
    assert invoice.e_invoice == {"Invoice": {"Note": "x"}, "payment_means_code": "30"}


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("period_end", {"period_start": "2026-11-30", "period_end": "2026-11-01"}),
        ("period_start", {"period_start": "soon"}),
        ("payment_means_code", {"payment_means_code": "999"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(office: Office, field: str, more: dict[str, str]) -> None:
    answer = save(office, **more)
    assert (answer.status_code, list(faults(answer))) == (422, [field])
    assert not Invoice.objects.exists()


def test_it_is_folded_away_until_something_is_said(office: Office) -> None:
    page = office.browser().get("/invoices/new")
    assert not page.context["is_structured"]
    assert "Delivery, references and payment" in text(page)


def test_an_invoice_names_the_one_before_it(office: Office) -> None:
    save(office, preceding_invoice=" F-2026-0007 ", payment_means_code="58")
    invoice = Invoice.objects.get()
    assert invoice.e_invoice == {"payment_means_code": "58", "preceding_invoice": "F-2026-0007"}
    page = compose(facts_of(invoice))
    assert [(each.label, each.value) for each in page.details if each.key == "preceding"] == [
        ("Preceding invoice", "F-2026-0007")
    ]
    at = f"/invoices/{ids.encode(invoice.pk)}/edit"
    shown = office.browser().get(at).context["form"].values
    assert shown["preceding_invoice"] == "F-2026-0007"
    sent = {"client_id": ids.encode(office.client.pk), **FORM, "version": shown["version"]}
    office.browser().post(at, {**sent, "preceding_invoice": ""})
    invoice.refresh_from_db()
    assert invoice.e_invoice == {"payment_means_code": "58"}
    assert "Preceding invoice" not in text(office.browser().get("/quotes/new"))
