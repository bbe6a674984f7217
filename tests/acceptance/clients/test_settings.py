"""Rows S83 to S90: currency, language, terms, rates and reminders of one client."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.kernel.terms import PaymentTerm
from tests.unit.office.reading import toasts

from .conftest import FRENCH_ID, House, edit_url, faults, form_of, person, portal, text

NB = "\N{NO-BREAK SPACE}"
ANN = {"first_name": "Ann", "email": "ann@a.example"}
DAY = "2026-03-02"


def save(house: House, client: Client, **typed: str) -> Any:
    """Save the client's form with these changes; a reader's answer."""
    answer = house.office.post(edit_url(client), form_of(house, client) | typed, follow=True)
    client.refresh_from_db()
    return answer


def quote(house: House, client: Client, **fields: Any) -> Any:
    line = {"product_key": "Day", "cost": 100, "quantity": 1}
    body = {"client_id": ids.encode(client.pk), "line_items": [line], "date": DAY, **fields}
    return house.api("POST", "quotes?mark_sent=true", body)


def test_s83_currencies_are_a_list_with_code_and_name(house: House) -> None:
    options = dict(house.office.get("/clients/new").context["choices"]["currencies"])
    assert len(options) >= 140
    assert (options["1"], options["45"]) == ("USD – US Dollar", "JPY – Japanese Yen")


def test_s83_new_documents_and_payments_take_the_clients_currency(house: House) -> None:
    client = house.client(name="A")
    save(house, client, currency_id="2")
    invoice = house.invoice(client)
    assert "£100.00" in house.pdf(invoice)
    body = {"client_id": ids.encode(client.pk), "amount": 40, "invoices": []}
    assert house.api("POST", "payments", body)["currency_id"] == "2"
    assert client.currency_id == "2"


def test_s83_issued_documents_keep_their_currency_and_the_office_says_so(house: House) -> None:
    client = house.client(name="A", contacts=[ANN])
    before = house.invoice(client)
    answer = save(house, client, currency_id="1")
    assert toasts(answer) == [
        "The client is saved.",
        "What was issued stays in EUR; new documents take the new currency.",
    ]
    assert "€100.00" in house.pdf(before)
    assert "$100.00" in house.pdf(house.invoice(client))
    page = text(portal(person("ann@a.example")).get(f"/client/invoices/{before['id']}"))
    assert "€100.00" in page


def test_s83_without_issued_documents_nobody_is_warned(house: House) -> None:
    client = house.client(name="A")
    house.invoice(client, sent=False)
    assert toasts(save(house, client, currency_id="1")) == ["The client is saved."]


def test_s84_languages_are_a_list(house: House) -> None:
    options = dict(house.office.get("/clients/new").context["choices"]["languages"])
    assert len(options) >= 40
    assert options[FRENCH_ID] == "French"


def test_s84_without_an_own_language_the_companys_holds(house: House) -> None:
    client = house.client(name="A")
    house.wishes(language_id=FRENCH_ID)
    assert "Reste à payer" in house.pdf(house.invoice(client))
    save(house, client, language_id="1")
    assert "Balance due" in house.pdf(house.invoice(client))


def test_s85_everything_that_leaves_speaks_the_clients_language(house: House) -> None:
    client = house.client(name="A", contacts=[ANN], settings={"language_id": FRENCH_ID, "currency_id": "3"})
    line = {"product_key": "Jour", "cost": 1234.5, "quantity": 1}
    invoice = house.invoice(client, line_items=[line], date=DAY)
    printed = house.pdf(invoice)
    assert f"1{NB}234,50".replace(NB, " ") in printed.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "2 mars 2026" in printed
    house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"})
    (mail,) = MailDelivery.objects.all()
    assert mail.subject.startswith("Facture ")
    assert (mail.locale, "Bonjour Ann" in mail.text) == ("fr", True)
    browser = portal(person("ann@a.example"))
    assert "Factures" in text(browser.get("/client/invoices"))
    assert "Solde de départ" in text(browser.get("/client/statement"))
    office = text(house.office.get(f"/clients/{ids.encode(client.pk)}"))
    assert "Balance due" in office
    assert "Reste à payer" not in office


def test_s86_terms_fill_the_day_an_invoice_is_due(house: House) -> None:
    client = house.client(name="A")
    for typed, due in (("0", DAY), ("30", "2026-04-01"), ("", "")):
        save(house, client, payment_terms=typed)
        assert house.invoice(client, date=DAY)["due_date"] == due, typed
    save(house, client, payment_terms="30")
    assert house.invoice(client, date=DAY, due_date="2026-05-05")["due_date"] == "2026-05-05"
    assert house.invoice(client, date=DAY, sent=False)["due_date"] == ""  # decision M8


def test_s86_days_to_the_end_of_the_month(house: House) -> None:
    term = {"name": "", "num_days": "45", "end_of_month": "1"}
    assert house.office.post("/settings/payment-terms/new", term).status_code in (204, 302)
    client = house.client(name="A")
    options = {one.value: one.label for one in house.office.get(edit_url(client)).context["choices"]["terms"]}
    assert options["45 EOM"] == "45 days, end of month"
    assert {"0", "7", "10", "14", "15", "30", "60", "90"} <= options.keys()
    save(house, client, payment_terms="45 EOM", valid_until="45 EOM")
    assert house.invoice(client, date=DAY)["due_date"] == "2026-04-30"
    assert quote(house, client)["due_date"] == "2026-04-30"
    page = house.office.get(f"/invoices/new?client={ids.encode(client.pk)}")
    on = page.context["form"].value("date")
    assert page.context["form"].value("due_date") == PaymentTerm(45, end_of_month=True).due_on(on)
    assert "Terms: 45 days, end of month" in text(house.office.get(f"/clients/{ids.encode(client.pk)}"))


def test_s86_a_term_that_no_list_holds_survives_the_form(house: House) -> None:
    client = house.client(name="A", settings={"payment_terms": "21", "valid_until": "8", "currency_id": "3"})
    save(house, client)
    assert (client.settings["payment_terms"], client.settings["valid_until"]) == ("21", "8")


def test_s86_blank_inherits_from_the_company(house: House) -> None:
    house.wishes(payment_terms="14")
    client = house.client(name="A")
    assert "14 days (company)" in text(house.office.get(edit_url(client)))
    assert house.invoice(client, date=DAY)["due_date"] == "2026-03-16"


def test_s87_quotes_are_valid_so_long_and_then_expired(house: House) -> None:
    client = house.client(name="A", contacts=[ANN])
    save(house, client, valid_until="10")
    made = quote(house, client)
    assert made["due_date"] == "2026-03-12"
    assert "Expired" in text(house.office.get("/quotes"))
    browser = portal(person("ann@a.example"))
    assert "Expired" in text(browser.get(f"/client/quotes/{made['id']}"))
    before = house.api("GET", f"quotes/{made['id']}")["status_id"]
    browser.post(f"/client/quotes/{made['id']}/approval", {"terms": "1"})
    assert house.api("GET", f"quotes/{made['id']}")["status_id"] == before == "-1"


def test_s88_the_rate_of_tasks_comes_from_client_group_company(house: House) -> None:
    house.wishes(default_task_rate=90)
    group = house.group(default_task_rate=80.5)
    client = house.client(name="A")
    assert client.preferences.default_task_rate == Decimal(90)
    house.put(client, group_settings_id=group["id"])
    client = house.row(ids.encode(client.pk))
    assert client.preferences.default_task_rate == Decimal("80.5")
    for typed, rate in (("70,25", "70.25"), ("0", "0"), ("", "80.5")):
        save(house, client, default_task_rate=typed)
        assert house.row(ids.encode(client.pk)).preferences.default_task_rate == Decimal(rate), typed


@pytest.mark.parametrize(("typed", "fault"), [("lots", "This is not a number."), ("-1", "Not below zero.")])
def test_s88_a_rate_that_is_none_is_refused(house: House, typed: str, fault: str) -> None:
    client = house.client(name="A", settings={"default_task_rate": 50})
    answer = house.office.post(edit_url(client), form_of(house, client) | {"default_task_rate": typed})
    assert faults(answer) == {"default_task_rate": [fault]}
    client.refresh_from_db()
    assert client.settings["default_task_rate"] == 50


def test_s89_reminders_have_three_states(house: House) -> None:
    client = house.client(name="A")
    for typed, stored, holds in (("0", False, False), ("1", True, True), ("", None, True)):
        save(house, client, send_reminders=typed)
        assert (client.settings.get("send_reminders"), client.preferences.send_reminders) == (stored, holds)
    house.wishes(send_reminders=False)
    fresh = house.row(ids.encode(client.pk))
    assert fresh.preferences.send_reminders is False
    assert "Switched off (company)" in text(house.office.get(edit_url(fresh)))


def test_s89_late_fees_stay_while_reminders_are_off(house: House) -> None:
    client = house.client(name="A")
    save(house, client, send_reminders="0")
    page = f"/settings/reminders?level=client&id={ids.encode(client.pk)}"
    house.office.post(page, {"late_fee_amount1": "5", "num_days_reminder1": "7"})
    client.refresh_from_db()
    assert client.preferences.send_reminders is False
    assert client.preferences.late_fee_amount1 == 5


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("Modèles & Rappels", "/settings/letters"),
        ("Rappels", "/settings/reminders"),
        ("Numéros générés", "/settings/numbers"),
        ("Importer | Exporter", "/imports"),
        ("Portail client", "/settings/portal"),
        ("Champs personnalisés", "/settings/fields"),
        ("Groupes", "/groups"),
    ],
)
def test_s90_the_names_that_the_page_uses_are_found_in_the_settings(
    house: House, said: str, url: str
) -> None:
    house.speaks_french()
    found = [hit.url for hit in house.office.get("/settings", {"q": said}).context["hits"]]
    assert any(each.startswith(url) for each in found), found


def test_s90_the_rules_of_reminders_are_set_and_kept(house: House) -> None:
    rules = {
        "enable_reminder1": "1", "num_days_reminder1": "7", "schedule_reminder1": "after_due_date",
        "late_fee_amount1": "10", "late_fee_percent1": "2,5",
        "enable_reminder2": "1", "num_days_reminder2": "3", "schedule_reminder2": "before_due_date",
        "enable_reminder3": "", "num_days_reminder3": "30", "schedule_reminder3": "after_invoice_date",
        "enable_reminder_endless": "1", "endless_reminder_frequency_id": "5",
        "enable_quote_reminder1": "1", "quote_num_days_reminder1": "2",
        "quote_schedule_reminder1": "before_valid_until_date",
    }  # fmt: skip
    assert house.office.post("/settings/reminders", rules).status_code == 302
    settings = house.client(name="A").preferences
    assert settings.enable_reminder1 is True
    assert (settings.num_days_reminder1, settings.schedule_reminder1) == (7, "after_due_date")
    assert (settings.late_fee_amount1, settings.late_fee_percent1) == (10, Decimal("2.5"))
    assert (settings.enable_reminder3, settings.num_days_reminder3) == (False, 30)
    assert settings.endless_reminder_frequency_id == "5"
    assert settings.quote_schedule_reminder1 == "before_valid_until_date"
    house.office.post("/settings/email", {"entity_send_time": "15"})
    assert house.row(ids.encode(Client.objects.get().pk)).preferences.entity_send_time == 15
    for template in ("reminder1", "reminder2", "reminder3", "reminder_endless", "quote_reminder1"):
        assert house.office.get(f"/settings/letters?name={template}").status_code == 200, template
