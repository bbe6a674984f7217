"""Row S93, taxes: what is sold is taxed where it goes, once the company has taxes computed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from comptoir.catalogue.models import Product
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote

from .conftest import House, text, work

BELGIUM, FRANCE, GERMANY, GREECE, SWITZERLAND = "56", "250", "276", "300", "756"
GOODS, SERVICE, BY_HAND = "1", "2", "7"


@pytest.fixture
def house(house: House) -> House:
    house.company_put(calculate_taxes=True)
    return house


def line(category: str = GOODS, **more: Any) -> dict[str, Any]:
    return {"product_key": "Day", "cost": 100, "quantity": 1, "tax_id": category, **more}


def belgian(house: House, **more: Any) -> Client:
    fields = {"name": "Acme", "country_id": BELGIUM, "vat_number": "BE0403053608"}
    return house.client(**fields | {"has_valid_vat_number": True} | more)


def taxes(document: Any) -> list[tuple[str, Any]]:
    return [(one["tax_name1"], one["tax_rate1"]) for one in document["line_items"]]


def form(client: Client, tax: str, **more: str) -> dict[str, str]:
    sent = {"client_id": ids.encode(client.pk), "date": "2026-11-24", "is_amount_discount": "percent"}
    row = {"product_key": "Day", "cost": "100", "quantity": "1", "tax1": tax, "tax_id": "1"}
    return sent | {f"line_items.0.{key}": value for key, value in row.items()} | more


@pytest.mark.parametrize(
    ("fields", "category", "tax", "amount"),
    [
        ({"country_id": FRANCE}, GOODS, ("TVA", 20), 120),
        ({"country_id": FRANCE, "shipping_country_id": SWITZERLAND}, GOODS, ("Export of goods", 0), 100),
        ({"country_id": FRANCE, "shipping_country_id": SWITZERLAND}, SERVICE, ("TVA", 20), 120),
        ({"country_id": GERMANY}, GOODS, ("TVA", 20), 120),
        ({"country_id": GERMANY, "shipping_country_id": FRANCE}, SERVICE, ("TVA", 20), 120),
        ({"country_id": SWITZERLAND, "classification": "company"}, SERVICE, ("Outside the EU", 0), 100),
    ],
)
def test_s93_a_line_is_taxed_where_it_goes(
    house: House, fields: dict[str, str], category: str, tax: tuple[str, int], amount: int
) -> None:
    made = house.invoice(house.client(name="Acme", **fields), line_items=[line(category)])
    assert (taxes(made), made["amount"]) == ([tax], amount)


def test_s93_a_valid_number_of_another_state_leaves_the_tax_to_the_client(house: House) -> None:
    client = belgian(house)
    made = house.invoice(client, line_items=[line(SERVICE), line(GOODS)])
    assert taxes(made) == [("Reverse charge", 0), ("Intra-Community supply", 0)]
    assert (made["amount"], made["total_taxes"]) == (200, 0)
    assert made["tax_info"]["destination"] == {
        "seller": "FR", "client": "BE", "arrives": "BE",
        "lines": [["reverse_charge", "BE"], ["intra_community", "BE"]],
    }  # fmt: skip
    house.put(client, has_valid_vat_number=False)
    assert taxes(house.invoice(client, line_items=[line(SERVICE)])) == [("TVA", 20)]


@pytest.mark.parametrize(
    ("seller", "client", "tax"),
    [
        (GREECE, {"country_id": GREECE, "vat_number": "EL094259216"}, ("ΦΠΑ", 24)),
        (GREECE, {"country_id": BELGIUM, "vat_number": "BE0403053608"}, ("Intra-Community supply", 0)),
        (FRANCE, {"country_id": FRANCE, "vat_number": "40303265045"}, ("TVA", 20)),
        (FRANCE, {"country_id": GREECE, "vat_number": "094259216"}, ("Intra-Community supply", 0)),
        (FRANCE, {"country_id": SWITZERLAND, "vat_number": "CHE-107.787.577 IVA"}, ("TVA", 20)),
    ],
)
def test_s93_whose_number_it_is_follows_from_its_state_however_it_is_written(
    house: House, seller: str, client: dict[str, str], tax: tuple[str, int]
) -> None:
    """Goods go to Germany each time: only a number of another member state leaves the tax to the client."""
    house.company_put(settings={"country_id": seller})
    fields = {"has_valid_vat_number": True, "shipping_country_id": GERMANY, **client}
    made = house.invoice(house.client(name="Acme", **fields), line_items=[line()])
    assert taxes(made) == [tax]


def test_s93_above_the_threshold_the_rate_of_the_client_counts(house: House) -> None:
    client = house.client(name="Ann", country_id=GERMANY)
    assert taxes(house.invoice(client, line_items=[line()])) == [("TVA", 20)]
    house.company_put(eu_sales_above_threshold=True)
    made = house.invoice(client, line_items=[line()])
    assert (taxes(made), made["amount"]) == ([("MwSt.", 19)], 119)


def test_s93_what_the_program_sent_gives_way_unless_it_says_by_hand(house: House) -> None:
    own = {"tax_name1": "Special", "tax_rate1": 8.5, "tax_name2": "More", "tax_rate2": 1}
    client = house.client(name="Ann", country_id=FRANCE)
    made = house.invoice(client, line_items=[line(**own), line(BY_HAND, **own)])
    assert taxes(made) == [("TVA", 20), ("Special", 8.5)]
    assert [one["tax_name2"] for one in made["line_items"]] == ["", "More"]
    assert made["tax_info"]["destination"]["lines"] == [["domestic", "FR"], None]


def test_s93_the_setting_decides_and_only_drafts_follow_it(house: House) -> None:
    client = house.client(name="Ann", country_id=FRANCE)
    house.company_put(calculate_taxes=False)
    draft = house.invoice(client, line_items=[line()], sent=False)
    issued = house.invoice(client, line_items=[line()])
    assert (taxes(draft), taxes(issued), draft["tax_info"]) == ([("", 0)], [("", 0)], {})
    house.company_put(calculate_taxes=True)
    changed = house.api("PUT", f"invoices/{draft['id']}", {"line_items": draft["line_items"]})
    assert (taxes(changed), changed["amount"]) == ([("TVA", 20)], 120)
    house.company_put(calculate_taxes=False)
    again = house.api("PUT", f"invoices/{draft['id']}", {"po_number": "7"})
    assert (taxes(again), again["tax_info"]) == ([("TVA", 20)], {})


def test_s93_an_issued_document_keeps_its_taxes(house: House) -> None:
    client = belgian(house)
    made = house.invoice(client, line_items=[line(SERVICE)])
    before = Invoice.objects.get().line_items
    house.put(client, has_valid_vat_number=False, country_id=FRANCE, vat_number="")
    house.company_put(eu_sales_above_threshold=True)
    kept = house.api("GET", f"invoices/{made['id']}")
    assert (Invoice.objects.get().line_items, kept["amount"]) == (before, 100)
    page = text(house.office.get(f"/invoices/{made['id']}"))
    assert "Reverse charge: client with a valid VAT number (Belgium)." in page


def test_s93_a_credit_note_takes_back_the_taxes_of_its_invoice(house: House) -> None:
    client = house.client(name="Ann", country_id=FRANCE)
    made = house.invoice(client, line_items=[line()])
    house.put(client, country_id=SWITZERLAND)
    body = {"client_id": ids.encode(client.pk), "invoice_id": made["id"], "line_items": made["line_items"]}
    payment = {"client_id": body["client_id"], "amount": 120, "invoices": [
        {"invoice_id": made["id"], "amount": 120}]}  # fmt: skip
    house.api("POST", "payments", payment)
    credit = house.api("POST", "credits", body)
    assert (taxes(credit), credit["amount"]) == ([("TVA", 20)], 120)


def test_s93_an_exempt_client_and_an_exempt_company_are_left_alone(house: House) -> None:
    exempt = house.client(name="Ann", country_id=FRANCE, is_tax_exempt=True)
    made = house.invoice(exempt, line_items=[line()])
    assert (taxes(made), made["tax_info"]) == ([("", 0)], {})
    house.company_put(vat_exemption="franchise")
    made = house.invoice(house.client(name="Ben", country_id=FRANCE), line_items=[line()])
    assert (taxes(made), made["tax_info"]) == ([("", 0)], {})


def test_s93_quotes_credits_and_recurring_invoices_follow_too(house: House) -> None:
    client = belgian(house)
    body = {"client_id": ids.encode(client.pk), "line_items": [line(SERVICE)]}
    for path, more in (("quotes", {}), ("credits", {}), ("recurring_invoices", {"frequency_id": "5"})):
        assert taxes(house.api("POST", path, body | more)) == [("Reverse charge", 0)], path


def test_s93_the_law_is_printed_in_the_language_of_the_client(house: House) -> None:
    client = belgian(house, settings={"language_id": "4"})
    made = house.invoice(client, line_items=[line(SERVICE)])
    assert taxes(made) == [("Autoliquidation", 0)]
    assert "Autoliquidation." in house.pdf(made)
    goods = house.invoice(client, line_items=[line()])
    assert taxes(goods) == [("Livraison intracommunautaire", 0)]
    assert "article 138 de la directive 2006/112/CE" in house.pdf(goods)


def test_s93_the_office_says_why_while_somebody_types(house: House) -> None:
    client = belgian(house)
    totals = house.office.post("/invoices/totals", form(client, "auto|2"))
    assert "Reverse charge: client with a valid VAT number (Belgium)." in text(totals)
    assert "€100.00" in text(totals)
    house.put(client, has_valid_vat_number=False)
    said = "VAT (France): service for a client without a valid VAT number (Belgium)."
    assert said in text(house.office.post("/invoices/totals", form(client, "auto|2")))


def test_s93_two_rules_on_one_document_name_their_lines(house: House) -> None:
    sent = form(belgian(house), "auto|2") | {
        "line_items.1.product_key": "Box", "line_items.1.cost": "10", "line_items.1.tax1": "auto|1",
    }  # fmt: skip
    said = text(house.office.post("/invoices/totals", sent))
    assert "Line 1 – Reverse charge: client with a valid VAT number (Belgium)." in said
    assert "Line 2 – Intra-Community supply: client with a valid VAT number (Belgium)." in said


def test_s93_a_person_may_choose_another_tax_by_hand(house: House) -> None:
    client = belgian(house)
    page = house.office.get("/invoices/new", {"client": ids.encode(client.pk)}).content.decode()
    assert "Goods (by destination)" in page
    house.office.post("/invoices/new", form(client, "20|TVA") | {"then": "save"})
    invoice = Invoice.objects.get()
    kept = invoice.lines[0]
    assert (kept.tax_id, kept.tax_name1, kept.tax_rate1) == (BY_HAND, "TVA", Decimal(20))
    assert invoice.amount == Decimal(120)
    edited = house.office.get(f"/invoices/{ids.encode(invoice.pk)}/edit")
    assert edited.context["lines"].rows[0]["tax1"] == "20|TVA"
    house.office.post(f"/invoices/{ids.encode(invoice.pk)}/edit", form(client, "auto|2") | {
        "then": "save", "version": edited.context["form"].values["version"]})  # fmt: skip
    invoice.refresh_from_db()
    assert (invoice.lines[0].tax_name1, invoice.amount) == ("Reverse charge", Decimal(100))
    edited = house.office.get(f"/invoices/{ids.encode(invoice.pk)}/edit")
    assert edited.context["lines"].rows[0]["tax1"] == "auto|2"


def test_s93_what_keeps_its_taxes_keeps_its_category(house: House) -> None:
    """A sent quote, and a credit note of an invoice, show the taxes they have: nobody chose them by hand."""
    client = belgian(house)
    said = {"client_id": ids.encode(client.pk), "line_items": [line(SERVICE)]}
    at = f"/quotes/{house.api('POST', 'quotes?mark_sent=true', said)['id']}/edit"
    form_of = house.office.get(at).context
    assert form_of["lines"].rows[0]["tax1"] == "0|Reverse charge"
    house.office.post(at, form(client, "0|Reverse charge", **{
        "line_items.0.tax_id": SERVICE, "line_items.0.cost": "90",
        "version": form_of["form"].values["version"]}))  # fmt: skip
    quote = Quote.objects.get()
    assert (quote.amount, quote.lines[0].tax_id, quote.lines[0].tax_name1) == (90, SERVICE, "Reverse charge")
    invoice = house.invoice(client, line_items=[line(SERVICE)])
    sent = form(client, "0|Reverse charge", corrects=invoice["id"], **{"line_items.0.tax_id": SERVICE})
    house.office.post("/credits/new", sent)
    credit = Credit.objects.get()
    assert (credit.amount, credit.lines[0].tax_id) == (100, SERVICE)
    at = f"/credits/{ids.encode(credit.pk)}/edit"
    version = house.office.get(at).context["form"].values["version"]
    house.office.post(at, {**sent, "line_items.0.cost": "80", "version": version})
    credit.refresh_from_db()
    assert (credit.amount, credit.lines[0].tax_id, credit.lines[0].tax_name1) == (
        80,
        SERVICE,
        "Reverse charge",
    )


def test_s93_products_say_what_they_are_and_learn_no_computed_tax(house: House) -> None:
    house.office.post("/products/new", {"product_key": "Day", "price": "100", "quantity": "1", "tax_id": "2"})
    product = Product.objects.get()
    assert product.tax_id == SERVICE
    fill = house.office.get("/products/suggest", {"q": "Day"}).json()[0]["fill"]
    assert fill["tax1"] == "auto|2"
    house.invoice(belgian(house), line_items=[line(SERVICE, cost=120)])
    work("billing.")
    product.refresh_from_db()
    assert (product.price, product.tax_name1, product.tax_id) == (Decimal(120), "", SERVICE)


def test_s93_a_company_of_services_begins_with_services(house: House) -> None:
    house.company_put(operations_kind="services")
    column = house.office.get("/invoices/new").context["lines"].columns[-1]
    assert (column.key, column.blank) == ("tax1", "auto|2")


def test_s93_the_settings_page_offers_both_switches(house: House) -> None:
    page = text(house.office.get("/settings/taxes"))
    assert "Taxes by destination" in page
    assert "Above the threshold of the EU, or one-stop shop by choice" in page
