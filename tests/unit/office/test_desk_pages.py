"""Dashboard, palette, products, groups, companies: the pages around the papers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product, create_tax_rate
from comptoir.clients.models import Group
from comptoir.clients.operations import create_client
from comptoir.exchange.models import RateSheet
from comptoir.exchange.operations import set_rates
from comptoir.kernel import ids
from comptoir.people.founding import found_company
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.operations import mark_sent
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, text, toasts


def test_the_dashboard_says_what_is_owed_late_billed_and_received(office: Office) -> None:
    late = papers.invoice(office.alice, office.client, papers.line("100"))
    Invoice.objects.filter(pk=late.pk).update(due_date=ON - timedelta(days=30))
    papers.invoice(office.alice, office.client, papers.line("999"), sent=False)
    papers.payment(office.alice, office.client, "40", of=late)
    context = office.browser().get("/").context
    assert _figures(context) == [
        ("Outstanding", "€60.00", "1 invoice"),
        ("Overdue", "€60.00", "1 invoice"),
        ("Invoiced this month", "€100.00", ""),
        ("Received this month", "€40.00", ""),
    ]
    chart = context["chart"]
    assert (chart["received"][-1], chart["billed"][-1], chart["top"]) == (40, 100, 100)
    assert chart["said"][-1].endswith(": €100.00 invoiced, €40.00 received")
    assert chart["axis"] == ["100", "50", "0"]
    assert [strip_tags(str(row["amount"])) for row in context["payments"]] == ["€40.00"]
    assert [row["number"] for row in context["late"]] == [late.number]


def test_other_currencies_count_at_the_rates_of_their_invoices(office: Office) -> None:
    """A rate of exchange is units of the currency for one euro."""
    by, day = office.alice, ON.replace(day=1)
    dollars = papers.client(by, "Yank", settings={"currency_id": "1"})
    papers.invoice(by, dollars, papers.line("33"), exchange_rate=Decimal("1.1"), date=day)
    papers.invoice(by, office.client, papers.line("50"))
    late = papers.invoice(by, dollars, papers.line("100"), exchange_rate=Decimal("1.25"))
    Invoice.objects.filter(pk=late.pk).update(due_date=ON - timedelta(days=30))
    papers.payment(by, dollars, "20", of=late)
    context = office.browser().get("/").context
    assert _figures(context) == [
        ("Outstanding", "€144.00", "3 invoices"),
        ("Overdue", "€64.00", "1 invoice"),
        ("Invoiced this month", "€160.00", ""),
        ("Received this month", "€16.00", ""),
    ]
    assert (context["chart"]["billed"][-1], context["chart"]["received"][-1]) == (160, 16)
    assert [strip_tags(one) for one in context["converted"]] == ["$113.00"]
    assert context["left_out"] == []


def test_what_has_no_rate_is_named_and_in_no_sum(office: Office) -> None:
    by = office.alice
    dollars = papers.client(by, "Yank", settings={"currency_id": "1"})
    pounds = papers.client(by, "Tommy", settings={"currency_id": "2"})
    papers.invoice(by, office.client, papers.line("50"))
    first = papers.invoice(by, dollars)
    papers.invoice(by, dollars, sent=False)
    papers.invoice(by, dollars, papers.line("7"))
    papers.invoice(by, dollars, papers.line("11"), exchange_rate=Decimal("1.1"))
    papers.invoice(by, pounds)
    papers.payment(by, dollars, "20", of=first)
    browser = office.browser()
    page = browser.get("/")
    assert _figures(page.context) == [
        ("Outstanding", "€60.00", "2 invoices"),
        ("Overdue", "€0.00", "Nothing overdue"),
        ("Invoiced this month", "€60.00", ""),
        ("Received this month", "€0.00", ""),
    ]
    assert [each["said"] for each in page.context["left_out"]] == [
        "1 invoice in GBP has no exchange rate and is not counted.",
        "2 invoices in USD have no exchange rate and are not counted.",
        "1 payment in USD has no exchange rate and is not counted.",
    ]
    _pounds, invoices, payments = (each["url"] for each in page.context["left_out"])
    assert f'<a class="link" href="{invoices}">2 invoices in USD have' in page.text
    found = browser.get(invoices).context["list"].table.rows
    assert [row.label for row in found] == [Invoice.objects.get(amount=7).number, first.number]
    assert len(browser.get(payments).context["list"].table.rows) == 1
    set_rates(office.company, {"1": Decimal(1)}, by=by.actor(), on=ON)
    context = office.browser().get("/").context
    assert [each["said"] for each in context["left_out"]] == [
        "1 invoice in GBP has no exchange rate and is not counted."
    ]
    assert _figures(context)[0] == ("Outstanding", "€147.00", "4 invoices")


def _figures(context: Any) -> list[tuple[str, str, str]]:
    return [(str(stat.label), strip_tags(str(stat.value)), str(stat.note)) for stat in context["stats"]]


def test_a_member_without_the_right_sees_what_waits_but_no_figures(office: Office) -> None:
    quote = papers.quote(office.carol, office.client)
    mark_sent(quote, by=office.alice.actor(), on=ON)
    papers.quote(office.alice, office.client)
    context = office.browser(office.carol).get("/").context
    assert [row["number"] for row in context["quotes"]] == [quote.number]
    assert "stats" not in context and "activity" not in context


def test_a_dialog_opened_in_a_tab_of_its_own_stands_on_a_page(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    url = f"/invoices/{ids.encode(invoice.pk)}/payment"
    alone, loaded = office.browser().get(url), office.browser().get(url, headers={"HX-Request": "true"})
    assert "<title>Enter payment · Comptoir</title>" in alone.text and 'class="shell"' in alone.text
    assert '<div class="asked"><dialog class="modal" id="payment"' in alone.text
    assert loaded.text.startswith('<dialog class="modal" id="payment"')
    assert "<title>" not in office.browser().get("/palette").text, "no dialog: as it is"


def test_first_steps_leave_when_they_are_done(office: Office) -> None:
    assert "Send your first invoice" in text(office.browser().get("/"))
    papers.invoice(office.alice, office.client)
    company = office.company
    company.settings["address1"] = "1, rue Neuve"
    company.save()
    assert "First steps" not in text(office.browser().get("/"))


def test_the_dashboard_asks_as_much_for_much_as_for_little(office: Office) -> None:
    def bill() -> None:
        papers.payment(office.alice, office.client, "10", of=papers.invoice(office.alice, office.client))
        papers.quote(office.alice, office.client)

    browser = office.browser()
    bill()
    browser.get("/")
    with CaptureQueriesContext(connection) as little:
        browser.get("/")
    for _n in range(10):
        bill()
    with CaptureQueriesContext(connection) as much:
        browser.get("/")
    assert len(much) == len(little)


def test_the_palette_finds_and_creates(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    said = text(browser.get("/palette?q=bistro"))
    assert "Bistro" in said and bill.number in said
    assert "New invoice" in text(browser.get("/palette"))
    assert "Bistro" not in text(office.browser(office.dora).get("/palette?q=bistro"))


def test_a_product_is_made_listed_and_suggested(office: Office) -> None:
    create_tax_rate({"name": "VAT", "rate": Decimal(20)}, by=office.alice.actor(), on=ON)
    browser = office.browser()
    sent = {
        "product_key": "Day",
        "notes": "On site",
        "price": "680",
        "cost": "1,5",
        "quantity": "",
        "tax": "20|VAT",
    }
    assert browser.post("/products/new", sent).status_code == 302
    made = Product.objects.get()
    assert (made.price, made.cost, made.tax_name1, made.tax_rate1) == (680, Decimal("1.5"), "VAT", 20)
    (found,) = browser.get("/products/suggest?q=da").json()
    assert (found["label"], found["end"], found["fill"]["cost"], found["fill"]["tax1"]) == (
        "Day", "€680.00", "680", "20|VAT",
    )  # fmt: skip
    assert [row.label for row in browser.get("/products").context["list"].table.rows] == ["Day"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"product_key": " "}, "product_key"), ({"price": "dear"}, "price"), ({"tax": "x|y"}, "tax")],
)
def test_a_product_that_makes_no_sense_is_refused(office: Office, wrong: dict[str, str], field: str) -> None:
    answer = office.browser().post("/products/new", {"product_key": "Day", "price": "1"} | wrong)
    assert (answer.status_code, faults(answer).keys()) == (422, {field})
    assert not Product.objects.exists()


def test_a_product_is_changed_archived_and_restored(office: Office) -> None:
    made = create_product({"product_key": "Day", "price": Decimal(5)}, by=office.alice.actor(), on=ON)
    at, browser = f"/products/{ids.encode(made.pk)}", office.browser()
    browser.post(f"{at}/edit", {"product_key": "Night", "price": "7"})
    assert toasts(browser.post(f"{at}/archive", follow=True))[-1:] == ["The product is archived."]
    made.refresh_from_db()
    assert (made.product_key, made.price, made.is_archived) == ("Night", 7, True)
    browser.post(f"{at}/restore")
    assert browser.post(f"{at}/explode").status_code == 404
    assert office.browser(office.dora).get(f"{at}/edit").status_code == 404
    assert office.browser(office.carol).post(f"{at}/edit", {"product_key": "Mine"}).status_code == 403


def test_stock_is_counted_where_the_company_wishes(office: Office) -> None:
    browser = office.browser()
    made = create_product({"product_key": "Cup", "in_stock_quantity": 5}, by=office.alice.actor(), on=ON)
    at = f"/products/{ids.encode(made.pk)}/edit"
    assert "In stock" not in text(browser.get(at)) + text(browser.get("/products"))
    browser.post("/settings/products", {"track_inventory": "1"})
    assert "In stock" in text(browser.get(at)) and "In stock" in text(browser.get("/products"))
    said = {"product_key": "Cup", "price": "2", "in_stock_quantity": "5", "stock_shown": "5"}
    Product.objects.filter(pk=made.pk).update(in_stock_quantity=3)  # an invoice took two meanwhile
    browser.post(at, said | {"stock_notification_threshold": "2", "stock_notification": "1"})
    made.refresh_from_db()
    assert (made.in_stock_quantity, made.stock_notification_threshold, made.price) == (3, 2, 2)
    browser.post(at, said | {"in_stock_quantity": "40", "stock_shown": "3"})
    made.refresh_from_db()
    assert (made.in_stock_quantity, made.stock_notification) == (40, False)
    refused = browser.post(at, said | {"in_stock_quantity": "1.5"})
    assert (refused.status_code, faults(refused)) == (
        422,
        {"in_stock_quantity": ["This is not a whole number."]},
    )
    made.refresh_from_db()
    assert made.in_stock_quantity == 40


def test_a_group_is_made_renamed_and_counts_its_clients(office: Office) -> None:
    browser = office.browser()
    assert browser.post("/groups/new", {"name": "Friends"}).status_code == 302
    friends = Group.objects.get(name="Friends")
    browser.post(f"/groups/{ids.encode(friends.pk)}/edit", {"name": "Family"})
    rows = browser.get("/groups").context["list"].table.rows
    counted = [(row.label, strip_tags(str(row.cells[1]))) for row in rows]
    assert counted == [("Family", "0"), ("Large accounts", "1")]
    assert browser.post("/groups/new", {"name": ""}).status_code == 422
    assert office.browser(office.carol).post("/groups/new", {"name": "Mine"}).status_code == 403
    assert office.browser(office.dora).get(f"/groups/{ids.encode(friends.pk)}/edit").status_code == 404
    assert Group.objects.count() == 2


def test_one_works_for_one_company_at_a_time(office: Office) -> None:
    more = found_company(
        office.company.account, {"name": "Second"}, owner=office.alice.user, by=office.alice.actor(), on=ON
    )
    browser = office.browser()
    browser.post(f"/companies/{ids.encode(more.company_id)}/switch")
    assert browser.get("/clients").context["list"].table.rows == []
    assert (
        office.browser(office.dora).post(f"/companies/{ids.encode(more.company_id)}/switch").status_code
        == 403
    )


def test_a_stranger_is_asked_to_sign_in(office: Office) -> None:
    from django.test import Client as Browser

    for path in ("/", "/clients", "/invoices/new", "/payments", "/palette"):
        assert "login" in Browser().get(path).headers["Location"]


def test_a_locked_member_is_refused(office: Office) -> None:
    office.carol.is_locked = True
    office.carol.save()
    assert office.browser(office.carol).get("/clients").status_code == 403


def test_the_menu_hides_what_one_can_neither_see_nor_make(office: Office) -> None:
    office.carol.permissions = "view_client"
    office.carol.save()
    said = text(office.browser(office.carol).get("/clients"))
    assert "Invoices" not in said and "Products" not in said
    papers.invoice(office.carol, office.client)
    assert "Invoices" in text(office.browser(office.carol).get("/clients"))


def test_nothing_of_a_page_is_kept_by_a_browser(office: Office) -> None:
    assert office.browser().get("/clients").headers["Cache-Control"] == "no-store"


def test_a_page_in_french_has_no_english(office: Office) -> None:
    office.alice.user.language_id = "13"
    office.alice.user.save()
    with acting_for(office.alice.company):
        papers.invoice(office.alice, office.client)
    said = text(office.browser().get(f"/clients/{ids.encode(office.client.pk)}"))
    for words in (
        "Payé à ce jour",
        "Montant dû",
        "Grand livre",
        "Journaux du système",
        "Factures récurrentes",
    ):
        assert words in said or words == "Factures récurrentes"
    for words in ("Paid to date", "Balance due", "Overview", "Ledger", "Settings", "See all"):
        assert words not in said


def test_prices_are_filled_in_in_the_client_s_currency_where_the_company_wishes(office: Office) -> None:
    """The company counts in euros; the rate in the form, else that of the day, says what a dollar is."""
    by = {"by": office.alice.actor(), "on": ON}
    create_product({"product_key": "Day", "price": Decimal("680.55")}, **by)
    abroad = create_client({"name": "Boston", "settings": {"currency_id": "1"}}, **by)
    ask = f"/products/suggest?q=da&client_id={ids.encode(abroad.pk)}"
    assert _price(office, ask) == ("€680.55", "680.55")
    update_company(office.alice.company, {"convert_products": True}, **by)
    RateSheet.objects.create(day=timezone.localdate(), rates={"1": "1.0842"}, source="bank.example")
    assert _price(office, ask) == ("$737.85", "737.85")
    assert _price(office, f"{ask}&exchange_rate=1,1") == ("$748.61", "748.61")
    assert _price(office, f"{ask}&exchange_rate=-2") == ("$737.85", "737.85")
    assert _price(office, "/products/suggest?q=da") == ("€680.55", "680.55")
    assert _price(office, f"/products/suggest?q=da&client_id={ids.encode(office.client.pk)}")[0] == "€680.55"
    typed = 'data-suggest-with="client_id exchange_rate"'
    assert typed in office.browser().get("/invoices/new").content.decode()


def test_a_price_whose_rate_nobody_knows_is_shown_in_one_s_own_money_and_not_filled_in(
    office: Office,
) -> None:
    by = {"by": office.alice.actor(), "on": ON}
    create_product({"product_key": "Day", "price": Decimal("680.55")}, **by)
    abroad = create_client({"name": "Boston", "settings": {"currency_id": "1"}}, **by)
    update_company(office.alice.company, {"convert_products": True}, **by)
    ask = f"/products/suggest?q=da&client_id={ids.encode(abroad.pk)}"
    (found,) = office.browser().get(ask).json()
    assert (found["end"], "cost" in found["fill"], found["fill"]["quantity"]) == ("€680.55", False, "1")


def _price(office: Office, ask: str) -> tuple[str, str]:
    (found,) = office.browser().get(ask).json()
    return found["end"], found["fill"]["cost"]
