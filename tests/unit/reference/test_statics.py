import json

import pytest

from comptoir import reference

KEYS = {
    "industries",
    "countries",
    "payment_types",
    "languages",
    "currencies",
    "sizes",
    "datetime_formats",
    "gateways",
    "timezones",
    "date_formats",
    "templates",
    "bulk_updates",
    "banks",
    "license_key",
}


def test_every_list_is_there_and_is_json() -> None:
    statics = json.loads(json.dumps(reference.statics("fr")))
    assert set(statics) == KEYS
    for name in KEYS - {"templates", "bulk_updates", "banks", "license_key"}:
        assert all(isinstance(row["id"], str) for row in statics[name])


@pytest.mark.parametrize("name", ["languages", "currencies", "industries", "payment_types"])
def test_lists_are_sorted_by_name(name: str) -> None:
    names = [row["name"] for row in reference.statics("en")[name]]
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("name", ["countries", "languages", "currencies", "industries", "payment_types"])
def test_five_lists_follow_the_readers_alphabet(name: str) -> None:
    english, french = reference.statics("en")[name], reference.statics("fr")[name]
    assert {row["id"] for row in english} == {row["id"] for row in french}
    assert [row["id"] for row in english] != [row["id"] for row in french]


@pytest.mark.parametrize(
    ("name", "row_id", "row"),
    [
        (
            "currencies",
            "3",
            {
                "id": "3",
                "name": "Euro",
                "symbol": "€",
                "precision": 2,
                "thousand_separator": ".",
                "decimal_separator": ",",
                "code": "EUR",
                "swap_currency_symbol": False,
                "exchange_rate": 1,
            },
        ),
        ("languages", "13", {"id": "13", "name": "French - Canada", "locale": "fr_CA"}),
        ("sizes", "6", {"id": "6", "name": "500+"}),
        ("industries", "32", {"id": "32", "name": "Construction"}),
        ("payment_types", "1", {"id": "1", "name": "Bank Transfer", "gateway_type_id": 2}),
        ("payment_types", "2", {"id": "2", "name": "Cash", "gateway_type_id": None}),
        (
            "timezones",
            "44",
            {"id": "44", "name": "Europe/Paris", "location": "(GMT+01:00) Paris", "utc_offset": 3600},
        ),
        (
            "date_formats",
            "14",
            {"id": "14", "format": "d/m/Y", "format_moment": "DD/MM/YYYY", "format_dart": "dd/MM/yyyy"},
        ),
    ],
)
def test_rows_have_the_wires_form(name: str, row_id: str, row: dict[str, object]) -> None:
    assert next(found for found in reference.statics("en")[name] if found["id"] == row_id) == row


def test_a_country_row_has_all_its_columns_as_texts_and_truths() -> None:
    france = next(row for row in reference.statics("en")["countries"] if row["id"] == "250")
    assert france == {
        "id": "250",
        "iso_3166_2": "FR",
        "iso_3166_3": "FRA",
        "name": "France",
        "full_name": "French Republic",
        "country_code": "250",
        "capital": "Paris",
        "citizenship": "French",
        "currency": "euro",
        "currency_code": "EUR",
        "currency_sub_unit": "cent",
        "region_code": "150",
        "sub_region_code": "155",
        "thousand_separator": " ",
        "decimal_separator": "",
        "swap_postal_code": True,
        "swap_currency_symbol": True,
        "eea": True,
    }


def test_a_gateway_sends_its_credentials_as_a_text_and_its_options_as_an_object() -> None:
    gateway = reference.statics("en")["gateways"][0]
    assert json.loads(gateway["fields"])["apiLoginId"] == ""
    assert gateway["options"] == {"1": {"refund": True, "token_billing": True}}
    assert gateway["default_gateway_type_id"] == "1"


def test_bulk_updates_name_every_entity_that_apps_ask_for() -> None:
    updates = reference.statics("en")["bulk_updates"]
    assert set(updates) == {"client", "expense", "recurring_invoice", "task"}
    assert updates["client"][0] == "public_notes"
    assert updates["task"] == []


def test_templates_come_from_the_caller() -> None:
    texts = {"invoice": {"subject": "S", "body": "B"}}
    assert reference.statics("en", texts)["templates"] == texts
    assert reference.statics("en")["templates"] == {}
