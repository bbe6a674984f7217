"""Two people at one form: the second to save is shown what the first has saved, and nothing moves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client as Browser

from comptoir.catalogue.models import Product
from comptoir.catalogue.operations import create_product, update_product
from comptoir.clients.groups import update_group
from comptoir.clients.models import Client, Group
from comptoir.clients.operations import update_client
from comptoir.kernel import ids
from comptoir.numbering import counters
from comptoir.payments.models import Payment
from comptoir.payments.operations import update_payment
from comptoir.preferences.custom_fields import FieldKind
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.operations import call_instalments, set_instalments
from comptoir.tenancy import locking
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import text

Moved = list[tuple[str, str, str]]
ONCE_MORE = "A secret is not shown again: type or remove it once more."


def opened(browser: Browser, at: str) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    values = browser.get(at).context["form"].values.items()
    plain = {True: "1", False: "", None: ""}
    flat = {key: value for key, value in values if not isinstance(value, (dict, list))}
    return {key: plain[value] if value is None or value is True or value is False else value
            for key, value in flat.items()}  # fmt: skip


def refused(answer: Any, who: str = "Carol X") -> Moved:
    """The differences of a page that says that somebody else has saved."""
    assert answer.status_code == 409
    assert f"{who} saved this while you were writing." in text(answer)
    assert answer.context["conflict"].who == who
    return sorted(answer.context["conflict"].differences)


def again(answer: Any, mine: dict[str, Any]) -> dict[str, Any]:
    """The page that was shown, sent as it stands: with the hidden fields that it carries now."""
    page = answer.content.decode()
    hidden = dict(
        re.findall(r'<input type="hidden" name="(version|counters|stock_shown)" value="(.*?)">', page)
    )
    return mine | hidden


def by_carol(office: Office) -> dict[str, Any]:
    return {"by": office.carol.actor(), "on": ON}


def word(browser: Browser, at: str) -> str:
    """The word that ties a form to its page."""
    found = re.search(r'name="once" value="(each\..+?)"', browser.get(at).content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("path", "name", "mine", "other"),
    [
        ("/settings/company", "city", "Lyon", "Nantes"),
        ("/settings/payments?level=group&id=GROUP", "payment_terms", "30", "14"),
        ("/settings/letters?name=invoice", "email_subject_invoice", "Mine", "Another"),
        ("/settings/fields", "client1.label", "Size", "Colour"),
        ("/settings/modules", "quotes", "", "1"),
        ("/groups/GROUP/edit", "name", "Mine", "Another"),
        ("/payments/PAYMENT/edit", "private_notes", "Mine", "Another"),
        ("/invoices/INVOICE/instalments", "schedule.0.part", "80", "70"),
    ],
)
def test_a_second_click_is_no_second_person(
    office: Office, path: str, name: str, mine: str, other: str
) -> None:
    bill = papers.invoice(office.alice, office.client)
    paid = papers.payment(office.alice, office.client, "50")
    for place, row in {"GROUP": office.group, "PAYMENT": paid, "INVOICE": bill}.items():
        path = path.replace(place, ids.encode(row.pk))
    browser = office.browser()
    filled = opened(browser, path) | {"once": word(browser, path)}
    filled |= MINE if "instalments" in path else {}
    first, second = (browser.post(path, filled | {name: mine}) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.headers["Location"] == first.headers["Location"]
    assert browser.post(path, filled | {name: other}).status_code == 409


# products


def product(office: Office, **fields: Any) -> Product:
    made = {"product_key": "Day", "price": Decimal(500), "notes": "A day", **fields}
    return create_product(made, by=office.alice.actor(), on=ON)


def test_two_people_at_one_product(office: Office) -> None:
    made, browser = product(office), office.browser()
    at = f"/products/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"price": "600", "tax_id": "2"}
    update_product(made, {"price": Decimal("550"), "notes": "Eight hours"}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [
        ("Description", "Eight hours", "A day"),
        ("Price", "550", "600"),
        ("Tax category", "Goods", "Service"),
    ]
    made.refresh_from_db()
    assert (made.price, made.notes, made.tax_id) == (550, "Eight hours", "1")
    assert browser.post(at, again(answer, mine)).status_code == 302
    made.refresh_from_db()
    assert (made.price, made.notes, made.tax_id) == (600, "A day", "2")


def test_stock_that_invoices_take_disturbs_nobody_who_did_not_count(office: Office) -> None:
    update_company(office.company, {"track_inventory": True}, by=office.alice.actor(), on=ON)
    made, browser = product(office, in_stock_quantity=10), office.browser()
    at = f"/products/{ids.encode(made.pk)}/edit"
    mine, counted = opened(browser, at) | {"notes": "Mine"}, opened(browser, at) | {"in_stock_quantity": "8"}
    update_product(made, {"in_stock_quantity": 9}, **by_carol(office))
    assert browser.post(at, mine).status_code == 302
    made.refresh_from_db()
    assert (made.notes, made.in_stock_quantity) == ("Mine", 9)

    counted = opened(browser, at) | {"in_stock_quantity": "8"}
    update_product(made, {"in_stock_quantity": 7}, **by_carol(office))
    answer = browser.post(at, counted)
    assert refused(answer) == [("In stock", "7", "8")]
    made.refresh_from_db()
    assert made.in_stock_quantity == 7
    assert browser.post(at, again(answer, counted)).status_code == 302
    made.refresh_from_db()
    assert made.in_stock_quantity == 8


def test_a_page_shown_again_shows_the_stock_as_it_is(office: Office) -> None:
    update_company(office.company, {"track_inventory": True}, by=office.alice.actor(), on=ON)
    made, browser = product(office, in_stock_quantity=10), office.browser()
    at = f"/products/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"price": "600"}
    update_product(made, {"in_stock_quantity": 4, "price": Decimal(550)}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Price", "550", "600")]
    shown = answer.context["form"].values
    assert (shown["in_stock_quantity"], shown["stock_shown"]) == ("4", "4")


# payments


def test_two_people_at_one_payment(office: Office) -> None:
    made, browser = papers.payment(office.alice, office.client, "50"), office.browser()
    at = f"/payments/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"date": "2026-11-20", "type_id": "1", "transaction_reference": "MINE"}
    theirs = {"transaction_reference": "THEIRS", "type_id": "2", "date": date(2026, 11, 21)}
    update_payment(made, theirs, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [
        ("Date", "Nov 21, 2026", "Nov 20, 2026"),
        ("Means of payment", "Cash", "Bank Transfer"),
        ("Reference", "THEIRS", "MINE"),
    ]
    made.refresh_from_db()
    assert (made.date, made.type_id, made.transaction_reference) == (date(2026, 11, 21), "2", "THEIRS")
    assert browser.post(at, again(answer, mine)).status_code == 302
    made.refresh_from_db()
    assert (made.date, made.type_id, made.transaction_reference) == (date(2026, 11, 20), "1", "MINE")


def test_a_rate_that_nobody_changed_is_no_difference(office: Office) -> None:
    abroad = papers.client(office.alice, "Diner", settings={"currency_id": "2"})
    made, browser = papers.payment(office.alice, abroad, "50"), office.browser()
    update_payment(made, {"exchange_rate": Decimal("0.8365")}, by=office.alice.actor(), on=ON)
    at = f"/payments/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"private_notes": "Mine", "exchange_rate": "0.8365"}
    update_payment(made, {"private_notes": "Theirs"}, **by_carol(office))
    assert refused(browser.post(at, mine)) == [("Private notes", "Theirs", "Mine")]
    newer = mine | {"exchange_rate": "0.84"}
    assert refused(browser.post(at, newer))[0] == ("Exchange rate", "0.8365", "0.84")


def test_a_payment_applied_meanwhile_is_no_conflict(office: Office) -> None:
    made, browser = papers.payment(office.alice, office.client, "50"), office.browser()
    bill = papers.invoice(office.alice, office.client)
    at = f"/payments/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"private_notes": "Mine"}
    update_payment(made, {"invoices": [{"invoice": bill, "amount": Decimal(20)}]}, **by_carol(office))
    assert browser.post(at, mine).status_code == 302
    made.refresh_from_db()
    assert (made.private_notes, made.unapplied) == ("Mine", 30)


@pytest.mark.parametrize("kind", ["payment", "product"])
def test_custom_fields_are_called_and_read_as_those_of_the_record(office: Office, kind: str) -> None:
    names = {"client1": "Birthday", "invoice1": "Project", f"{kind}1": f"Checked|{FieldKind.SWITCH}"}
    names[f"{kind}2"] = f"Since|{FieldKind.DATE}"
    update_company(office.company, {"custom_fields": names}, by=office.alice.actor(), on=ON)
    made: Any = papers.payment(office.alice, office.client, "50") if kind == "payment" else product(office)
    update: Any = update_payment if kind == "payment" else update_product
    browser, at = office.browser(), f"/{kind}s/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at) | {"custom_value1": "no"}
    update(made, {"custom_value1": "yes", "custom_value2": "2026-11-20"}, **by_carol(office))
    assert refused(browser.post(at, mine)) == [("Checked", "Yes", "No"), ("Since", "Nov 20, 2026", "—")]


def test_clients_are_locked_before_what_is_theirs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As operations lock both: two who wait for each other would end in an error of the database."""
    made, browser = papers.payment(office.alice, office.client, "50"), office.browser()
    at = f"/payments/{ids.encode(made.pk)}/edit"
    mine, reread = opened(browser, at), locking._reread
    taken: list[type[Model]] = []

    def watched(model: type[Model], rows: list[Model]) -> None:
        taken.append(model)
        reread(model, rows)

    monkeypatch.setattr(locking, "_reread", watched)
    assert browser.post(at, mine).status_code == 302
    assert list(dict.fromkeys(taken)) == [Client, Payment]


# groups


def test_two_people_at_one_group(office: Office) -> None:
    at, browser = f"/groups/{ids.encode(office.group.pk)}/edit", office.browser()
    mine = opened(browser, at) | {"name": "Mine"}
    update_group(office.group, {"name": "Theirs"}, **by_carol(office))
    answer = browser.post(at, mine, headers={"HX-Request": "true"})
    assert refused(answer) == [("Name", "Theirs", "Mine")]
    assert f'href="{at}" hx-get="{at}" hx-target="#dialog"' in answer.content.decode()
    assert Group.objects.get().name == "Theirs"
    assert browser.post(at, again(answer, mine)).status_code == 302
    assert Group.objects.get().name == "Mine"


def test_settings_of_a_group_do_not_disturb_its_name(office: Office) -> None:
    at, browser = f"/groups/{ids.encode(office.group.pk)}/edit", office.browser()
    mine = opened(browser, at) | {"name": "Mine"}
    update_group(office.group, {"settings": {"payment_terms": "14"}}, **by_carol(office))
    assert browser.post(at, mine).status_code == 302
    group = Group.objects.get()
    assert (group.name, group.settings) == ("Mine", {"payment_terms": "14"})


# settings


def test_two_people_at_one_page_of_settings(office: Office) -> None:
    at, browser = "/settings/company", office.browser()
    mine = opened(browser, at) | {"city": "Lyon", "legal_form": "SARL"}
    theirs = {"settings": {"city": "Nantes"}, "legal_form": "SAS", "vat_on_debits": True}
    update_company(office.company, theirs, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [
        ("City", "Nantes", "Lyon"),
        ("Legal form", "SAS", "SARL"),
        ("VAT paid on debits", "On", "Off"),
    ]
    company = office.company
    assert (company.settings["city"], company.switch("legal_form"), company.switch("vat_on_debits")) == (
        "Nantes",
        "SAS",
        True,
    )
    assert browser.post(at, again(answer, mine)).status_code == 302
    company = office.company
    assert (company.settings["city"], company.switch("legal_form"), company.switch("vat_on_debits")) == (
        "Lyon",
        "SARL",
        False,
    )


def test_settings_of_another_page_disturb_nobody(office: Office) -> None:
    at, browser = "/settings/company", office.browser()
    mine = opened(browser, at) | {"city": "Lyon"}
    update_company(office.company, {"settings": {"payment_terms": "14"}}, **by_carol(office))
    assert browser.post(at, mine).status_code == 302
    settings = office.company.settings
    assert (settings["city"], settings["payment_terms"]) == ("Lyon", "14")


@pytest.mark.parametrize("level", ["group", "client"])
def test_two_people_at_the_settings_of_a_group_or_a_client(office: Office, level: str) -> None:
    row: Any = office.group if level == "group" else office.client
    update: Any = update_group if level == "group" else update_client
    at, browser = f"/settings/payments?level={level}&id={ids.encode(row.pk)}", office.browser()
    mine = opened(browser, at) | {"payment_terms": "30"}
    update(row, {"settings": {"payment_terms": "14"}}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Invoice payment terms", "14 days", "30 days")]
    stored = type(row).objects
    assert stored.get(pk=row.pk).settings == {"payment_terms": "14"}
    reset = browser.post(at, mine | {"reset": "payment_terms"})
    assert refused(reset) == [("Invoice payment terms", "14 days", "—")]
    assert reset.context["form"].values["payment_terms"] == ""  # saved again it is let go of, as it was to be
    assert stored.get(pk=row.pk).settings == {"payment_terms": "14"}
    assert browser.post(at, again(answer, mine)).status_code == 302
    assert stored.get(pk=row.pk).settings == {"payment_terms": "30"}


def test_settings_that_another_page_of_a_client_saved_are_kept(office: Office) -> None:
    at, browser = f"/settings/payments?level=client&id={ids.encode(office.client.pk)}", office.browser()
    mine = opened(browser, at) | {"payment_terms": "30"}
    update_client(office.client, {"settings": {"language_id": "2"}}, **by_carol(office))
    assert browser.post(at, mine).status_code == 302
    assert Client.objects.get(pk=office.client.pk).settings == {"payment_terms": "30", "language_id": "2"}


def test_a_secret_that_somebody_replaced_is_not_replaced_unseen(office: Office) -> None:
    at, browser = "/settings/email", office.browser()
    mine = opened(browser, at) | {"postmark_secret": "mine", "email_sending_method": "client_postmark"}
    theirs = {"postmark_secret": "theirs", "email_sending_method": "client_postmark"}
    update_company(office.company, {"settings": theirs}, **by_carol(office))
    kept = office.company.settings["postmark_secret"]
    answer = browser.post(at, mine)
    assert ("Postmark token", "•••", "•••") in refused(answer)
    assert "theirs" not in text(answer)
    assert office.company.settings["postmark_secret"] == kept
    assert answer.context["form"].errors == {"postmark_secret": [ONCE_MORE]}
    assert text(answer).count(ONCE_MORE) == 1


def test_secrets_that_nobody_touched_are_not_asked_for(office: Office) -> None:
    at, browser = "/settings/email", office.browser()
    mine = opened(browser, at) | {"reply_to_name": "Mine"}
    theirs = {"settings": {"reply_to_name": "Theirs", "postmark_secret": "theirs"}, "smtp_password": "s3"}
    update_company(office.company, theirs, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Reply-to name", "Theirs", "Mine")]
    assert answer.context["form"].errors == {}


def picked(answer: Any, name: str) -> list[str]:
    """What a list of the page has chosen."""
    found = re.search(
        rf'<select[^>]* name="{re.escape(name)}".*?</select>', answer.content.decode(), re.DOTALL
    )
    assert found is not None
    return re.findall(r'<option value="([^"]*)"[^>]* selected', found[0])


def test_tables_of_a_page_shown_again_are_as_they_were_typed(office: Office) -> None:
    browser = office.browser()
    at, name = "/settings/designs", "pdf_variables.client_details"
    mine = opened(browser, at) | {name: ["$client.name", "$client.city"]}
    theirs = {"pdf_variables": {"client_details": ["$client.phone"]}}
    update_company(office.company, {"settings": theirs}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Fields and columns", "…", "…")]
    assert picked(answer, name) == ["$client.name", "$client.city"]

    at, name = "/settings/portal", "client_registration_fields.phone"
    mine = opened(browser, at) | {name: "required"}
    asked = [{"key": "phone", "visible": False, "required": False}]
    update_company(office.company, {"client_registration_fields": asked}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Client registration", "…", "…")]
    assert picked(answer, name) == ["required"]


def test_counters_that_documents_move_are_not_set_back(office: Office) -> None:
    counters.put("quote", "", 5)
    at, browser = "/settings/numbers", office.browser()
    mine = opened(browser, at) | {"counter_padding": "6"}
    counters.put("quote", "", 8)
    assert browser.post(at, mine).status_code == 302
    assert (office.company.settings["counter_padding"], counters.peek("quote", "")) == (6, 8)

    moved = opened(browser, at) | {"quote_number_counter": "20"}
    counters.put("quote", "", 9)
    answer = browser.post(at, moved)
    assert (answer.status_code, counters.peek("quote", "")) == (409, 9)
    assert answer.context["conflict"].differences == [("Quotes: next number", "9", "20")]
    assert browser.post(at, again(answer, moved)).status_code == 302
    assert counters.peek("quote", "") == 20


def test_two_people_at_one_text_of_a_mail(office: Office) -> None:
    at, browser = "/settings/letters?name=invoice", office.browser()
    mine = opened(browser, at) | {"email_subject_invoice": "Mine"}
    update_company(office.company, {"settings": {"email_subject_invoice": "Theirs"}}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Invoice: subject", "Theirs", "Mine")]
    reset = browser.post(at, mine | {"reset": "1"})
    assert refused(reset) == [("Invoice: subject", "Theirs", "—")]
    assert reset.context["form"].values["email_subject_invoice"] == ""
    assert office.company.settings["email_subject_invoice"] == "Theirs"
    assert browser.post(at, again(answer, mine)).status_code == 302
    assert office.company.settings["email_subject_invoice"] == "Mine"


def test_long_texts_are_shown_where_they_part(office: Office) -> None:
    start, browser = "Dear all, " * 30, office.browser()
    at = "/settings/letters?name=invoice"
    mine = opened(browser, at) | {"email_template_invoice": start + "mine"}
    theirs = {"email_template_invoice": start + "theirs"}
    update_company(office.company, {"settings": theirs}, **by_carol(office))
    lead = "…" + "Dear all, " * 4
    assert refused(browser.post(at, mine)) == [("Invoice: body", lead + "theirs", lead + "mine")]

    made = product(office, notes=start)
    at = f"/products/{ids.encode(made.pk)}/edit"
    mine = opened(browser, at)
    update_product(made, {"notes": start + "theirs"}, **by_carol(office))
    assert refused(browser.post(at, mine)) == [("Description", lead + "theirs", lead)]


def test_two_people_at_the_custom_fields(office: Office) -> None:
    at, browser = "/settings/fields", office.browser()
    mine = opened(browser, at) | {
        "client1.label": "Size",
        "client1.kind": FieldKind.CHOICE,
        "client1.options": "S, L",
    }
    theirs = {"client1": "Birthday|date", "invoice1": "Project"}
    update_company(office.company, {"custom_fields": theirs}, **by_carol(office))
    answer = browser.post(at, mine)
    assert refused(answer) == [("Clients 1", "Birthday (A date)", "Size (A list, S, L)")]
    assert office.company.custom_fields == theirs
    assert browser.post(at, again(answer, mine)).status_code == 302
    assert office.company.custom_fields == {"client1": "Size|S,L", "invoice1": "Project"}


def test_two_people_at_the_modules(office: Office) -> None:
    at, browser = "/settings/modules", office.browser()
    mine = opened(browser, at)
    update_company(office.company, {"enabled_modules": 1}, **by_carol(office))
    answer = browser.post(at, mine)
    assert ("Quotes", "Off", "On") in refused(answer)
    assert office.company.enabled_modules == 1
    assert browser.post(at, again(answer, mine)).status_code == 302
    assert opened(browser, at) == again(answer, mine) | {"version": mine["version"]}


# instalments


def schedule(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"date": date.fromisoformat(day), "amount": Decimal(amount)} for day, amount in rows]


PLANNED = schedule(("2026-12-31", "50"), ("2027-01-31", "50"))
MINE = {
    "schedule.0.date": "2026-12-31", "schedule.0.part": "80", "schedule.1.date": "2027-01-31",
    "unit": "amount", "mails": "1", "count": "2",
}  # fmt: skip


def test_two_people_at_one_plan_of_instalments(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    set_instalments(bill, PLANNED, by=office.alice.actor(), on=ON)
    at = f"/invoices/{ids.encode(bill.pk)}/instalments"
    mine = MINE | {"version": browser.get(at).context["form"].values["version"]}
    theirs = schedule(("2026-12-15", "25"), ("2027-01-15", "75"))
    set_instalments(bill, theirs, mails=False, **by_carol(office))
    kept = [
        {"date": "2026-12-15", "amount": "25", "silent": True},
        {"date": "2027-01-15", "amount": "75", "silent": True},
    ]
    answer = browser.post(at, mine, headers={"HX-Request": "true"})
    said = "€25.00 (Dec 15, 2026), €75.00 (Jan 15, 2027)"
    assert refused(answer) == [
        ("Instalments", said, "€80.00 (Dec 31, 2026), €20.00 (Jan 31, 2027)"),
        ("Write to the client on the day of each", "No", "Yes"),
    ]
    bill.refresh_from_db()
    assert bill.instalments == kept
    none = browser.post(at, mine | {"at_once": "1"})
    assert refused(none)[0] == ("Instalments", said, "—")
    assert [row["date"] for row in none.context["form"].values["schedule"]] == ["2026-12-15", "2027-01-15"]
    bill.refresh_from_db()
    assert bill.instalments == kept
    assert browser.post(at, again(answer, mine)).status_code == 302
    bill.refresh_from_db()
    assert bill.instalments == [
        {"date": "2026-12-31", "amount": "80"},
        {"date": "2027-01-31", "amount": "20"},
    ]


def test_a_plan_that_somebody_took_back_is_not_made_anew_unseen(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    set_instalments(bill, PLANNED, by=office.alice.actor(), on=ON)
    at = f"/invoices/{ids.encode(bill.pk)}/instalments"
    mine = MINE | {"version": browser.get(at).context["form"].values["version"]}
    set_instalments(bill, [], **by_carol(office))
    said = "€80.00 (Dec 31, 2026), €20.00 (Jan 31, 2027)"
    assert refused(browser.post(at, mine)) == [("Instalments", "—", said)]
    bill.refresh_from_db()
    assert bill.instalments == []


def test_steps_of_the_dialog_carry_its_version_on(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    at = f"/invoices/{ids.encode(bill.pk)}/instalments"
    version = browser.get(at).context["form"].values["version"]
    answer = browser.post(at, MINE | {"version": version, "step": "add"})
    assert answer.context["form"].values["version"] == version
    set_instalments(bill, PLANNED, **by_carol(office))
    assert browser.post(at, MINE | {"version": version}).status_code == 409


def test_an_instalment_whose_day_has_come_disturbs_nobody(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    set_instalments(bill, PLANNED, by=office.alice.actor(), on=ON)
    at = f"/invoices/{ids.encode(bill.pk)}/instalments"
    mine = MINE | {"version": browser.get(at).context["form"].values["version"]}
    call_instalments(bill, by=office.alice.actor(), on=date(2026, 12, 31))
    assert browser.post(at, mine).status_code == 302
    bill.refresh_from_db()
    assert bill.instalments == [
        {"date": "2026-12-31", "amount": "80", "called": True},
        {"date": "2027-01-31", "amount": "20"},
    ]
