"""The books as a few sums: what a person would keep on paper, to hold the real ones against.

Nothing here is a running balance. What is owed, paid, open or left is added up from the documents and
the parts of payments each time it is asked for. A verb raises ``No`` where the rules refuse it, and has
then changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

ZERO = Decimal(0)


class No(Exception):
    """The rules do not allow it."""


@dataclass(eq=False)
class Client:
    """``gone``: merged into another, or erased."""

    gone: bool = False


@dataclass(eq=False)
class Document:
    """An invoice, or a credit. ``parts`` are all that was ever paid on it, or used of it.

    ``note`` is the credit that reversed an invoice, ``corrects`` the invoice that a credit reversed;
    ``split`` says that it was once to be paid in instalments.
    """

    kind: Literal["invoice", "credit"]
    client: Client
    amount: Decimal
    issued: bool = False
    cancelled: bool = False
    archived: bool = False
    deleted: bool = False
    split: bool = False
    note: Document | None = None
    corrects: Document | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def paid(self) -> Decimal:
        """An invoice that was deleted keeps the figure it had."""
        there = ("", "invoice") if self.deleted else ("",)
        return add(part.net for part in self.parts if part.gone in there)

    @property
    def balance(self) -> Decimal:
        return ZERO if self.cancelled or self.note or not self.issued else self.amount - self.paid

    @property
    def owed(self) -> Decimal:
        return self.balance if self.issued else self.amount

    @property
    def status(self) -> str:
        if self.note:
            return "reversed"
        if self.cancelled or not self.issued:
            return "cancelled" if self.cancelled else "draft"
        if self.balance == 0 or self.balance < 0 < self.paid:
            return "paid"
        partly = 0 < self.balance < self.amount or self.amount < self.balance < 0
        return "partial" if partly else "sent"

    @property
    def payable(self) -> bool:
        return not self.deleted and self.status in ("draft", "sent", "partial")


@dataclass(eq=False)
class Quote:
    """``invoice`` is what it became."""

    client: Client
    amount: Decimal
    issued: bool = False
    deleted: bool = False
    invoice: Document | None = None


@dataclass(eq=False)
class Schedule:
    """A recurring invoice without end."""

    client: Client
    amount: Decimal


@dataclass(eq=False)
class Part:
    """What a payment settles of an invoice, or uses of a credit.

    ``gone`` says with what it went: "invoice" or "payment". ``refills`` are the uses of credits that
    were undone when its invoice was deleted, with how much of each.
    """

    payment: Payment
    document: Document
    amount: Decimal
    refunded: Decimal = ZERO
    gone: Literal["", "invoice", "payment"] = ""
    refills: list[tuple[Part, Decimal]] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return self.amount - self.refunded


@dataclass(eq=False)
class Payment:
    """``voided``: a person deleted it; else it went with the last invoice that it settled."""

    client: Client
    amount: Decimal
    refunded: Decimal = ZERO
    deleted: bool = False
    voided: bool = False
    parts: list[Part] = field(default_factory=list)

    def live(self, kind: str) -> list[Part]:
        return [part for part in self.parts if not part.gone and part.document.kind == kind]

    @property
    def used(self) -> Decimal:
        """Of credits."""
        return add(part.net for part in self.live("credit"))

    @property
    def left(self) -> Decimal:
        """What no invoice claims."""
        if self.deleted:
            return ZERO
        return self.amount + self.used - self.refunded - add(part.net for part in self.live("invoice"))


Shares = Sequence[tuple[Document, Decimal]]


def add(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, ZERO)


def refuse(*reasons: object) -> None:
    if any(reasons):
        raise No


def shared_out(amount: Decimal, parts: Iterable[Part]) -> list[tuple[Part, Decimal]]:
    """Give ``amount`` back to parts, the oldest first."""
    given = []
    for part in parts:
        piece = min(amount, part.net)
        amount -= piece
        given.append((part, piece))
    return [(part, piece) for part, piece in given if piece]


class Books:
    def __init__(self) -> None:
        self.clients = [Client(), Client()]
        self.documents: list[Document] = []
        self.quotes: list[Quote] = []
        self.schedules: list[Schedule] = []
        self.payments: list[Payment] = []

    def figures(self, client: Client) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Balance, paid to date, open credit, unapplied money."""
        own = [one for one in self.documents if one.client is client and not one.deleted]
        payments = [one for one in self.payments if one.client is client and not one.deleted]
        return (
            add(one.balance for one in own if one.kind == "invoice"),
            add(one.amount - one.refunded + one.used for one in payments)
            - add(one.paid for one in own if one.note),
            add(one.balance for one in own if one.kind == "credit"),
            add(one.left for one in payments),
        )

    def draft(self, kind: Literal["invoice", "credit"], client: Client, amount: Decimal) -> Document:
        self.documents.append(Document(kind, client, amount))
        return self.documents[-1]

    def edit(self, document: Document, amount: Decimal) -> None:
        below_used = document.kind == "credit" and document.issued and amount < document.paid
        half_of_a_reversal = document.note or document.corrects
        refuse(document.deleted, below_used, half_of_a_reversal and amount != document.amount)
        document.amount = amount

    def send(self, document: Document) -> None:
        refuse(document.deleted, document.issued)
        document.issued = True

    def cancel(self, invoice: Document) -> None:
        refuse(invoice.deleted, invoice.archived, invoice.status not in ("sent", "partial"))
        invoice.cancelled = True

    def reverse(self, invoice: Document) -> Document:
        """A credit note of all of it settles what is owed; the rest of the note is the client's."""
        refuse(invoice.deleted, invoice.status not in ("sent", "partial", "paid"))
        refuse(invoice.amount <= 0, invoice.balance < 0, invoice.paid < 0)
        note = Document("credit", invoice.client, invoice.amount, issued=True, corrects=invoice)
        self.documents.append(note)
        if rest := invoice.balance:
            self._receive(invoice.client, ZERO, [(invoice, rest)], [(note, rest)])
        invoice.note = note
        return note

    def divide(self, invoice: Document, first: Decimal, last: Decimal) -> None:
        """Into two instalments: no money moves."""
        refuse(invoice.deleted, invoice.amount <= 0, invoice.status not in ("draft", "sent", "partial"))
        refuse(first <= 0, last <= 0)
        invoice.split = True

    def archive(self, document: Document) -> None:
        refuse(document.archived, document.deleted)
        document.archived = True

    def delete(self, document: Document) -> None:
        refuse(document.deleted, document.note, document.corrects)
        parts = [part for part in document.parts if not part.gone] if document.kind == "invoice" else []
        document.deleted = True
        for quote in self.quotes:
            quote.invoice = None if quote.invoice is document else quote.invoice
        for part in parts:
            self._shrink(part)

    def _shrink(self, part: Part) -> None:
        """The part leaves its payment, by money and by credits that are free again."""
        payment, part.gone = part.payment, "invoice"
        part.refills = shared_out(min(part.net, payment.used), payment.live("credit"))
        for use, piece in part.refills:
            use.refunded += piece
        payment.amount -= part.net - add(piece for _, piece in part.refills)
        payment.deleted = payment.amount == 0 and not any(not one.gone and one.net for one in payment.parts)

    def restore(self, document: Document) -> None:
        """Archived or deleted, it is there again."""
        refuse(not document.deleted and not document.archived)
        parts = [part for part in document.parts if part.gone == "invoice"]
        if document.kind == "credit":
            parts = []
        for use, piece in (refill for part in parts if not part.payment.voided for refill in part.refills):
            refuse(use.document.deleted, use.document.balance < piece)
        document.archived = document.deleted = False
        for part in parts:
            self._regrow(part)

    def _regrow(self, part: Part) -> None:
        """Back into its payment. With one that a person deleted meanwhile, it waits for that one."""
        payment = part.payment
        payment.amount += part.net - add(piece for _, piece in part.refills)
        for use, piece in part.refills:
            use.refunded -= piece
        part.gone, part.refills = "payment" if payment.voided else "", []
        payment.deleted = payment.voided

    def pay(self, client: Client, amount: Decimal, shares: Shares, uses: Shares = ()) -> Payment:
        claimed = add(part for _, part in shares) - add(part for _, part in uses)
        amount = amount or claimed
        for invoice, part in shares:
            refuse(invoice.client is not client, not invoice.payable, not fits(part, invoice.owed))
        for credit, part in uses:
            refuse(credit.client is not client, credit.deleted, not fits(part, credit.owed))
        refuse(uses and claimed < 0, amount < 0, amount < claimed)
        return self._receive(client, amount, shares, uses)

    def mark_paid(self, invoice: Document) -> Payment:
        refuse(not invoice.payable, invoice.owed == 0)
        return self._receive(invoice.client, invoice.owed, [(invoice, invoice.owed)])

    def pay_some(self, invoice: Document, amount: Decimal) -> Payment:
        """What is more than the balance stays unapplied."""
        refuse(not invoice.payable, invoice.owed == 0)
        part = min(amount, max(invoice.owed, ZERO))
        return self._receive(invoice.client, amount, [(invoice, part)] if part else [])

    def _receive(self, client: Client, amount: Decimal, shares: Shares, uses: Shares = ()) -> Payment:
        payment = Payment(client, amount)
        self.payments.append(payment)
        for document, part in (*shares, *uses):
            self._put(payment, document, part)
        return payment

    def _put(self, payment: Payment, document: Document, amount: Decimal) -> None:
        document.issued = True
        part = Part(payment, document, amount)
        document.parts.append(part)
        payment.parts.append(part)

    def apply(self, payment: Payment, invoice: Document, part: Decimal) -> None:
        refuse(payment.deleted, invoice.client is not payment.client, not invoice.payable)
        refuse(not fits(part, invoice.owed), part > payment.left)
        self._put(payment, invoice, part)

    def refund(self, payment: Payment, invoice: Document | None, amount: Decimal) -> None:
        """Of an invoice, the credits that were used first; or of what is unapplied."""
        settled = payment.live("invoice")
        if invoice is None:
            refuse(payment.deleted, any(part.net for part in settled), not 0 < amount <= payment.left)
            payment.refunded += amount
            return
        parts = [part for part in settled if part.document is invoice]
        free = min(amount, payment.used)
        refuse(payment.deleted, invoice.note, amount <= 0, amount > add(part.net for part in parts))
        refuse(amount - free > payment.amount - payment.refunded)
        for part, piece in shared_out(amount, parts) + shared_out(free, payment.live("credit")):
            part.refunded += piece
        payment.refunded += amount - free

    def void(self, payment: Payment) -> None:
        refuse(payment.deleted, any(part.document.note for part in payment.live("invoice")))
        for part in payment.live("invoice") + payment.live("credit"):
            part.gone = "payment"
        payment.deleted = payment.voided = True

    def bring_back(self, payment: Payment) -> None:
        """Its parts count again as far as invoices and credits allow; the rest is unapplied."""
        refuse(not payment.deleted)
        waiting = [part for part in payment.parts if part.gone == "payment"] if payment.voided else []
        payment.deleted = payment.voided = False
        able = [part for part in waiting if part.document.kind == "invoice" and self._fits_again(part)]
        for use in (part for part in waiting if part.document.kind == "credit"):
            wanted = add(part.net for part in able)
            open_ = not use.document.deleted and 0 < use.net <= use.document.balance
            use.gone = "" if open_ and payment.used + use.net <= wanted else "payment"
        for part in sorted(able, key=lambda part: part.net > 0):
            if self._fits_again(part) and part.net <= payment.left:
                part.gone = ""

    def _fits_again(self, part: Part) -> bool:
        invoice = part.document
        return (
            not invoice.deleted and invoice.status in ("sent", "partial") and fits(part.net, invoice.balance)
        )

    def merge(self, kept: Client, absorbed: Client) -> None:
        refuse(kept is absorbed, kept.gone, absorbed.gone)
        absorbed.gone = True
        for row in self._rows():
            row.client = kept if row.client is absorbed else row.client

    def purge(self, client: Client) -> None:
        """As if there had never been one."""
        client.gone = True
        self.clients.remove(client)
        for rows in (self.documents, self.payments, self.quotes, self.schedules):
            rows[:] = [row for row in rows if row.client is not client]

    def _rows(self) -> Iterator[Document | Payment | Quote | Schedule]:
        yield from (*self.documents, *self.payments, *self.quotes, *self.schedules)

    # what becomes an invoice

    def offer(self, client: Client, amount: Decimal) -> Quote:
        self.quotes.append(Quote(client, amount, issued=True))
        return self.quotes[-1]

    def convert(self, quote: Quote) -> Document:
        refuse(quote.invoice)
        quote.invoice = self.draft("invoice", quote.client, quote.amount)
        return quote.invoice

    def plan(self, client: Client, amount: Decimal) -> Schedule:
        self.schedules.append(Schedule(client, amount))
        return self.schedules[-1]

    def bill(self, schedule: Schedule) -> Document:
        """The next occurrence, at once."""
        invoice = self.draft("invoice", schedule.client, schedule.amount)
        invoice.issued = True
        return invoice


def fits(part: Decimal, owed: Decimal) -> bool:
    """Neither nothing nor more than what is owed, and on the same side of zero."""
    return 0 < part <= owed or owed <= part < 0
