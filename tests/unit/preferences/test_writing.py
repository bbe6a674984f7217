from __future__ import annotations

from typing import Any

import pytest

from comptoir.kernel.refused import Refused
from comptoir.preferences.catalogue import CATALOGUE
from comptoir.preferences.writing import full, overlay, shown, sparse


def refused(sent: dict[str, Any]) -> dict[str, list[str]]:
    with pytest.raises(Refused) as company:
        overlay({}, sent)
    with pytest.raises(Refused) as client:
        sparse(sent)
    errors = {field: [str(text) for text in texts] for field, texts in company.value.errors.items()}
    assert errors == {field: [str(text) for text in texts] for field, texts in client.value.errors.items()}
    return errors


def test_a_new_companys_settings_are_complete() -> None:
    settings = full({})
    assert set(settings) == {*CATALOGUE, "entity"}
    assert settings["default_task_rate"] == 0
    assert settings["counter_padding"] == 4
    assert settings["translations"] == {}
    assert settings["currency_id"] == "1"
    assert settings["pdf_variables"]["product_columns"][0] == "$product.item"


def test_stored_values_unknown_keys_and_counters_are_shown() -> None:
    """Decision P6: what newer apps write is kept."""
    settings = full(
        {"name": "A", "future_key": [1], "primary_font": "", "currency_id": "", "late_fee_amount1": None},
        {"invoice_number_counter": 9},
    )
    assert (settings["name"], settings["future_key"], settings["primary_font"]) == ("A", [1], "")
    assert (settings["currency_id"], settings["late_fee_amount1"]) == ("1", 0)
    assert (settings["invoice_number_counter"], settings["quote_number_counter"]) == (9, 1)


def test_a_company_keeps_what_a_put_does_not_name() -> None:
    stored = {"name": "A", "payment_terms": "10", "future_key": "x"}
    assert overlay(stored, {"payment_terms": "45"}) == {"name": "A", "payment_terms": "45", "future_key": "x"}


def test_the_whole_object_sent_back_changes_nothing() -> None:
    stored = {"name": "A", "payment_terms": "10", "default_task_rate": 12.5, "future_key": "x"}
    assert overlay(stored, full(stored)) == stored


def test_defaults_need_no_room() -> None:
    stored = {"name": "A", "send_reminders": False, "page_size": "A5"}
    assert overlay(stored, {"send_reminders": True, "page_size": "A4", "font_size": "16"}) == {"name": "A"}


def test_null_is_an_empty_text_and_an_empty_text_is_a_value() -> None:
    assert overlay({"invoice_terms": "x"}, {"invoice_terms": None}) == {}
    assert overlay({}, {"primary_font": None, "future_key": None}) == {"primary_font": "", "future_key": ""}


def test_an_empty_id_of_the_company_falls_back() -> None:
    assert overlay({"currency_id": "3"}, {"currency_id": ""}) == {}


def test_counters_and_the_constant_are_not_kept() -> None:
    sent = {"invoice_number_counter": 9, "entity": "x", "city": "Lyon"}
    assert overlay({}, sent) == {"city": "Lyon"}
    assert sparse(sent) == {"city": "Lyon"}


def test_without_a_rhythm_there_is_no_next_reset() -> None:
    stored = {"reset_counter_frequency_id": "5", "reset_counter_date": "2027-01-01"}
    assert overlay(stored, {"reset_counter_frequency_id": "0"}) == {}
    assert overlay(stored, {"city": "Lyon"}) == {**stored, "city": "Lyon"}


def test_values_take_their_form() -> None:
    sent = {
        "currency_id": 3,
        "payment_terms": 30,
        "valid_until": "45 eom",
        "default_task_rate": "12.50",
        "counter_padding": "6",
        "send_reminders": "false",
        "inclusive_taxes": 1,
        "translations": [],
        "reset_counter_date": "2027-01-01",
        "reset_counter_frequency_id": 10,
        "future_key": {"a": 1},
    }
    assert overlay({}, sent) == {
        "currency_id": "3",
        "payment_terms": "30",
        "valid_until": "45 EOM",
        "default_task_rate": 12.5,
        "counter_padding": 6,
        "send_reminders": False,
        "inclusive_taxes": True,
        "reset_counter_date": "2027-01-01",
        "reset_counter_frequency_id": "10",
        "future_key": {"a": 1},
    }


def test_every_fault_is_told_at_once() -> None:
    errors = refused(
        {
            "payment_terms": "soon",
            "counter_padding": 1.5,
            "font_size": [16],
            "send_reminders": "perhaps",
            "default_task_rate": "abc",
            "currency_id": "99999",
            "country_id": [],
            "pdf_variables": "x",
            "invoice_terms": {},
            "invoice_number_counter": "x",
            "reset_counter_date": "tomorrow",
            "name": "fine",
        }
    )
    assert errors["settings"] == [
        "payment_terms is not a valid number of days",
        "counter_padding is not a valid integer",
        "font_size is not a valid integer",
        "send_reminders is not a valid boolean",
        "default_task_rate is not a valid number",
        "currency_id is not a valid integer",
        "country_id is not a valid integer",
        "pdf_variables is not a valid object",
        "invoice_terms is not a valid string",
        "invoice_number_counter is not a valid integer",
        "reset_counter_date is not a valid date",
    ]
    assert errors["settings.payment_terms"] == ["payment_terms is not a valid number of days"]
    assert len(errors) == 12


def test_each_part_of_a_pdf_is_a_list() -> None:
    assert refused({"pdf_variables": {"product_columns": "$product.item"}})["settings"] == [
        "pdf_variables is not a valid object"
    ]
    part = {"product_columns": ["$product.item"]}
    kept = overlay({}, {"pdf_variables": part})
    assert kept == {"pdf_variables": part}
    assert full(kept)["pdf_variables"]["product_columns"] == ["$product.item"]
    assert full(kept)["pdf_variables"]["statement_details"] == ["$statement_date", "$balance"]


def test_a_choice_of_a_newer_app_is_kept() -> None:
    assert sparse({"lock_invoices": "on_full_moon"}) == {"lock_invoices": "on_full_moon"}


def test_opaque_ids_are_texts() -> None:
    assert sparse(
        {"payment_receipt_design_id": "Wpmbk5ezJn", "besr_id": "012", "gmail_sending_user_id": "0"}
    ) == {
        "payment_receipt_design_id": "Wpmbk5ezJn",
        "besr_id": "012",
        "gmail_sending_user_id": "0",
    }


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        (
            "qr_iban",
            "CH58 0079 1123 0008 8901 2",
            "This is not a QR-IBAN: it begins with CH or LI, and its bank number is 30000 to 31999.",
        ),
        (
            "qr_iban",
            "FR7630006000011234567890189",
            "This is not a QR-IBAN: it begins with CH or LI, and its bank number is 30000 to 31999.",
        ),
        ("besr_id", "01-1", "This number has at most 11 digits and nothing else."),
        ("besr_id", "123456789012", "This number has at most 11 digits and nothing else."),
    ],
)
def test_the_numbers_of_a_swiss_bank_are_checked(key: str, wrong: str, sentence: str) -> None:
    assert refused({key: wrong, "city": "Biel"}) == {"settings": [sentence], f"settings.{key}": [sentence]}
    kept = {key: wrong}  # since before they were checked; an app sends it with everything
    assert overlay(kept, {key: wrong, "city": "Biel"}) == {key: wrong, "city": "Biel"}
    assert sparse({key: wrong, "city": "Biel"}, kept) == {key: wrong, "city": "Biel"}


def test_right_numbers_of_a_swiss_bank_are_kept_and_emptied() -> None:
    right = {"qr_iban": " CH44 3199 9123 0008 8901 2", "besr_id": "210000 "}
    kept = {"qr_iban": "CH44 3199 9123 0008 8901 2", "besr_id": "210000"}
    assert (overlay({}, right), sparse(right)) == (kept, kept)
    empty = {"qr_iban": "", "besr_id": None}
    assert overlay(kept, empty) == {} and sparse(empty, kept) == {}


def test_a_client_keeps_only_what_it_overrides() -> None:
    sent = {
        "payment_terms": "",
        "invoice_terms": None,
        "send_reminders": False,
        "default_task_rate": 0,
        "translations": {},
        "size_id": "",
        "industry_id": "4",
        "future_key": "x",
    }
    assert sparse(sent) == {
        "send_reminders": False, "default_task_rate": 0, "industry_id": "4", "future_key": "x",
    }  # fmt: skip


def test_an_absent_currency_stays_and_an_empty_one_unsets_it() -> None:
    stored = {"currency_id": "2", "payment_terms": "30"}
    assert sparse({"payment_terms": "7"}, stored) == {"currency_id": "2", "payment_terms": "7"}
    assert sparse({"currency_id": ""}, stored) == {}
    assert sparse({"currency_id": "3"}, stored) == {"currency_id": "3"}


def test_the_inherited_currency_sent_back_is_not_pinned() -> None:
    assert sparse({"currency_id": "3"}, {}, inherited_currency="3") == {}
    assert sparse({"currency_id": "3"}, {"currency_id": "3"}, inherited_currency="3") == {"currency_id": "3"}
    assert sparse({"currency_id": "2"}, {}, inherited_currency="3") == {"currency_id": "2"}


def test_a_clients_settings_are_shown_sparse() -> None:
    assert shown({"send_reminders": False}, "3", {"invoice_number_counter": 7}) == {
        "entity": "App\\Models\\Client",
        "industry_id": "",
        "size_id": "",
        "send_reminders": False,
        "currency_id": "3",
        "invoice_number_counter": 7,
    }
    assert "currency_id" not in shown({})
