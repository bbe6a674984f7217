"""The rate of exchange in the editor, on the page of a document, and in its sums."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.html import strip_tags

from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.exchange.models import RateSheet
from comptoir.exchange.operations import set_rates
from comptoir.kernel import formats, ids
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.models import RecurringInvoice

from . import papers
from .conftest import ON, Office
from .reading import faults, text

BEFORE = ON - timedelta(days=7)


@pytest.fixture
def abroad(office: Office) -> Client:
    """A client in dollars, of a company in euros."""
    return papers.client(office.alice, "Boston", settings={"currency_id": "1"})


@pytest.fixture
def published() -> None:
    for day, dollar in ((BEFORE, "1.07"), (ON, "1.0842")):
        RateSheet.objects.create(day=day, rates={"1": dollar, "2": "0.8365"}, source="bank.example")


def key(row: Any) -> str:
    return ids.encode(row.pk)


def sent(client: Client, day: date = ON, **more: str) -> dict[str, str]:
    line = {"line_items.0.product_key": "Day", "line_items.0.cost": "108.42", "line_items.0.quantity": "1"}
    return {"client_id": key(client), "date": day.isoformat(), "rate_currency": "1", **line, **more}


def stored(entity: type[Any] = Invoice) -> Decimal:
    return entity.objects.get().exchange_rate


def asked(page: Any) -> tuple[Any, Any]:
    """What the field holds, and what stands below it."""
    rate = page.context["rate"]
    return page.context["form"].values.get("exchange_rate"), rate.get("help")


def test_the_field_is_there_for_another_currency_and_begins_with_the_rate_of_the_day(
    office: Office, abroad: Client, published: None
) -> None:
    browser = office.browser()
    page = browser.get(f"/invoices/new?client={key(abroad)}")
    assert asked(page)[0] == "1.0842"
    assert 'name="exchange_rate" ' in page.text and "1 EUR =" in text(page)
    for home in ("/invoices/new", f"/invoices/new?client={key(office.client)}"):
        assert 'name="exchange_rate"' not in browser.get(home).text
    for kind in ("quotes", "credits"):
        assert asked(browser.get(f"/{kind}/new?client={key(abroad)}"))[0] == "1.0842"


def test_where_nobody_knows_the_rate_the_field_is_empty_and_the_draft_is_saved(
    office: Office, abroad: Client
) -> None:
    page = office.browser().get(f"/invoices/new?client={key(abroad)}")
    said = "Nobody knows the rate of this day. Without one, this is in no sum in EUR."
    assert asked(page) == ("", said)
    assert office.browser().post("/invoices/new", sent(abroad, exchange_rate="")).status_code == 302
    assert stored() == 1


@pytest.mark.parametrize(("typed", "kept"), [("1,1", "1.1"), ("", "1.0842"), ("2.2/2", "1.1")])
def test_what_is_typed_is_kept(
    office: Office, abroad: Client, published: None, typed: str, kept: str
) -> None:
    office.browser().post("/invoices/new", sent(abroad, exchange_rate=typed))
    assert stored() == Decimal(kept)


@pytest.mark.parametrize("typed", ["dear", "0", "-1", "1", "1.0000001", "0.9999999", "1000000000"])
def test_what_is_no_rate_is_said_at_the_field_and_nothing_is_made(
    office: Office, abroad: Client, published: None, typed: str
) -> None:
    answer = office.browser().post("/invoices/new", sent(abroad, exchange_rate=typed))
    assert (answer.status_code, set(faults(answer))) == (422, {"exchange_rate"})
    assert not Invoice.objects.exists()


def test_at_par_is_said_in_the_settings_first(office: Office, abroad: Client) -> None:
    set_rates(office.company, {"1": Decimal(1)}, by=office.alice.actor(), on=ON)
    page = office.browser().get(f"/invoices/new?client={key(abroad)}")
    assert asked(page) == ("1", "Your own rate: 1")
    assert office.browser().post("/invoices/new", sent(abroad, exchange_rate="1")).status_code == 302


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"exchange_rate": "1.0842"}, "1.07"),  # as proposed: it follows
        ({"exchange_rate": "1.2"}, "1.2"),  # typed: it stays
        ({"exchange_rate": ""}, "1.07"),
        ({"exchange_rate": "1.2", "rate_currency": ""}, ""),
    ],
)
def test_the_rate_follows_the_date_until_somebody_types_one(
    office: Office, abroad: Client, published: None, form: dict[str, str], expected: str
) -> None:
    body = sent(abroad, BEFORE, proposed_rate="1.0842") | form
    page = office.browser().post("/invoices/rate", body)
    assert asked(page)[0] == expected
    if expected:
        assert f"Published on {formats.day(BEFORE, 'en')}: 1.07" in text(page)


def test_a_year_that_is_half_typed_has_no_rate(office: Office, abroad: Client, published: None) -> None:
    body = sent(abroad, exchange_rate="", date="0001-01-05")
    for url in ("/invoices/rate", "/payments/rate"):
        assert asked(office.browser().post(url, body))[0] == ""
    assert office.browser().post("/invoices/new", body).status_code == 302
    assert stored() == 1


def test_picking_a_client_brings_the_rate_of_its_currency(
    office: Office, abroad: Client, published: None
) -> None:
    english = papers.client(office.alice, "Bristol", settings={"currency_id": "2"})
    body = sent(abroad, exchange_rate="1.2", proposed_rate="1.0842")

    def pick(client: Client) -> Any:
        return office.browser().post("/invoices/contacts", body | {"client_id": key(client)})

    assert asked(pick(abroad))[0] == "1.2"
    assert asked(pick(english))[0] == "0.8365"
    assert pick(office.client).context["rate"] == {}


@pytest.mark.parametrize(("currency", "kept"), [("2", "0.8365"), ("3", "1")])
def test_a_rate_that_was_said_of_another_currency_is_none(
    office: Office, abroad: Client, published: None, currency: str, kept: str
) -> None:
    """Another client is picked, and the form is sent before the field has followed."""
    other = papers.client(office.alice, "Elsewhere", settings={"currency_id": currency})
    for typed in ("1.0842", "1.5"):
        body = sent(abroad, exchange_rate=typed, proposed_rate="1.0842") | {"client_id": key(other)}
        assert office.browser().post("/invoices/new", body).status_code == 302
    made = Invoice.objects.values_list("currency_id", "exchange_rate")
    assert list(made) == [(currency, Decimal(kept))] * 2


def test_nor_is_one_of_the_currency_that_the_client_had_when_the_draft_was_opened(
    office: Office, abroad: Client, published: None
) -> None:
    draft = papers.invoice(office.alice, abroad, sent=False)
    update_client(abroad, {"settings": {"currency_id": "2"}}, by=office.alice.actor(), on=ON)
    said = sent(abroad, exchange_rate="1.5")
    assert office.browser().post(f"/invoices/{key(draft)}/edit", said).status_code == 302
    assert (Invoice.objects.get().currency_id, stored()) == ("2", Decimal("0.8365"))


def test_a_draft_without_a_rate_is_proposed_one_and_an_issued_one_is_left_alone(
    office: Office, abroad: Client
) -> None:
    draft = papers.invoice(office.alice, abroad, sent=False)
    quote = papers.quote(office.alice, abroad)
    RateSheet.objects.create(day=ON, rates={"1": "1.0842"}, source="bank.example")
    type(quote).objects.update(status_id=2)
    assert asked(office.browser().get(f"/invoices/{key(draft)}/edit"))[0] == "1.0842"
    page = office.browser().get(f"/quotes/{key(quote)}/edit")
    assert asked(page) == ("", f"Published on {formats.day(ON, 'en')}: 1.0842")
    said = sent(abroad) | {"version": page.context["form"].values["version"], "exchange_rate": ""}
    assert office.browser().post(f"/quotes/{key(quote)}/edit", said).status_code == 302
    assert stored(type(quote)) == 1


def test_new_rates_do_not_make_a_form_stale(office: Office, abroad: Client, published: None) -> None:
    draft = papers.invoice(office.alice, abroad, sent=False)
    page = office.browser().get(f"/invoices/{key(draft)}/edit")
    RateSheet.objects.all().delete()
    said = sent(abroad) | {"version": page.context["form"].values["version"], "exchange_rate": "1.0842"}
    assert office.browser().post(f"/invoices/{key(draft)}/edit", said).status_code == 302
    assert stored() == Decimal("1.0842")


def test_the_total_is_shown_in_the_companys_currency_too(
    office: Office, abroad: Client, published: None
) -> None:
    def home(**more: str) -> tuple[str, str]:
        sums = office.browser().post("/invoices/totals", sent(abroad) | more).context["sums"]
        return strip_tags(sums["home"]), sums["home_code"]

    assert home(exchange_rate="1.0842") == ("€100.00", "EUR")
    assert home(exchange_rate="1.2") == ("€90.35", "EUR")
    RateSheet.objects.all().delete()
    assert home(exchange_rate="") == ("", "")
    assert home(exchange_rate="", client_id=key(office.client)) == ("", "")


def test_a_document_says_what_it_comes_to_at_which_rate_or_that_nobody_knows(
    office: Office, abroad: Client
) -> None:
    def shown(invoice: Invoice) -> tuple[str, str, list[str]]:
        context = office.browser().get(f"/invoices/{key(invoice)}").context
        rates = [detail.value for detail in context["details"] if detail.label == "Exchange rate"]
        return context["stats"][0].note, context["stats"][0].tone, rates

    known = papers.invoice(office.alice, abroad, exchange_rate=Decimal("1.25"))
    assert shown(known) == ("€80.00", "", ["1 EUR = 1.25 USD"])
    unknown = papers.invoice(office.alice, abroad)
    assert shown(unknown) == ("No exchange rate: in no sum in EUR", "warning", [])
    assert shown(papers.invoice(office.alice, office.client)) == ("", "", [])


def test_a_credit_note_begins_with_the_rate_of_its_invoice_and_a_copy_with_that_of_the_day(
    office: Office, abroad: Client, published: None
) -> None:
    invoice = papers.invoice(office.alice, abroad, exchange_rate=Decimal("1.25"))
    assert asked(office.browser().get(f"/credits/new?corrects={key(invoice)}"))[0] == Decimal("1.25")
    assert asked(office.browser().get(f"/invoices/new?copy=invoice-{key(invoice)}"))[0] == "1.0842"


def test_a_schedule_leaves_the_rate_to_its_invoices_unless_one_is_typed(
    office: Office, abroad: Client, published: None
) -> None:
    page = office.browser().get(f"/recurring/new?client={key(abroad)}")
    assert asked(page) == ("", "Left empty, each invoice takes the rate of its day.")
    rhythm = {"frequency_id": "5", "next_send_date": (ON + timedelta(days=9)).isoformat()}
    body = sent(abroad) | rhythm
    assert office.browser().post("/recurring/new", body | {"exchange_rate": ""}).status_code == 302
    assert stored(RecurringInvoice) == 1
    RecurringInvoice.objects.all().delete()
    office.browser().post("/recurring/new", body | {"exchange_rate": "1.3"})
    assert stored(RecurringInvoice) == Decimal("1.3")
    shown = office.browser().get(f"/recurring/{key(RecurringInvoice.objects.get())}")
    assert "1 EUR = 1.3 USD" in text(shown)
