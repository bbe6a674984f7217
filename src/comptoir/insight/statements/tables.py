"""The tables of a statement: the columns that the company chose, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from comptoir.delivery.placeholders.reader import Reader
from comptoir.designs.layout import Layout
from comptoir.designs.page import Align, Cell, Column, Table
from comptoir.kernel import formats
from comptoir.reference import currency, payment_type
from comptoir.reference.names import name_in

from .figures import CreditRow, InvoiceRow, PaymentRow, Statement
from .words import Words

Making = Mapping[str, tuple[str, Align, Callable[[Any], str]]]
"""By placeholder: the word that heads the column, its side, and what writes a cell."""

SIDES: Final[tuple[str, ...]] = ("0–30", "31–60", "61–90", "91–120", "120+")


class Sheet:
    """Writes one statement's tables for its reader."""

    def __init__(self, statement: Statement, reader: Reader, layout: Layout, words: Words) -> None:
        self.statement = statement
        self.reader = reader
        self.layout = layout
        self.words = words

    def tables(self) -> Iterator[Table]:
        """Invoices always, the others where they were asked for and have something to say."""
        statement, wish = self.statement, self.statement.wish
        yield self.chosen("statement_invoice_columns", self.invoice_columns(), statement.invoices)
        paid = [*statement.payments, *statement.loose]
        if wish.payments and paid:
            yield self.chosen("statement_payment_columns", self.payment_columns(), paid)
        if wish.credits and statement.credits:
            yield self.chosen("statement_credit_columns", self.credit_columns(), statement.credits)
        if wish.aging:
            yield self.aging()

    def chosen(self, part: str, known: Making, rows: Sequence[Any]) -> Table:
        names = [name for name in self.layout.names(part) if name in known] or list(known)
        made = [known[name] for name in names]
        keys = ["item", *(name.replace(".", "_") for name in names[1:])]
        columns = [Column(key, word, side) for key, (word, side, _) in zip(keys, made, strict=True)]
        body = [
            [Cell(write(row), side, key) for key, (_, side, write) in zip(keys, made, strict=True)]
            for row in rows
        ]
        if not body:
            blank = [Cell("", side, key) for key, (_, side, _) in zip(keys[1:], made[1:], strict=True)]
            body = [[Cell(self.words["statement_no_invoice"], "start", keys[0]), *blank]]
        return Table(columns, body)

    def invoice_columns(self) -> Making:
        say = self.words
        return {
            "invoice.number": (say["statement_invoice"], "start", self.invoice_number),
            "invoice.date": (say["statement_date_of"], "start", lambda row: self.reader.day(row.on)),
            "due_date": (say["statement_due"], "start", lambda row: self.reader.day(row.due)),
            "total": (say["statement_total"], "end", lambda row: self.money(row.amount, row.currency_id)),
            "balance": (say["statement_open"], "end", lambda row: self.money(row.balance, row.currency_id)),
        }

    def payment_columns(self) -> Making:
        say, money, day = self.words, self.reader.money, self.reader.day
        return {
            "invoice.number": (say["statement_for"], "start", self.claimed_by),
            "payment.number": (say["statement_payment"], "start", lambda row: row.number),
            "payment.date": (say["statement_date_of"], "start", lambda row: day(row.on)),
            "method": (say["statement_method"], "start", self.method),
            "transaction_reference": (say["statement_reference"], "start", lambda row: row.reference),
            "statement_amount": (say["statement_amount"], "end", lambda row: money(row.amount)),
        }

    def credit_columns(self) -> Making:
        say, day = self.words, self.reader.day
        write = self.money

        def amount(row: CreditRow) -> str:
            return write(row.amount, row.currency_id)

        def left(row: CreditRow) -> str:
            return write(row.balance, row.currency_id)

        return {
            "credit.number": (say["statement_credit"], "start", lambda row: row.number),
            "credit.date": (say["statement_date_of"], "start", lambda row: day(row.on)),
            "total": (say["statement_total"], "end", amount),
            "credit.balance": (say["statement_left"], "end", left),
        }

    def aging(self) -> Table:
        heads = [self.words["statement_current"], *SIDES]
        keys = [f"aging{place}" for place in range(len(heads))]
        columns = [Column("item", self.words["statement_late"], "start")]
        columns += [Column(key, head, "end") for key, head in zip(keys, heads, strict=True)]
        cells = [Cell(self.words["statement_owed"], "start", "item")]
        sums = zip(keys, self.statement.aging, strict=True)
        cells += [Cell(self.reader.money(owed), "end", key) for key, owed in sums]
        return Table(columns, [cells])

    def invoice_number(self, row: InvoiceRow) -> str:
        return f"{row.number} ({self.words['statement_cancelled']})" if row.cancelled else row.number

    def claimed_by(self, row: PaymentRow) -> str:
        if not row.invoice:
            return f"{self.words['statement_payment']} {row.number} ({self.words['statement_unclaimed']})"
        return f"{row.invoice} ({self.words['statement_refund']})" if row.amount < 0 else row.invoice

    def method(self, row: PaymentRow) -> str:
        kind = payment_type(row.type_id) if row.type_id else None
        return name_in(kind, self.reader.locale) if kind else ""

    def money(self, amount: Decimal, currency_id: str) -> str:
        """In the document's own currency, which an old one may not share with its client."""
        own = currency(currency_id)
        if own is None or own.code == self.reader.currency.code:
            return self.reader.money(amount)
        return formats.money(amount, own, self.reader.locale, show_code=True)


def period(reader: Reader, start: date, end: date) -> str:
    return f"{reader.day(start)} – {reader.day(end)}"
