"""The figures of a statement, out of the books: six queries, however much there is.

Everything is as it stood at the end of the last day: a payment that came later has paid nothing yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comptoir.clients.models import Client
from comptoir.payments.models import Allocation, Payment, Refund
from comptoir.payments.models import Status as PaymentStatus
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus

from .figures import ZERO, CreditRow, InvoiceRow, PaymentRow, Statement, Wish, aged

CALLED_OFF = (InvoiceStatus.CANCELLED, InvoiceStatus.REVERSED)
NO_MONEY = (PaymentStatus.PENDING, PaymentStatus.CANCELLED, PaymentStatus.FAILED)


@dataclass(frozen=True)
class Movement:
    """Money onto an invoice (negative: back from it), with the payment it belongs to."""

    invoice: int
    payment: Payment
    on: date
    amount: Decimal


def statement_of(client: Client, wish: Wish, *, on: date) -> Statement:
    """The account of a client. ``on`` is today: nothing is late by a day that has not come."""
    payments = _payments(client, wish.end)
    movements = sorted(_movements(client, payments, wish.end), key=lambda one: (one.on, one.payment.pk))
    settled: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for one in movements:
        settled[one.invoice] += one.amount
    invoices = {row.key: row for row in _invoices(client, wish.end, settled)}
    counted = [one for one in movements if one.invoice in invoices]
    within = [one for one in counted if one.on >= wish.start]
    before = sum((row.amount for row in invoices.values() if row.on < wish.start), ZERO)
    recent = [row for row in invoices.values() if row.on >= wish.start]
    notes = list(_credits(client, payments, wish.end))
    loose = [_loose(one) for one in payments.values() if one.unapplied and one.status_id not in NO_MONEY]
    as_of = min(wish.end, on)
    return Statement(
        wish=wish,
        as_of=as_of,
        invoices=[row for row in recent if row.fits(wish.status)],
        payments=[_payment(one, invoices) for one in within],
        loose=loose,
        credits=[row for row in notes if row.on >= wish.start],
        aging=aged(list(invoices.values()), as_of),
        opening=before - sum((one.amount for one in counted if one.on < wish.start), ZERO),
        invoiced=sum((row.amount for row in recent), ZERO),
        paid=sum((one.amount for one in within), ZERO),
        unapplied=sum((row.amount for row in loose), ZERO),
        credit=sum((row.balance for row in notes), ZERO),
    )


def _payments(client: Client, end: date) -> dict[int, Payment]:
    rows = Payment.objects.filter(client=client, deleted_at=None, date__lte=end).order_by("date", "pk")
    return {one.pk: one for one in rows}


def _movements(client: Client, payments: Mapping[int, Payment], end: date) -> Iterator[Movement]:
    """What came onto invoices, and what was given back of it, each on its day."""
    parts = Allocation.objects.live().filter(payment__client=client)
    live: dict[tuple[int, int], Decimal] = {}
    for part in parts.exclude(invoice=None).order_by("pk"):
        payment = payments.get(part.payment_id)
        if payment:
            place = (part.payment_id, part.invoice_id)
            live[place] = live.get(place, ZERO) + part.refunded
            yield Movement(part.invoice_id, payment, payment.date, part.amount)
    refunds = list(Refund.objects.filter(payment__client=client).order_by("date", "pk"))
    for undone in (one for one in refunds if one.undoes_id):
        for invoice, said in undone.parts:  # what came back from the bank had been given back before
            if (undone.payment_id, invoice) in live:
                live[undone.payment_id, invoice] -= Decimal(said)
    for refund in (one for one in refunds if one.date <= end):
        for invoice, said in refund.parts:
            place = (refund.payment_id, invoice)
            back = min(Decimal(said), live[place]) if place in live else ZERO  # or it left with its invoice
            if back:
                live[place] -= back
                yield Movement(invoice, payments[refund.payment_id], refund.date, -back)


def _invoices(client: Client, end: date, settled: Mapping[int, Decimal]) -> Iterator[InvoiceRow]:
    rows = Invoice.objects.filter(client=client, deleted_at=None, date__lte=end)
    rows = rows.exclude(status_id=InvoiceStatus.DRAFT)
    columns = ("pk", "number", "date", "due_date", "amount", "currency_id", "status_id")
    for key, number, on, due, amount, currency_id, status in rows.order_by("date", "pk").values_list(
        *columns
    ):
        paid = settled.get(key, ZERO)
        cancelled = status in CALLED_OFF
        if cancelled and not paid:
            continue
        counts = paid if cancelled else amount
        yield InvoiceRow(key, number, on, due, counts, counts - paid, currency_id, cancelled)


def _credits(client: Client, payments: Mapping[int, Payment], end: date) -> Iterator[CreditRow]:
    used: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    uses = Allocation.objects.live().filter(payment__client=client).exclude(credit=None)
    for key, payment, amount, refunded in uses.values_list("credit_id", "payment_id", "amount", "refunded"):
        if payment in payments:
            used[key] += amount - refunded
    rows = Credit.objects.filter(client=client, deleted_at=None, date__lte=end)
    rows = rows.exclude(status_id=CreditStatus.DRAFT).order_by("date", "pk")
    for row in rows.only("number", "date", "amount", "currency_id"):
        yield CreditRow(row.number, row.date, row.amount, row.amount - used[row.pk], row.currency_id)


def _payment(one: Movement, invoices: Mapping[int, InvoiceRow]) -> PaymentRow:
    paid = one.payment
    return PaymentRow(
        paid.number,
        one.on,
        paid.type_id,
        invoices[one.invoice].number,
        one.amount,
        paid.transaction_reference,
    )


def _loose(paid: Payment) -> PaymentRow:
    return PaymentRow(paid.number, paid.date, paid.type_id, "", paid.unapplied, paid.transaction_reference)
