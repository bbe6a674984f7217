from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from comptoir.numbering.patterns import Context, Frame, frame, level
from comptoir.numbering.php_dates import php_date

DAY = date(2026, 3, 2)


@dataclass
class Person:
    """Anything with a number: a client, a vendor, a user."""

    pk: int = 7
    number: str = "K1"
    id_number: str = "ID9"
    custom_value1: str = "red"
    custom_value2: str = ""
    custom_value3: str = ""
    custom_value4: str = "last"


def written(pattern: str, **context: Any) -> str:
    return frame(pattern, Context(on=DAY, **context)).number(42, 4)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("", "0042"),
        ("{$counter}", "0042"),
        ("F{$year}-{$counter}", "F2026-0042"),
        ("{$counter}/{$year}", "0042/2026"),
        ("{$date:Y-m-d}-{$counter}", "2026-03-02-0042"),
        ("{$date}-{$counter}", "2026-03-02-0042"),
        ("{$date:y\\Ym}{$counter}", "26Y030042"),
        ("{$user_id}-{$counter}", "07-0042"),
        ("{$userId}-{$counter}", "07-0042"),
        ("{$client_number}-{$counter}", "K1-0042"),
        ("{$clientNumber}-{$counter}", "K1-0042"),
        ("{$client_id_number}-{$counter}", "ID9-0042"),
        ("{$clientIdNumber}-{$counter}", "ID9-0042"),
        ("{$client_custom1}{$client_custom2}{$client_custom4}-{$counter}", "redlast-0042"),
        ("{$clientCustom1}-{$clientCustom2}-{$counter}", "red--0042"),
        ("{$user_custom1}-{$counter}", "red-0042"),
        ("{$vendor_number}-{$vendor_id_number}-{$vendor_custom4}-{$counter}", "K1-ID9-last-0042"),
        ("{$expense_id_number}-{$counter}", "ID9-0042"),
        ("{$client_counter}", "0042"),
        ("{$clientCounter}-x", "0042-x"),
        ("{$group_counter}", "0042"),
        ("{$counter}-{$counter}", "0042-0042"),
    ],
)
def test_every_placeholder_has_its_text(pattern: str, number: str) -> None:
    person = Person()
    assert written(pattern, client=person, user=person, vendor=person, expense=person) == number


def test_a_pattern_without_a_counter_gets_one_at_the_end() -> None:
    assert written("F{$year}-") == "F2026-0042"
    assert written("counter") == "counter0042"


def test_an_unknown_placeholder_stays_as_it_was_written() -> None:
    assert written("{$nothing}-{$client_shoe}-{$counter}") == "{$nothing}-{$client_shoe}-0042"


def test_what_is_not_there_leaves_no_trace() -> None:
    assert written("{$client_number}-{$vendor_custom1}-{$user_id}-{$counter}") == "--00-0042"


def test_the_id_number_falls_back_to_the_number() -> None:
    assert written("{$client_id_number}-", client=Person(id_number="")) == "K1-0042"


def test_braces_in_a_clients_own_text_are_only_text() -> None:
    assert written("{$client_custom1}-", client=Person(custom_value1="{$counter}")) == "{$counter}-0042"


def test_a_counter_wider_than_the_padding_is_written_in_full() -> None:
    assert Frame(("", "")).number(123456, 4) == "123456"
    assert Frame(("A", "B")).number(5, 0) == "A5B"


def test_the_prefix_of_recurring_invoices_comes_first() -> None:
    assert frame("{$year}-{$counter}", Context(on=DAY), "R").number(3, 4) == "R2026-0003"


def test_the_pattern_says_whose_counter_is_used() -> None:
    assert level("{$year}{$counter}") == "company"
    assert level("{$counter}{$client_counter}") == "client"
    assert level("{$groupCounter}") == "group"
    assert level("{$client_number}") == "company"


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("d j D l N w S z", "02 2 Mon Monday 1 1 nd 60"),
        ("W m n M F t L", "10 03 3 Mar March 31 0"),
        ("Y o y", "2026 2026 26"),
        ("a A g G h H i s", "am AM 12 0 12 00 00 00"),
        ("\\Y\\\\", "Y\\"),
        ("Q-é", "Q-é"),
        ("\\", ""),
    ],
)
def test_dates_are_written_by_phps_letters(letters: str, text: str) -> None:
    assert php_date(letters, DAY) == text


def test_dates_know_odd_days_and_hours() -> None:
    assert [php_date("jS", date(2024, 2, d)) for d in (1, 3, 11, 12, 13, 21, 22, 23, 29)] == [
        "1st", "3rd", "11th", "12th", "13th", "21st", "22nd", "23rd", "29th",
    ]  # fmt: skip
    assert php_date("L t z o-W", date(2024, 12, 31)) == "1 31 365 2025-01"
    assert php_date("A g:i G h", datetime(2026, 3, 2, 13, 5)) == "PM 1:05 13 01"  # noqa: DTZ001
