"""What a statement says, to the cent (contract rules 23)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.clients.models import Client
from comptoir.insight.statements import Wish
from comptoir.kernel.refused import Refused
from comptoir.payments.operations import delete_payment, refund_payment
from comptoir.sales.invoices.operations import cancel_invoice, delete_invoice

from .conftest import TODAY, Books

MAY, MAY_END = date(2026, 5, 1), date(2026, 5, 31)
D = Decimal


def test_both_days_of_the_range_count_and_their_neighbours_do_not(books: Books) -> None:
    for day in (MAY - timedelta(days=1), MAY, MAY_END, MAY_END + timedelta(days=1)):
        books.invoice("10", day)
    found = books.statement(MAY, MAY_END)
    assert [row.on for row in found.invoices] == [MAY, MAY_END]
    assert (found.opening, found.invoiced, found.paid, found.closing) == (10, 20, 0, 30)


def test_the_opening_balance_is_what_was_owed_the_evening_before(books: Books) -> None:
    old = books.invoice("100.50", date(2026, 3, 2))
    books.settle(old, "30.20", date(2026, 4, 30))
    books.settle(old, "20", date(2026, 5, 1))
    found = books.statement(MAY, MAY_END, opening=True)
    assert found.opening == D("70.30")
    assert found.invoices == []
    assert found.paid == 20
    assert (found.closing, found.due) == (D("50.30"), D("50.30"))


def test_without_the_opening_only_what_is_listed_is_due(books: Books) -> None:
    books.invoice("100", date(2026, 3, 2))
    books.invoice("40", date(2026, 5, 2))
    assert books.statement(MAY, MAY_END).due == 40
    assert books.statement(MAY, MAY_END, opening=True).due == 140


def test_a_later_payment_has_paid_nothing_yet(books: Books) -> None:
    invoice = books.invoice("100", date(2026, 5, 2))
    books.settle(invoice, "100", date(2026, 6, 1))
    found = books.statement(MAY, MAY_END)
    assert found.invoices[0].balance == 100
    assert found.payments == []
    assert books.statement(MAY, TODAY).invoices[0].balance == 0


@pytest.mark.parametrize(
    ("late", "place"),
    [(-1, 0), (0, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (120, 4), (121, 5), (900, 5)],
)
def test_the_aging_has_its_edges_at_30_60_90_and_120_days(books: Books, late: int, place: int) -> None:
    books.invoice("12.34", TODAY - timedelta(days=1000), TODAY - timedelta(days=late))
    found = books.statement(date(2020, 1, 1), TODAY)
    assert list(found.aging) == [D("12.34") if at == place else 0 for at in range(6)]


def test_an_invoice_without_a_due_date_ages_from_its_own(books: Books) -> None:
    books.invoice("5", TODAY - timedelta(days=45))
    assert list(books.statement(MAY, TODAY).aging) == [0, 0, 5, 0, 0, 0]


def test_nothing_is_late_by_a_day_that_has_not_come(books: Books) -> None:
    books.invoice("5", date(2026, 6, 1), date(2026, 7, 10))
    found = books.statement(date(2026, 1, 1), date(2026, 12, 31))
    assert found.as_of == TODAY
    assert list(found.aging) == [5, 0, 0, 0, 0, 0]


def test_drafts_and_deleted_invoices_are_left_out(books: Books) -> None:
    books.draft("10", MAY)
    gone = books.invoice("20", MAY)
    books.settle(gone, "20", MAY)
    delete_invoice(gone, by=books.ada, on=MAY)
    found = books.statement(MAY, MAY_END)
    assert (found.invoices, found.payments, found.closing, found.paid) == ([], [], 0, 0)


def test_a_cancelled_invoice_counts_only_what_was_paid_on_it(books: Books) -> None:
    cancel_invoice(books.invoice("10", MAY), by=books.ada, on=MAY)
    half = books.invoice("30", MAY)
    books.settle(half, "12", MAY)
    cancel_invoice(half, by=books.ada, on=MAY_END)
    found = books.statement(MAY, MAY_END)
    assert [(row.amount, row.balance, row.cancelled) for row in found.invoices] == [(12, 0, True)]
    assert (found.invoiced, found.paid, found.closing) == (12, 12, 0)


def test_a_refund_is_money_back_on_its_own_day(books: Books) -> None:
    invoice = books.invoice("100", date(2026, 4, 1))
    payment = books.settle(invoice, "100", date(2026, 4, 2))
    part = {"invoice": invoice, "amount": D("25")}
    refund_payment(payment, D("25"), [part], by=books.ada, on=date(2026, 5, 5))
    found = books.statement(MAY, MAY_END, opening=True)
    assert found.opening == 0
    assert [(row.on, row.amount) for row in found.payments] == [(date(2026, 5, 5), D("-25"))]
    assert (found.paid, found.closing) == (D("-25"), D("25"))


def test_a_deleted_payment_never_came(books: Books) -> None:
    invoice = books.invoice("100", MAY)
    delete_payment(books.settle(invoice, "60", MAY), by=books.ada, on=MAY)
    found = books.statement(MAY, MAY_END)
    assert (found.payments, found.closing) == ([], 100)


def test_unapplied_money_and_open_credits_lie_beside_the_balance(books: Books) -> None:
    invoice = books.invoice("50", MAY)
    books.pay("80", MAY, invoices=[{"invoice": invoice, "amount": D("50")}])
    books.credit("15", MAY)
    found = books.statement(MAY, MAY_END)
    assert [(row.amount, row.balance) for row in found.credits] == [(15, 15)]
    assert [(row.invoice, row.amount) for row in found.loose] == [("", 30)]
    assert (found.closing, found.unapplied, found.credit) == (0, 30, 15)


def test_a_used_credit_has_its_rest_and_settles_the_invoice(books: Books) -> None:
    invoice, credit = books.invoice("50", MAY), books.credit("40", MAY)
    books.pay(
        "0", MAY, invoices=[{"invoice": invoice, "amount": D("30")}],
        credits=[{"credit": credit, "amount": D("30")}],
    )  # fmt: skip
    found = books.statement(MAY, MAY_END)
    assert [row.balance for row in found.credits] == [10]
    assert (found.paid, found.closing) == (30, 20)


def test_the_status_chooses_what_is_listed(books: Books) -> None:
    paid, half = books.invoice("10", MAY), books.invoice("20", MAY)
    books.settle(paid, "10", MAY)
    books.settle(half, "5", MAY)
    listed = {name: books.statement(MAY, MAY_END, status=name).invoices for name in ("all", "paid", "unpaid")}
    assert {name: [row.number for row in rows] for name, rows in listed.items()} == {
        "all": [paid.number, half.number],
        "paid": [paid.number],
        "unpaid": [half.number],
    }
    assert books.statement(MAY, MAY_END, status="unpaid", opening=True).due == 15


def test_it_closes_with_what_the_ledger_says(books: Books) -> None:
    first, second = books.invoice("99.99", date(2026, 1, 5)), books.invoice("10.01", date(2026, 5, 5))
    refund_payment(
        books.settle(first, "50", date(2026, 2, 1)), D("20"), [{"invoice": first, "amount": D("20")}],
        by=books.ada, on=date(2026, 3, 1),
    )  # fmt: skip
    cancel_invoice(second, by=books.ada, on=TODAY)
    found = books.statement(MAY, TODAY)
    assert found.closing == Client.objects.get(pk=books.client.pk).balance == D("69.99")
    assert sum(found.aging) == found.closing


def test_another_clients_papers_stay_theirs(books: Books) -> None:
    books.invoice("10", MAY)
    other = Client.objects.create(name="Verger", display_name="Verger")
    mine = Books(other, books.ada)
    assert mine.statement(MAY, MAY_END).closing == 0


@pytest.mark.parametrize("rows", [3, 300])
def test_however_much_there_is_six_queries_find_it(books: Books, rows: int) -> None:
    first = books.invoice("10", MAY)
    books.settle(first, "4", MAY)
    copies = []
    for place in range(rows - 1):
        first.pk, first.number = None, f"X-{place}"
        copies.append(
            type(first)(**{f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields})
        )
    type(first).objects.bulk_create(copies)
    client = Client.objects.get(pk=books.client.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = books.statement(MAY, MAY_END)
    assert len(found.invoices) == rows
    assert len(asked) == 7  # six, and the client itself
    assert client.pk


@pytest.mark.parametrize(
    ("wrong", "field"), [({"end": date(2026, 4, 30)}, "end_date"), ({"status": "late"}, "status")]
)
def test_what_cannot_be_asked_is_refused_at_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        Wish(**({"start": MAY, "end": MAY_END} | wrong))  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
