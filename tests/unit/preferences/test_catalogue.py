from __future__ import annotations

from django.utils import translation

from comptoir.preferences.catalogue import CATALOGUE, CHAPTERS, TITLES, Kind


def test_every_key_stands_in_one_chapter_only() -> None:
    keys = [setting.key for rows in CHAPTERS.values() for setting in rows]
    assert len(keys) == len(set(keys)) == len(CATALOGUE) == 272
    assert list(TITLES) == list(CHAPTERS)


def test_choices_hold_their_default() -> None:
    for setting in CATALOGUE.values():
        assert (setting.kind is Kind.CHOICE) == bool(setting.choices)
        assert setting.kind is not Kind.CHOICE or setting.default in setting.choices


def test_every_setting_has_a_name_in_both_languages() -> None:
    for setting in CATALOGUE.values():
        with translation.override("en"):
            english = str(setting.label)
        with translation.override("fr"):
            french = str(setting.label)
        assert english
        assert french


def test_the_french_guides_own_words_are_used() -> None:
    words = {
        "currency_id": "Devise",
        "language_id": "Langue",
        "payment_terms": "Conditions de paiement des factures",
        "valid_until": "Devis valable jusqu’au",
        "default_task_rate": "Taux horaire des tâches",
        "send_reminders": "Envoyer des rappels",
    }
    with translation.override("fr"):
        assert {key: str(CATALOGUE[key].label) for key in words} == words


def test_wire_types_are_the_contracts() -> None:
    assert {kind: None for kind in Kind if not any(row.kind is kind for row in CATALOGUE.values())} == {}
    types = {key: CATALOGUE[key].wire_type for key in ("lock_invoices", "send_reminders", "font_size")}
    assert types == {"lock_invoices": "string", "send_reminders": "boolean", "font_size": "integer"}
    assert CATALOGUE["late_fee_amount1"].wire_type == "number"
    assert CATALOGUE["pdf_variables"].wire_type == "object"
