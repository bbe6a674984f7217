"""What a client has with the company already, and how it helps to pay: unapplied payments, open credits.

The settings ``use_unapplied_payment`` and ``use_credits_payment`` say of each: always, offered (option),
off. What an open attempt counts on is spoken for, until it has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction

from comptoir.activity.actors import Actor
from comptoir.clients.models import Client
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_payment, update_payment
from comptoir.payments.parts import Part, total
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from .models import Attempt, Kind, State
from .rules import OTHER_OWN, is_owed, open_attempts, under_way

PAYMENT: Final = "payment"
CREDIT: Final = "credit"
SETTINGS: Final = {PAYMENT: "use_unapplied_payment", CREDIT: "use_credits_payment"}
"""By the kind of money, the setting that says when it pays; in the order in which they are used up."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``amount`` of a payment or a credit (``kind``, ``row``), for an invoice."""

    kind: str
    row: int
    invoice: int
    amount: Decimal


@dataclass(slots=True)
class Source:
    """A payment or a credit, and what can still be taken of it."""

    kind: str
    row: int
    left: Decimal


@dataclass(frozen=True)
class Plan:
    """What own money pays of some invoices, and what is left of them to pay (``parts``, zeros too)."""

    pieces: tuple[Piece, ...]
    parts: list[Part]

    @property
    def total(self) -> Decimal:
        return sum((piece.amount for piece in self.pieces), ZERO)

    @property
    def left(self) -> Decimal:
        return total(self.parts)

    def of(self, kind: str) -> Decimal:
        return sum((piece.amount for piece in self.pieces if piece.kind == kind), ZERO)

    @property
    def kept(self) -> list[list[object]]:
        """As an attempt remembers it."""
        return [[one.kind, one.row, one.invoice, str(one.amount)] for one in self.pieces]


def kinds(client: Client, ticked: Collection[str] = ()) -> list[str]:
    """Which kinds pay: those that always do, and those that the client ticked where they are offered."""
    found = {kind: str(client.preferences[setting]) for kind, setting in SETTINGS.items()}
    return [kind for kind, mode in found.items() if mode == "always" or (mode == "option" and kind in ticked)]


def plan(
    client: Client, parts: Sequence[Part], using: Collection[str], *, on: date, free: bool = False
) -> Plan:
    """Spread own money over invoices, unapplied payments first, the oldest of each first.

    More than an invoice owes is never taken from it. ``free``: also what pages hold that were left open,
    because ``starting.release`` closes them.
    """
    sources = _sources(client, using, on, free=free) if using else []
    pieces, rest = [], []
    for part in parts:
        found = list(_taken(sources, part))
        pieces += found
        rest.append(Part(part.invoice, part.amount - sum((one.amount for one in found), ZERO)))
    return Plan(tuple(pieces), rest)


def _taken(sources: Sequence[Source], part: Part) -> Iterator[Piece]:
    wanted = min(part.amount, part.invoice.balance)
    for source in sources:
        piece = min(source.left, wanted)
        if piece > 0:
            source.left -= piece
            wanted -= piece
            yield Piece(source.kind, source.row, part.invoice.pk, piece)


def available(client: Client, kind: str, *, on: date) -> Decimal:
    """How much of a kind the client could use now."""
    return sum((source.left for source in _sources(client, [kind], on, free=True)), ZERO)


def _sources(client: Client, using: Collection[str], on: date, *, free: bool) -> list[Source]:
    """What can be taken, without what is spoken for."""
    own = {"client": client, "currency_id": client.currency_id}
    found: list[Source] = []
    if PAYMENT in using:
        payments = Payment.objects.unapplied().filter(**own).order_by("pk")
        found += [Source(PAYMENT, pk, left) for pk, left in payments.values_list("pk", "unapplied")]
    if CREDIT in using:
        credits_ = Credit.objects.applicable(on).filter(**own).order_by("pk")
        found += [Source(CREDIT, pk, left) for pk, left in credits_.values_list("pk", "balance")]
    if found:
        spoken_for = _held(client, free=free)
        for source in found:
            source.left -= spoken_for[source.kind, source.row]
    return [source for source in found if source.left > 0]


def _held(client: Client, *, free: bool) -> dict[tuple[str, int], Decimal]:
    """What open attempts count on, by kind and id."""
    found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for attempt in open_attempts(client):
        if free and is_left_open(attempt):
            continue
        for piece in pieces_of(attempt):
            found[piece.kind, piece.row] += piece.amount
    return found


def is_left_open(attempt: Attempt) -> bool:
    """A page that can be closed; a charge and a debit that is on its way cannot."""
    return attempt.kind == Kind.PAGE and attempt.state == State.STARTED


def pieces_of(attempt: Attempt) -> list[Piece]:
    """What an attempt counts on."""
    return [
        Piece(str(kind), int(row), int(invoice), Decimal(amount))
        for kind, row, invoice, amount in attempt.own
    ]


def refuse_other(shown: Decimal, found: Plan) -> None:
    """Nobody pays another sum than was shown."""
    if shown != found.total:
        raise Refused("own", OTHER_OWN)


def pay_by_itself(invoice: Invoice, *, by: Actor, on: date) -> None:
    """Let own money pay what it can of an invoice, where the settings say "always".

    Not while other money for it is on its way: that would come for nothing.
    """
    client = invoice.client
    using = kinds(client)
    if not using:
        return
    with transaction.atomic():
        lock(client, invoice)
        invoice.client = client
        if is_owed(invoice, client) and not under_way(client, [invoice.pk]):
            parts = [Part(invoice, invoice.balance)]
            use(client, plan(client, parts, using, on=on).pieces, parts, by=by, on=on)


def use(
    client: Client, pieces: Sequence[Piece], parts: Sequence[Part], *, by: Actor, on: date
) -> list[Payment]:
    """Apply pieces to the invoices of ``parts``; the caller holds the client's lock."""
    invoices = {part.invoice.pk: part.invoice for part in parts}
    rows = Payment.objects.in_bulk({piece.row for piece in pieces if piece.kind == PAYMENT})
    used = []
    for pk, payment in sorted(rows.items()):
        payment.client = client
        mine = [piece for piece in pieces if (piece.kind, piece.row) == (PAYMENT, pk)]
        said = [{"invoice": invoices[piece.invoice], "amount": piece.amount} for piece in mine]
        used.append(update_payment(payment, {"invoices": said}, by=by, on=on))
    lent = [piece for piece in pieces if piece.kind == CREDIT]
    return [*used, *([_by_credit(client, lent, invoices, by=by, on=on)] if lent else [])]


def _by_credit(
    client: Client, lent: Sequence[Piece], invoices: Mapping[int, Invoice], *, by: Actor, on: date
) -> Payment:
    """One payment, of no money, out of all the credits."""
    credits_ = Credit.objects.in_bulk({piece.row for piece in lent})
    per_invoice: dict[int, Decimal] = defaultdict(Decimal)
    per_credit: dict[int, Decimal] = defaultdict(Decimal)
    for piece in lent:
        per_invoice[piece.invoice] += piece.amount
        per_credit[piece.row] += piece.amount
    fields = {
        "client": client,
        "invoices": [{"invoice": invoices[pk], "amount": amount} for pk, amount in per_invoice.items()],
        "credits": [{"credit": credits_[pk], "amount": amount} for pk, amount in per_credit.items()],
    }
    return record_payment(fields, by=by, on=on)
