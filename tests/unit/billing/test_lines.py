import json
from decimal import Decimal
from typing import Any

import pytest

from comptoir.billing.lines import Line, clean, read, write
from comptoir.kernel.refused import Refused

WHOLE = {
    "quantity": 0,
    "cost": 0,
    "product_key": "",
    "product_cost": 0,
    "notes": "",
    "discount": 0,
    "is_amount_discount": True,
    "tax_name1": "",
    "tax_rate1": 0,
    "tax_name2": "",
    "tax_rate2": 0,
    "tax_name3": "",
    "tax_rate3": 0,
    "sort_id": "0",
    "line_total": 0,
    "gross_line_total": 0,
    "tax_amount": 0,
    "date": "",
    "custom_value1": "",
    "custom_value2": "",
    "custom_value3": "",
    "custom_value4": "",
    "type_id": "1",
    "tax_id": "1",
    "task_id": "",
    "expense_id": "",
    "unit_code": "C62",
}


def test_an_empty_line_gets_every_key_of_the_wire_in_its_order() -> None:
    assert list(json.loads(write(clean([{}], is_amount_discount=True)))[0].items()) == list(WHOLE.items())


def test_a_line_left_without_quantity_has_none() -> None:
    (line,) = clean([{"cost": 5}], is_amount_discount=False)
    assert (line.cost, line.quantity, line.is_amount_discount) == (5, 0, False)


def test_unknown_keys_and_computed_figures_sent_are_dropped() -> None:
    (line,) = clean(
        [{"_id": "x", "id": 7, "line_total": 99, "tax_amount": 9, "is_amount_discount": True}],
        is_amount_discount=False,
    )
    assert line == Line(is_amount_discount=False)


@pytest.mark.parametrize(
    ("sent", "type_id", "tax_id"),
    [
        ({}, "1", "1"),
        ({"type_id": "0"}, "1", "1"),
        ({"type_id": "", "tax_id": ""}, "1", "1"),
        ({"type_id": "2", "tax_id": ""}, "2", "2"),
        ({"type_id": 2}, "2", "1"),
        ({"type_id": "5", "tax_id": "9"}, "5", "9"),
        ({"type_id": "3"}, "3", "1"),
    ],
)
def test_codes_are_never_empty(sent: dict[str, Any], type_id: str, tax_id: str) -> None:
    (line,) = clean([sent], is_amount_discount=True)
    assert (line.type_id, line.tax_id) == (type_id, tax_id)


@pytest.mark.parametrize("empty", [None, "", [], "[]", ()])
def test_no_lines_are_no_lines(empty: object) -> None:
    assert clean(empty, is_amount_discount=True) == []


def test_numbers_are_taken_exactly_from_whatever_form_they_come_in() -> None:
    (line,) = clean([{"cost": "12.50", "quantity": 0.1, "discount": None, "tax_rate1": ""}], True)
    assert (line.cost, line.quantity, line.discount, line.tax_rate1) == (
        Decimal("12.5"),
        Decimal("0.1"),
        0,
        0,
    )


def test_texts_sent_as_null_or_numbers_become_texts() -> None:
    (line,) = clean([{"notes": None, "product_key": 42, "custom_value1": False}], True)
    assert (line.notes, line.product_key, line.custom_value1) == ("", "42", "")


def test_every_fault_is_told_at_its_place() -> None:
    with pytest.raises(Refused) as refusal:
        clean(
            [
                {"cost": "abc", "quantity": 1},
                {"cost": 1, "quantity": True, "notes": ["x"]},
                "no line",
                {"cost": "1e25", "tax_rate3": "NaN"},
            ],
            is_amount_discount=True,
        )
    assert {path: [str(text) for text in texts] for path, texts in refusal.value.errors.items()} == {
        "line_items.0.cost": ["This is not a number."],
        "line_items.1.quantity": ["This is not a number."],
        "line_items.1.notes": ["This is not a text."],
        "line_items.2": ["A line must have named values."],
        "line_items.3.cost": ["This number is too large."],
        "line_items.3.tax_rate3": ["This is not a number."],
    }


@pytest.mark.parametrize("sent", ["x", 5, {"0": {}}, True])
def test_what_is_no_list_is_refused(sent: object) -> None:
    with pytest.raises(Refused) as refusal:
        clean(sent, is_amount_discount=True)
    assert list(refusal.value.errors) == ["line_items"]


def test_stored_lines_are_read_back_the_same() -> None:
    lines = clean(
        [
            {"cost": "99999999999.999999", "quantity": "0.3333333333", "notes": '« Café »\n"x"'},
            {"cost": 1e3, "quantity": "-2.50", "discount": "1e-9"},
        ],
        is_amount_discount=True,
    )
    text = write(lines)
    assert read(text) == lines
    assert '"cost":99999999999.999999' in text
    assert '"quantity":0.3333333333' in text
    assert '"cost":1000,' in text
    assert '"quantity":-2.5,' in text
    assert '"discount":0,' in text


def test_a_document_without_stored_lines_has_none() -> None:
    assert read("") == []
