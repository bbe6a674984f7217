"""Every setting, at every level (rows S106 to S109)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from comptoir.preferences.cascade import Found, Preferences, find
from comptoir.preferences.catalogue import CATALOGUE, EVERYWHERE, Kind, Setting

OTHER: dict[Kind, tuple[Any, Any, Any]] = {
    Kind.FLAG: (False, True, False),
    Kind.WHOLE: (0, 7, 9),
    Kind.COUNTER: (0, 7, 9),
    Kind.NUMBER: (0, 12.5, 99),
    Kind.TEXT: ("client's", "group's", "company's"),
    Kind.MEMO: ("client's", "group's", "company's"),
    Kind.SECRET: ("client's", "group's", "company's"),
    Kind.REFERENCE: ("0", "3", "9"),
    Kind.RECORD: ("Opnel5aKBz", "wMvbmOeYAl", "VolejRejNm"),
    Kind.DAYS: ("0", "30", "45 EOM"),
    Kind.DAY: ("2027-01-01", "2028-01-01", "2029-01-01"),
    Kind.TABLE: ({"a": ["x"]}, {"a": ["y"]}, {"a": ["z"]}),
}


def values_of(setting: Setting) -> tuple[Any, Any, Any]:
    """Three stored values for client, group and company: the client's is false or 0 where it can be."""
    if setting.kind is not Kind.CHOICE:
        return OTHER[setting.kind]
    words = [word for word in setting.choices if word]
    return words[0], words[-1], words[len(words) // 2]


EVERY = list(CATALOGUE.values())


def test_the_clients_value_wins_even_when_it_is_false_or_zero() -> None:
    for setting in EVERY:
        client, group, company = ({setting.key: value} for value in values_of(setting))
        found = find(setting.key, (client, group, company))
        assert found == Found(client[setting.key], "client"), setting.key


def test_what_the_client_leaves_empty_comes_from_the_group() -> None:
    for setting, blank in product(EVERY, ({}, "", None)):
        _, group, company = values_of(setting)
        client = {} if blank == {} else {setting.key: blank}
        found = find(setting.key, (client, {setting.key: group}, {setting.key: company}))
        assert found == Found(group, "group"), setting.key


def test_an_empty_value_of_the_group_hides_nothing() -> None:
    for setting, blank in product(EVERY, ("", None)):
        company = values_of(setting)[2]
        layers = ({setting.key: blank}, {setting.key: blank}, {setting.key: company})
        assert find(setting.key, layers) == Found(company, "company"), setting.key


def test_without_any_value_the_default_holds() -> None:
    for setting, layers in product(EVERY, (({}, {}, {}), (), ({},))):
        assert find(setting.key, layers) == Found(setting.default, "default"), setting.key
    for setting in EVERY:
        assert find(setting.key, ({setting.key: None},)).source == "default", setting.key


def test_an_empty_company_value_counts_for_texts_only() -> None:
    texts = {Kind.TEXT, Kind.MEMO, Kind.SECRET, Kind.DAYS, Kind.DAY}
    for setting in EVERY:
        counts = setting.kind in texts or "" in setting.choices
        expected = Found("", "company") if counts else Found(setting.default, "default")
        assert find(setting.key, ({}, {}, {setting.key: ""})) == expected, setting.key


def test_a_change_in_the_group_reaches_members_without_a_value_of_their_own() -> None:
    for setting in EVERY:
        own, before, after = values_of(setting)
        group = {setting.key: before}
        assert Preferences(({}, group, {})).found(setting.key).value == before, setting.key

        group[setting.key] = after

        assert Preferences(({}, group, {})).found(setting.key) == Found(after, "group"), setting.key
        exception = Preferences(({setting.key: own}, group, {}))
        assert exception.found(setting.key) == Found(own, "client"), setting.key


def test_every_value_has_its_python_type() -> None:
    types: dict[Kind, type] = {
        Kind.FLAG: bool, Kind.WHOLE: int, Kind.COUNTER: int, Kind.NUMBER: Decimal, Kind.TABLE: dict,
    }  # fmt: skip
    for setting in EVERY:
        for layers in ((), *(({setting.key: value},) for value in values_of(setting))):
            value = getattr(Preferences(layers), setting.key)
            assert type(value) is types.get(setting.kind, str), setting.key


def test_the_settings_of_the_company_alone_are_these() -> None:
    assert sorted(key for key, setting in CATALOGUE.items() if setting.is_company_only) == [
        "brevo_secret",
        "client_number_counter",
        "client_number_pattern",
        "custom_fields",
        "custom_value1",
        "custom_value2",
        "custom_value3",
        "custom_value4",
        "default_expense_payment_type_id",
        "email_subject_purchase_order",
        "email_template_purchase_order",
        "expense_number_counter",
        "expense_number_pattern",
        "mailgun_domain",
        "mailgun_endpoint",
        "mailgun_secret",
        "mailgun_webhook_secret",
        "portal_design_id",
        "postmark_secret",
        "purchase_order_design_id",
        "purchase_order_footer",
        "purchase_order_number_counter",
        "purchase_order_number_pattern",
        "purchase_order_public_notes",
        "purchase_order_terms",
        "recurring_expense_number_counter",
        "recurring_expense_number_pattern",
        "require_purchase_order_signature",
        "reset_counter_date",
        "ses_access_key",
        "ses_from_address",
        "ses_region",
        "ses_secret_key",
        "ses_topic_arn",
        "task_number_counter",
        "task_number_pattern",
        "ticket_number_counter",
        "ticket_number_pattern",
        "vendor_number_counter",
        "vendor_number_pattern",
        "vendor_portal_enable_uploads",
    ]
    assert {setting.levels for setting in CATALOGUE.values()} == {EVERYWHERE, ("company",)}


def test_layers_may_end_at_the_company_or_at_the_group() -> None:
    company, group = {"payment_terms": "10"}, {"payment_terms": "20"}
    assert Preferences((company,)).source("payment_terms") == "company"
    assert Preferences((group, company)).source("payment_terms") == "group"
    assert Preferences(({}, group, company)).payment_terms == "20"


def test_a_form_can_show_what_would_hold_without_the_own_value() -> None:
    preferences = Preferences(({"payment_terms": "5"}, {}, {"payment_terms": "10"}))
    assert preferences.inherited("payment_terms") == Found("10", "company")
    assert Preferences(({"payment_terms": "10"},)).inherited("payment_terms") == Found("", "default")


def test_a_value_that_an_older_version_let_in_falls_back_to_the_default() -> None:
    layers = ({"counter_padding": "four", "lock_invoices": "whenever", "default_task_rate": [1]},)
    preferences = Preferences(layers)
    assert preferences.counter_padding == 4
    assert preferences.lock_invoices == "off"
    assert preferences.default_task_rate == 0


def test_a_table_chosen_in_part_keeps_the_other_parts() -> None:
    preferences = Preferences(({"pdf_variables": {"product_columns": ["$product.item"]}},))
    assert preferences.pdf_variables["product_columns"] == ["$product.item"]
    assert preferences.pdf_variables["statement_details"] == ["$statement_date", "$balance"]


def test_exact_decimals_come_out_of_json_numbers() -> None:
    assert Preferences(({"default_task_rate": 0.1},)).default_task_rate == Decimal("0.1")


def test_an_unknown_setting_is_a_fault_of_the_code() -> None:
    with pytest.raises(AttributeError):
        _ = Preferences(()).shoe_size
    with pytest.raises(KeyError):
        _ = Preferences(())["shoe_size"]
