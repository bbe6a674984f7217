from datetime import date

import pytest

from comptoir.kernel.terms import PaymentTerm, due_date, recurring_due_date


def test_thirty_days_are_thirty_days() -> None:
    assert due_date(date(2026, 1, 31), PaymentTerm(30)) == date(2026, 3, 2)


def test_no_term_gives_no_due_date() -> None:
    assert due_date(date(2026, 1, 31), None) is None


def test_on_receipt_is_the_same_day() -> None:
    assert due_date(date(2026, 1, 31), PaymentTerm(0)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("on", "days", "due"),
    [
        (date(2026, 1, 15), 30, date(2026, 2, 28)),
        (date(2026, 1, 31), 30, date(2026, 3, 31)),
        (date(2026, 3, 10), 45, date(2026, 4, 30)),
        (date(2028, 1, 20), 30, date(2028, 2, 29)),
    ],
)
def test_end_of_month_comes_after_the_days(on: date, days: int, due: date) -> None:
    assert PaymentTerm(days, end_of_month=True).due_on(on) == due


@pytest.mark.parametrize("text", ["0", "30", "45 EOM"])
def test_a_term_is_read_as_it_is_written(text: str) -> None:
    assert str(PaymentTerm.parse(text)) == text


def test_an_empty_term_is_none() -> None:
    assert PaymentTerm.parse(" ") is None


@pytest.mark.parametrize("text", ["x", "-1", "30 days", "99999", "1.5"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="term"):
        PaymentTerm.parse(text)


@pytest.mark.parametrize(
    ("on", "choice", "due"),
    [
        (date(2031, 1, 31), "terms", date(2031, 2, 14)),
        (date(2031, 2, 28), "", date(2031, 3, 14)),
        (date(2031, 2, 28), "0", date(2031, 3, 14)),
        (date(2031, 2, 28), "on_receipt", date(2031, 2, 28)),
        (date(2031, 5, 31), "1", date(2031, 6, 1)),
        (date(2031, 11, 30), "1", date(2031, 12, 1)),
        (date(2031, 12, 31), "1", date(2032, 1, 1)),
        (date(2031, 5, 10), "15", date(2031, 5, 15)),
        (date(2031, 5, 15), "15", date(2031, 6, 15)),
        (date(2031, 1, 31), "31", date(2031, 2, 28)),
        (date(2031, 2, 1), "31", date(2031, 2, 28)),
        (date(2031, 1, 31), "30", date(2031, 2, 28)),
    ],
)
def test_a_schedule_chooses_when_its_documents_are_due(on: date, choice: str, due: date) -> None:
    assert recurring_due_date(on, choice, PaymentTerm(14)) == due


@pytest.mark.parametrize("choice", ["32", "-1", "first"])
def test_a_day_that_no_month_has_is_refused(choice: str) -> None:
    with pytest.raises(ValueError, match=r"day|int"):
        recurring_due_date(date(2031, 1, 1), choice, None)
