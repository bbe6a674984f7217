"""The settings pages: all of the catalogue, saved by operations, refused at the field."""

from __future__ import annotations

import html
from decimal import Decimal

import pytest

from comptoir.activity.models import Activity
from comptoir.numbering import counters
from comptoir.office.settings.layout import BY_KEY, LEFT_OUT, PAGES
from comptoir.office.settings.letters import messages
from comptoir.office.settings.levels import Level
from comptoir.office.settings.switches import SWITCHES
from comptoir.preferences.catalogue import CATALOGUE, CLIENT, COMPANY, GROUP
from comptoir.preferences.secrets import opened, password_of
from comptoir.tenancy.switches import DEFAULTS

from .conftest import Office

TABLED = [page.key for page in PAGES if not page.route]


def on_pages() -> list[str]:
    return [key for page in PAGES for section in page.sections for key in section.keys]


def test_every_setting_of_the_catalogue_has_one_place_or_a_reason_to_have_none() -> None:
    shown = on_pages()
    level = Level(COMPANY, ({},), None)
    texts = {key for message in messages(level) for key in message.keys}
    texts |= {"email_subject_purchase_order", "email_template_purchase_order"}
    assert len(shown) == len(set(shown))
    assert set(CATALOGUE) - set(shown) - texts - set(LEFT_OUT) == set()
    assert set(LEFT_OUT) & (set(shown) | texts) == set()
    assert set(LEFT_OUT) <= set(CATALOGUE)


def test_every_other_key_is_a_switch_of_the_company() -> None:
    others = set(on_pages()) - set(CATALOGUE)
    assert others <= {*SWITCHES, "smtp_password", "client_registration_fields"}
    assert set(SWITCHES) <= set(DEFAULTS)


@pytest.mark.parametrize("key", TABLED)
def test_each_page_opens_at_each_level_that_it_has(office: Office, key: str) -> None:
    from comptoir.kernel import ids

    browser = office.browser()
    addresses = {
        COMPANY: "",
        GROUP: f"?level=group&id={ids.encode(office.group.pk)}",
        CLIENT: f"?level=client&id={ids.encode(office.client.pk)}",
    }
    for level, query in addresses.items():
        answer = browser.get(f"/settings/{key}{query}")
        if not BY_KEY[key].at(level):
            assert answer.status_code == 404
            continue
        assert answer.status_code == 200
        page = answer.content.decode()
        for _section, names in BY_KEY[key].at(level):
            for name in names:
                if not name.startswith("custom_value"):
                    assert f'name="{name}' in page, (level, name)


def test_saving_a_page_keeps_every_value_that_it_showed(office: Office) -> None:
    before = office.company
    browser = office.browser()
    for key in filter(lambda key: BY_KEY[key].at(COMPANY), TABLED):
        form = browser.get(f"/settings/{key}").context["form"]
        sent = {name: "" if value is None or value is False else value for name, value in form.values.items()}
        sent = {name: "1" if value is True else value for name, value in sent.items()}
        sent = {name: value for name, value in sent.items() if not isinstance(value, dict)}
        answer = browser.post(f"/settings/{key}", sent)
        assert answer.status_code == 302, key
    after = office.company
    assert after.settings == before.settings
    assert after.switches == before.switches


def test_settings_and_switches_of_one_page_are_saved_together_and_told(office: Office) -> None:
    sent = {"name": "Atelier A", "legal_form": "SARL", "siret": "732 829 320 00074", "country_id": "250"}
    assert office.browser().post("/settings/company", sent).status_code == 302
    company = office.company
    assert (company.name, company.switch("legal_form")) == ("Atelier A", "SARL")
    assert (company.switch("siret"), company.switch("siren")) == ("73282932000074", "732829320")
    told = Activity.objects.latest("pk")
    assert told.fact == "CompanyUpdated"
    assert told.changes["name"] == ["Atelier Alice", "Atelier A"]


@pytest.mark.parametrize(
    ("at", "field", "typed", "sentence"),
    [
        ("company", "siret", "732829320000", "not a SIRET"),
        ("company", "iban", "FR00 1234", "not an IBAN"),
        ("company", "qr_iban", "CH58 0079 1123 0008 8901 2", "not a QR-IBAN"),
        ("company", "besr_id", "21-0000", "at most 11 digits and nothing else"),
        ("company", "country_id", "nowhere", "Choose one of the list"),
        ("designs", "primary_color", "blue", "A colour is written like this"),
        ("designs", "font_size", "200", "Between 6 and 32"),
        ("reminders", "num_days_reminder1", "1.5", "whole number"),
        ("reminders", "late_fee_amount1", "-3", "Not below zero"),
        ("tasks", "default_task_rate", "ninety", "not a number"),
        ("email", "reply_to_email", "nobody", "not an e-mail address"),
        ("email", "bcc_email", "a@example.com, b", "“b” is not an e-mail address"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_moves(
    office: Office, at: str, field: str, typed: str, sentence: str
) -> None:
    before = (office.company.settings, office.company.switches)
    answer = office.browser().post(f"/settings/{at}", {field: typed})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert sentence in str(form.faults(field)[0])
    assert form.value(field) == typed
    assert str(form.faults(field)[0]) in html.unescape(answer.content.decode())
    assert (office.company.settings, office.company.switches) == before


def test_all_faults_of_a_page_are_shown_at_once(office: Office) -> None:
    sent = {"siret": "1", "iban": "2", "country_id": "?"}
    errors = office.browser().post("/settings/company", sent).context["form"].errors
    assert set(errors) == {"siret", "iban", "country_id"}


def test_a_swiss_account_wants_the_address_that_its_payment_part_names(office: Office) -> None:
    sent = {"iban": "CH58 0079 1123 0008 8901 2", "qr_bill_enabled": "1", "postal_code": "", "city": "Biel"}
    answer = office.browser().post("/settings/company", sent)
    assert answer.context["form"].errors == {"postal_code": ["The Swiss QR-bill needs it."]}
    assert office.company.switch("iban") == ""
    assert office.browser().post("/settings/company", sent | {"qr_bill_enabled": ""}).status_code == 302
    assert office.company.switch("qr_bill_enabled") is False
    sent |= {"postal_code": "2501", "qr_iban": "CH44 3199 9123 0008 8901 2", "besr_id": "210000"}
    assert office.browser().post("/settings/company", sent).status_code == 302
    company = office.company
    assert (company.switch("qr_bill_enabled"), company.switch("iban")) == (True, "CH5800791123000889012")
    assert company.settings["qr_iban"] == "CH44 3199 9123 0008 8901 2"


def test_sums_may_be_typed_and_decimals_come_as_the_reader_writes_them(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/tasks", {"default_task_rate": "3*12.5"})
    assert office.company.settings["default_task_rate"] == 37.5
    browser.post("/settings/tasks", {"default_task_rate": "95,50"})
    assert Decimal(str(office.company.settings["default_task_rate"])) == Decimal("95.5")


def test_a_counter_moves_with_its_page(office: Office) -> None:
    office.browser().post(
        "/settings/numbers", {"quote_number_pattern": "D{$counter}", "quote_number_counter": "41"}
    )
    assert counters.peek("quote", "") == 41
    assert office.company.settings["quote_number_pattern"] == "D{$counter}"


def test_the_next_numbers_are_shown_while_a_pattern_is_typed(office: Office) -> None:
    sent = {
        "quote_number_pattern": "Q-{$year}-{$counter}",
        "quote_number_counter": "7",
        "counter_padding": "3",
    }
    answer = office.browser().post("/settings/numbers/next", sent)
    page = answer.content.decode()
    assert 'id="next-quote" hx-swap-oob="true">Q-2026-007<' in page or "-007<" in page
    assert counters.peek("quote", "") == 1


def test_a_password_of_the_mail_server_is_kept_unless_another_is_typed(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/email", {"smtp_host": "mail.example.com", "smtp_password": "s3cret"})
    browser.post("/settings/email", {"smtp_username": "us", "smtp_password": ""})
    moved = browser.post("/settings/email", {"smtp_host": "mail2.example.com", "smtp_password": ""})
    assert moved.status_code == 422
    assert "Type the password again for another server." in moved.content.decode()
    company = office.company
    assert (password_of(company), company.switch("smtp_host")) == ("s3cret", "mail.example.com")
    assert "s3cret" not in company.smtp_password
    page = browser.get("/settings/email").content.decode()
    assert "s3cret" not in page
    assert "s3cret" not in str(Activity.objects.values_list("changes", flat=True))


def test_a_secret_that_is_kept_can_be_removed(office: Office) -> None:
    browser = office.browser()
    keys = ("smtp_password", "postmark_secret", "mailgun_secret", "brevo_secret", "ses_secret_key")
    assert 'name="reset"' not in browser.get("/settings/email").content.decode()
    browser.post("/settings/email", {"smtp_host": "mail.example.com", **dict.fromkeys(keys, "s3cret")})
    for key in keys:
        assert f'name="reset" value="{key}"' in browser.get("/settings/email").content.decode()
        browser.post("/settings/email", {**dict.fromkeys(keys, ""), "smtp_username": key, "reset": key})
        company = office.company
        assert company.switch("smtp_username") == key  # what else was typed is saved
        left = [password_of(company), *(opened(company, name) for name in keys[1:])]
        assert left == ["" if keys.index(name) <= keys.index(key) else "s3cret" for name in keys]
    assert 'name="reset"' not in browser.get("/settings/email").content.decode()


def test_nothing_else_of_the_company_is_emptied_like_a_secret(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/email", {"mailgun_domain": "mg.example.com"})
    browser.post("/settings/email", {"mailgun_domain": "mg.example.com", "reset": "mailgun_domain"})
    assert office.company.settings["mailgun_domain"] == "mg.example.com"


def test_registration_switches_both_places_and_keeps_what_the_form_asks(office: Office) -> None:
    sent = {"client_can_register": "1", "client_registration_fields.phone": "required"}
    sent |= {"client_registration_fields.website": "shown", "client_registration_fields.first_name": ""}
    assert office.browser().post("/settings/portal", sent).status_code == 302
    company = office.company
    assert company.switch("client_can_register") is True
    assert company.settings["client_can_register"] is True
    asked = {
        one["key"]: (one["visible"], one["required"]) for one in company.switch("client_registration_fields")
    }
    assert asked["email"] == asked["password"] == asked["phone"] == (True, True)
    assert (asked["website"], asked["first_name"]) == ((True, False), (False, False))


def test_columns_of_documents_are_kept_in_their_order(office: Office) -> None:
    chosen = ["$product.description", "$product.item", "$product.line_total"]
    answer = office.browser().post("/settings/designs", {"pdf_variables.product_columns": chosen})
    assert answer.status_code == 302
    assert office.company.settings["pdf_variables"] == {"product_columns": chosen}


def test_own_labels_are_kept_and_emptied(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/words", {"translations.invoice": "Note d'honoraires", "translations.quote": ""})
    assert office.company.settings["translations"] == {"invoice": "Note d'honoraires"}
    browser.post("/settings/words", {"translations.invoice": ""})
    assert not office.company.settings.get("translations")


def test_the_search_finds_settings_without_case_and_accents(office: Office) -> None:
    found = office.browser().get("/settings?q=VAT").content.decode()
    assert "/settings/company#id-vat_number" in found
    assert "No setting is called like that." in office.browser().get("/settings?q=zzz").content.decode()


def test_who_may_not_change_the_company_lands_on_the_own_account(office: Office) -> None:
    browser = office.browser(office.carol)
    assert browser.get("/settings").headers["Location"] == "/me"
    before = office.company.settings
    assert browser.post("/settings/company", {"name": "Mine"}).status_code == 403
    assert office.company.settings == before


def test_an_unknown_page_is_nowhere(office: Office) -> None:
    browser = office.browser()
    assert browser.get("/settings/nothing").status_code == 404
    assert browser.get("/settings/company?level=planet").status_code == 404
