"""Every field form, from the wire to the operation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models

from comptoir.clients.models import Client, Contact
from comptoir.contract.fields import (
    Amount,
    Code,
    Constant,
    Day,
    DayTime,
    Deleted,
    Derived,
    Email,
    Field,
    Flag,
    Json,
    Key,
    Masked,
    Moment,
    Rate,
    Secret,
    Settings,
    Text,
    Whole,
)
from comptoir.contract.reading import ABSENT, Reading
from comptoir.kernel.ids import encode
from comptoir.kernel.refused import Refused


def read(field: Field, value: Any, name: str = "x", row: Any = None) -> tuple[Any, dict[str, Any]]:
    reading = Reading(SimpleNamespace(), row)  # type: ignore[arg-type]
    return field.free(name).take(value, name, reading), reading.faults


def column(field: Field, kind: models.Field[Any, Any]) -> Field:
    field.column = kind
    return field


@pytest.mark.parametrize("form", [Amount, Rate])
@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (12, Decimal(12)),
        (Decimal("12.345678"), Decimal("12.345678")),
        ("12.50", Decimal("12.50")),
        (" 7 ", Decimal(7)),
        ("", Decimal(0)),
        (None, Decimal(0)),
        ("-3.1", Decimal("-3.1")),
        ("1e3", Decimal(1000)),
    ],
)
def test_an_amount_is_exact(form: Any, sent: Any, taken: Decimal) -> None:
    assert read(form(), sent) == (taken, {})


@pytest.mark.parametrize("sent", ["abc", "12,5", "1.2.3", True, [], {}, "NaN", "Infinity", "1e999999"])
def test_what_is_no_number_is_a_fault(sent: Any) -> None:
    assert read(Amount(), sent, "tax_rate1") == (ABSENT, {"tax_rate1": ["The tax rate1 must be a number."]})


def test_an_amount_beyond_what_a_column_holds_is_a_fault() -> None:
    taken, faults = read(Amount(), "99999999999999")
    assert taken is ABSENT
    assert faults == {"x": ["The x may not be greater than 9223372036854."]}
    assert read(Amount(), "-9223372036855")[0] is ABSENT
    assert read(Amount(least=0), "-0.01")[1] == {"x": ["The x may not be less than 0."]}


@pytest.mark.parametrize(
    ("sent", "taken"), [(3, 3), ("4", 4), (Decimal("5.0"), 5), ("", 0), (None, 0), ("-2", -2)]
)
def test_a_whole_number_has_no_fraction(sent: Any, taken: int) -> None:
    assert read(Whole(), sent) == (taken, {})


@pytest.mark.parametrize("sent", ["1.5", "x", True, [1]])
def test_a_fraction_is_no_whole_number(sent: Any) -> None:
    assert read(Whole(), sent)[1] == {"x": ["The x must be an integer."]}


def test_a_whole_number_fits_its_column() -> None:
    small = column(Whole(), models.SmallIntegerField())
    assert read(small, 40000)[1] == {"x": ["The x may not be greater than 32767."]}
    assert read(column(Whole(), models.BigIntegerField()), 2**40)[0] == 2**40
    assert read(column(Whole(), models.PositiveIntegerField()), -1)[1] == {
        "x": ["The x may not be less than 0."]
    }
    assert read(Whole(), 2**31)[0] is ABSENT
    assert read(Whole(least=1, most=5), 6)[1] == {"x": ["The x may not be greater than 5."]}


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("<b>Ann</b> & co", "<b>Ann</b> & co"),
        ("  Ann ", "Ann"),
        (None, ""),
        ("", ""),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (True, "1"),
        ("a\0b", "ab"),
    ],
)
def test_a_text_is_kept_as_typed(sent: Any, taken: str) -> None:
    assert read(Text(), sent) == (taken, {})


def test_a_text_has_limits() -> None:
    assert read(Text(most=3), "four")[1] == {"x": ["The x may not be longer than 3 characters."]}
    assert read(Text(), ["a"])[1] == {"x": ["The x must be a string."]}
    assert read(Text(), {"a": 1})[1] == {"x": ["The x must be a string."]}
    assert read(Text(choices=("a", "b")), "c")[1] == {"x": ["The selected x is invalid."]}
    assert read(Text(choices=("a", "b")), "") == ("", {})
    assert read(Text(required=True), "  ")[1] == {"x": ["The x field is required."]}


def test_the_longest_text_is_the_columns() -> None:
    bound = Text().bound("name", Client)
    assert bound.most == 190
    assert Text().bound("public_notes", Client).most is None


@pytest.mark.parametrize("sent", ["a@b.co", "ann.o'brien@example.com", "", " ", None])
def test_an_email_may_be_empty(sent: Any) -> None:
    assert read(Email(), sent) == ((sent or "").strip(), {})


@pytest.mark.parametrize("sent", ["not-an-email", "bad@@x", "a@b"])
def test_a_wrong_email_names_its_place(sent: str) -> None:
    assert read(Email(), sent, "contacts.0.email")[1] == {
        "contacts.0.email": ["The contacts.0.email must be a valid email address."]
    }


@pytest.mark.parametrize(("sent", "taken"), [("840", "840"), (840, "840"), ("", ""), (None, ""), (" ", "")])
def test_a_code_is_a_string_of_digits(sent: Any, taken: str) -> None:
    assert read(Code(known=lambda code: code == "840"), sent) == (taken, {})


@pytest.mark.parametrize("sent", ["99999", "abc", [], "1.5", "123456789", "١"])
def test_an_unknown_code_is_a_fault(sent: Any) -> None:
    field = Code(known=lambda code: code == "840")
    assert read(field, sent, "country_id")[1] == {"country_id": ["The selected country id is invalid."]}


def test_a_code_of_an_integer_column_is_an_integer() -> None:
    field = column(Code(), models.SmallIntegerField())
    assert read(field, "4") == (4, {})
    assert read(field, "") == (None, {})


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (True, True),
        (False, False),
        (1, True),
        (0, False),
        ("1", True),
        ("false", False),
        ("TRUE", True),
        ("", False),
    ],
)
def test_a_flag_has_many_spellings(sent: Any, taken: bool) -> None:
    assert read(Flag(), sent) == (taken, {})


@pytest.mark.parametrize("sent", ["maybe", 2, [], "yes"])
def test_a_flag_is_not_a_guess(sent: Any) -> None:
    assert read(Flag(), sent, "is_amount_discount")[1] == {
        "is_amount_discount": ["The is amount discount field must be true or false."]
    }


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24 13:45:00", date(2026, 11, 24)),
        ("2026-11-24T13:45:00Z", date(2026, 11, 24)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_a_date(sent: Any, taken: Any) -> None:
    assert read(Day(), sent) == (taken, {})


@pytest.mark.parametrize(
    "sent", ["not a date", "24/11/2026", "2026-13-01", "2026-02-30", 20261124, [], "2026"]
)
def test_a_wrong_day_is_a_fault(sent: Any) -> None:
    assert read(Day(), sent, "date")[1] == {"date": ["The date is not a valid date."]}


def test_moments_are_read_in_utc() -> None:
    assert read(DayTime(), "2026-11-24 13:45:10")[0] == datetime(2026, 11, 24, 13, 45, 10, tzinfo=UTC)
    assert read(DayTime(), "")[0] is None
    assert read(DayTime(), "soon")[1] == {"x": ["The x is not a valid date."]}
    assert read(Moment(writable=True), 1764000000)[0] == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
    assert read(Moment(writable=True), "1764000000")[0] == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
    assert read(Moment(writable=True), 0) == (None, {})
    assert read(Moment(writable=True), "10" * 30)[0] is ABSENT


def test_moments_are_output_only_unless_said() -> None:
    assert not Moment().writable
    assert not Deleted().writable
    assert not Constant("invoice").writable
    assert not Derived().writable


def test_an_object_is_an_object() -> None:
    field = column(Json(), models.JSONField())
    assert read(field, {"a": Decimal("1.50"), "b": [Decimal(2)]}) == ({"a": 1.5, "b": [2]}, {})
    assert read(field, []) == ({}, {})
    assert read(field, None) == ({}, {})
    assert read(field, "x")[1] == {"x": ["The x must be an object."]}


def test_a_list_may_come_from_a_form() -> None:
    field = column(Json(shape=list), models.TextField())
    assert read(field, [{"cost": Decimal("0.10")}]) == ('[{"cost":0.10}]', {})
    assert read(field, {"0": {"a": "1"}, "1": {"a": "2"}}) == ('[{"a":"1"},{"a":"2"}]', {})
    assert read(field, "") == ("[]", {})
    assert read(field, "x", "line_items")[1] == {"line_items": ["The line items must be an array."]}


def test_what_converts_may_refuse_below_the_key() -> None:
    def lines(parts: list[Any]) -> Any:
        if parts[0]["cost"] == "abc":
            raise Refused.many({"0.cost": ["No number."], "": ["No lines."]})
        return tuple(parts)

    field = column(Json(shape=list, convert=lines), models.TextField())
    assert read(field, [{"cost": Decimal("1.10")}])[0] == ({"cost": Decimal("1.10")},)
    taken, faults = read(field, [{"cost": "abc"}], "line_items")
    assert taken is ABSENT
    assert faults == {"line_items.0.cost": ["No number."], "line_items": ["No lines."]}


def test_settings_are_checked_by_who_knows_them() -> None:
    def check(settings: Any) -> Any:
        if "odd" in settings:
            raise Refused("odd", "Unknown.")
        return {**settings, "checked": True}

    field = Settings(check=check)
    assert read(field, {"currency_id": "3"}, "settings")[0] == {"currency_id": "3", "checked": True}
    assert read(field, {"odd": 1}, "settings")[1] == {"settings.odd": ["Unknown."]}


@pytest.mark.parametrize("sent", ["", "**********", " ", "***"])
def test_a_mask_sent_back_leaves_the_secret_alone(sent: str) -> None:
    assert read(Masked(), sent) == (ABSENT, {})


def test_a_new_secret_is_taken() -> None:
    assert read(Masked(), "Secret-123") == ("Secret-123", {})
    assert read(Secret(), "Secret-123") == ("Secret-123", {})


def test_an_id_is_read_and_looked_up() -> None:
    found = {5: Contact(pk=5, company_id=1)}
    field = Key(to=lambda pk, who: found.get(pk))
    assert read(field, encode(5))[0].pk == 5
    assert read(field, encode(6)) == (None, {})
    for nothing in ("", None, "AAAAAAAAAA", 5, "5", [], "VolejRejNm" * 3):
        assert read(field, nothing) == (None, {})
    assert read(Key(), encode(5)) == (5, {})


def test_a_required_id_must_name_something() -> None:
    field = Key(to=lambda pk, who: None, required=True)
    assert read(field, "", "client_id")[1] == {"client_id": ["The client id field is required."]}
    for nothing in ("AAAAAAAAAA", encode(6), 7):
        assert read(field, nothing, "client_id")[1] == {"client_id": ["The selected client id is invalid."]}


def test_a_fixed_id_may_only_be_repeated() -> None:
    field = Key(to=lambda pk, who: Client(pk=pk, company_id=1), fixed=True).bound("client_id", Contact)
    contact = Contact(client_id=5, company_id=1)

    def again(value: Any) -> tuple[Any, dict[str, Any]]:
        reading = Reading(SimpleNamespace(), contact)  # type: ignore[arg-type]
        return field.take(value, "client_id", reading), reading.faults

    assert again(encode(5)) == (ABSENT, {})
    assert again(encode(6)) == (ABSENT, {"client_id": ["The selected client id is invalid."]})
    assert again("") == (ABSENT, {"client_id": ["The selected client id is invalid."]})


def test_a_source_that_the_model_lacks_is_an_error_of_the_declaration() -> None:
    from django.core.exceptions import FieldDoesNotExist

    with pytest.raises(FieldDoesNotExist):
        Text("no_such_column").bound("name", Client)
