"""The one totals calculator: lines, discounts, surcharges and taxes to the cent.

Pure arithmetic of contract rules 10 with decisions M2, M3, M4 and M7; apps compute the same
figures before they send a document, so every rounding stands where they have it.
``docs/money.md`` shows it by examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import msgspec
from django.utils.translation import gettext_lazy as _

from comptoir.billing.lines import Line
from comptoir.billing.taxes import TAX_PLACES, Tally, TaxShare, tax_on
from comptoir.kernel.money import EXACT, ZERO, round_half_up, settle, shortest
from comptoir.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Document:
    """What the figures of a document depend on; ``precision`` is the currency's decimals."""

    lines: Sequence[Line]
    discount: Decimal = ZERO
    is_amount_discount: bool = True
    taxes: Sequence[tuple[str, Decimal]] = ()
    surcharges: Sequence[Decimal] = ()
    surcharge_taxes: Sequence[bool] = ()
    inclusive: bool = False
    precision: int = 2
    rappen: bool = False
    exempt: bool = False

    @property
    def levied(self) -> list[tuple[str, Decimal]]:
        """The document's own taxes that count: a name of one letter is none."""
        return [] if self.exempt else [(name, rate) for name, rate in self.taxes if len(name) > 1]

    @property
    def taxable_surcharges(self) -> list[Decimal]:
        pairs = zip(self.surcharges, self.surcharge_taxes, strict=False)
        return [charge for charge, taxable in pairs if taxable]


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a document; ``untaxed`` is the part that carries no tax at all."""

    amount: Decimal
    subtotal: Decimal
    discount: Decimal
    net: Decimal
    total_taxes: Decimal
    taxes: tuple[TaxShare, ...]
    untaxed: Decimal
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        assert self.net == self.subtotal - self.discount
        assert self.total_taxes == sum(share.amount for share in self.taxes)


def add_up(document: Document) -> Totals:
    """Work out a document's figures; its lines come back as copies with theirs filled in."""
    with localcontext(EXACT):
        line_totals = [_line_total(line, document) for line in document.lines]
        subtotal = _subtotal(line_totals, document)
        discount = _discount(subtotal, document)
        tally = Tally()
        lines = tuple(
            _with_figures(line, total, subtotal, document, tally)
            for line, total in zip(document.lines, line_totals, strict=True)
        )
        _tally_document_taxes(subtotal - discount, document, tally)
        shares = tally.shares(max(document.precision, TAX_PLACES))
        total_taxes = sum((share.amount for share in shares), ZERO)
        total = subtotal - discount + sum(document.surcharges, ZERO)
        return Totals(
            amount=_amount(total if document.inclusive else total + total_taxes, document),
            subtotal=subtotal,
            discount=discount,
            net=subtotal - discount,
            total_taxes=total_taxes,
            taxes=shares,
            untaxed=settle(tally.untaxed, max(document.precision, TAX_PLACES)),
            lines=lines,
        )


def deposit(partial: Decimal, amount: Decimal) -> Decimal:
    """Keep a deposit within 0 and the amount; a negative one is refused (decisions M7)."""
    if partial < 0:
        raise Refused("partial", _("A deposit cannot be negative."))
    return min(partial, max(amount, ZERO))


def _line_total(line: Line, document: Document) -> Decimal:
    total, places = line.cost * line.quantity, document.precision
    if document.is_amount_discount:
        return total - settle(line.discount, places)
    off = total * line.discount / 100
    return total - settle(off, places) if document.inclusive else settle(total - off, places)


def _subtotal(line_totals: Sequence[Decimal], document: Document) -> Decimal:
    if document.inclusive:
        return sum(line_totals, ZERO)
    return sum((round_half_up(total, document.precision) for total in line_totals), ZERO)


def _discount(subtotal: Decimal, document: Document) -> Decimal:
    if document.is_amount_discount:
        return document.discount
    return round_half_up(subtotal * document.discount / 100, TAX_PLACES)


def _amount(total: Decimal, document: Document) -> Decimal:
    amount = settle(total, document.precision)
    return round_half_up(amount * 20, 0) / 20 if document.rappen else amount


def _with_figures(line: Line, total: Decimal, subtotal: Decimal, document: Document, tally: Tally) -> Line:
    filled = msgspec.structs.replace(line, is_amount_discount=document.is_amount_discount)
    if document.exempt:
        filled.tax_name1 = filled.tax_name2 = filled.tax_name3 = ""
        filled.tax_rate1 = filled.tax_rate2 = filled.tax_rate3 = ZERO
    tax = _tally_line_taxes(filled, _discounted(total, subtotal, document), document, tally)
    filled.line_total = shortest(total)
    filled.tax_amount = shortest(tax)
    filled.gross_line_total = filled.line_total if document.inclusive else shortest(total + tax)
    return filled


def _discounted(total: Decimal, subtotal: Decimal, document: Document) -> tuple[Decimal, Decimal]:
    """Give a line's share after the document's discount, as a fraction."""
    if not document.is_amount_discount:
        return total * (100 - document.discount), Decimal(100)
    if not subtotal:
        return total, Decimal(1)
    return total * (subtotal - document.discount), subtotal


def _tally_line_taxes(
    line: Line, share: tuple[Decimal, Decimal], document: Document, tally: Tally
) -> Decimal:
    """Give the line's taxes, each rounded by itself; small names count as apps count them (M4)."""
    part, whole = share
    levied, taxed = ZERO, False
    for name, rate in line.taxes:
        if not name and not rate:
            continue
        tax = settle(tax_on(part, whole, rate, inclusive=document.inclusive), TAX_PLACES)
        levied += tax
        if len(name) > 1 or (document.is_amount_discount and tax):
            taxed = True
            tally.add(name, rate, part / whole - (tax if document.inclusive else ZERO), tax)
    if not taxed:
        tally.untaxed += part / whole
    return levied


def _tally_document_taxes(net: Decimal, document: Document, tally: Tally) -> None:
    """Levy each tax of the document on one and the same base; none compounds."""
    surcharges = sum(document.surcharges, ZERO)
    if not document.levied:
        tally.untaxed += surcharges
        return
    tally.untaxed = surcharges - sum(document.taxable_surcharges, ZERO)
    for name, rate in document.levied:
        base, tax = _document_tax(net, rate, document)
        tally.add(name, rate, base, tax)


def _document_tax(net: Decimal, rate: Decimal, document: Document) -> tuple[Decimal, Decimal]:
    if document.inclusive:
        base = settle(net, TAX_PLACES) if document.discount > 0 else net
        base += sum((charge for charge in document.taxable_surcharges if charge > 0), ZERO)
        tax = settle(tax_on(base, Decimal(1), rate, inclusive=True), TAX_PLACES)
        return base - tax, tax
    parts = [net, *document.taxable_surcharges]
    tax = sum((round_half_up(part * rate / 100, TAX_PLACES) for part in parts), ZERO)
    return sum(parts, ZERO), tax
