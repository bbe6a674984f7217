"""The sums below the lines: the rows that the company chose, in an order that can be added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.lines import tax_words
from comptoir.delivery.pdf.values import net
from comptoir.designs.page import Figure, TaxRow, TotalRow, Weight

MINUS: Final = "\N{MINUS SIGN}"


class Sums:
    """The rows of one document's totals."""

    def __init__(self, facts: DocumentFacts, labels: Labels) -> None:
        self.facts = facts
        self.labels = labels
        self.money = facts.reader.money

    def rows(self) -> Iterator[TotalRow]:
        """The chosen rows; the total before tax always stands where the taxes begin."""
        makers: Mapping[str, Callable[[], Iterator[TotalRow]]] = {
            "subtotal": self.subtotal,
            "discount": self.discount,
            "total_taxes": self.taxes,
            "total": self.total,
            "paid_to_date": self.paid,
            "outstanding": self.due,
        }
        for name in self._order():
            if name.startswith("custom_surcharge"):
                yield from self.surcharge(int(name[-1]))
            elif name == "net_subtotal":
                yield from self.net()
            elif name in makers:
                yield from makers[name]()

    def _order(self) -> list[str]:
        """Chosen names; both kinds of tax are one list, and the total before tax opens it."""
        names = [
            "total_taxes" if name == "line_taxes" else name
            for name in self.facts.layout.names("total_columns")
        ]
        names = list(dict.fromkeys(names))
        if "net_subtotal" in names and "total_taxes" in names:
            names.remove("net_subtotal")
            names.insert(names.index("total_taxes"), "net_subtotal")
        return names

    def subtotal(self) -> Iterator[TotalRow]:
        if len(self.facts.totals.lines) > 1 or self.facts.totals.subtotal != self.facts.totals.amount:
            yield TotalRow(self.labels["subtotal"], self.money(self.facts.totals.subtotal))

    def net(self) -> Iterator[TotalRow]:
        if self.facts.totals.taxes and net(self.facts) != self.facts.totals.subtotal:
            yield TotalRow(self.labels["net_subtotal"], self.money(net(self.facts)))

    def discount(self) -> Iterator[TotalRow]:
        facts = self.facts
        if facts.totals.discount:
            rate = "" if facts.is_amount_discount else f" ({facts.reader.percent(facts.discount)})"
            yield TotalRow(self.labels["discount"] + rate, self.less(facts.totals.discount))

    def surcharge(self, slot: int) -> Iterator[TotalRow]:
        for charge in self.facts.surcharges[slot - 1 : slot]:
            if charge.amount:
                yield TotalRow(charge.label, self.money(charge.amount))

    def taxes(self) -> Iterator[TotalRow]:
        included = f" ({self.labels['tax_included']})" if self.facts.inclusive else ""
        for share in self.facts.totals.taxes:
            words = tax_words(share.name, share.rate, self.facts.reader)
            yield TotalRow(f"{words}{included}", self.money(share.amount))

    def total(self) -> Iterator[TotalRow]:
        key = "total_with_tax" if self.facts.totals.taxes else "total"
        weight: Weight = "due" if self.facts.kind in {"quote", "purchase_order"} else "sum"
        yield TotalRow(self.labels[key], self.money(self.facts.totals.amount), weight)

    def paid(self) -> Iterator[TotalRow]:
        facts = self.facts
        if facts.kind not in {"invoice", "deposit_invoice", "credit"}:
            return
        for deposit in facts.deposits:
            named = f"{self.labels['deposit_invoice']} {deposit.number} ({facts.reader.day(deposit.on)})"
            yield TotalRow(named, self.less(deposit.amount))
        if facts.paid_to_date or not facts.layout.hide_paid_to_date:
            yield TotalRow(self.labels["paid_to_date"], self.less(facts.paid_to_date))

    def due(self) -> Iterator[TotalRow]:
        facts = self.facts
        if facts.kind == "credit":
            yield TotalRow(self.labels["credit_left"], self.money(facts.balance), "due")
        elif facts.kind in {"invoice", "deposit_invoice"}:
            weight: Weight = "sum" if facts.partial > 0 else "due"
            yield TotalRow(self.labels["balance_due"], self.money(facts.balance), weight)
            if facts.partial > 0:
                yield TotalRow(self.labels["partial_due"], self.money(facts.partial), "due")

    def less(self, amount: Decimal) -> str:
        """An amount to be taken away."""
        return f"{MINUS}{self.money(amount)}" if amount > 0 else self.money(-amount if amount else amount)


def tax_rows(facts: DocumentFacts) -> tuple[TaxRow, ...]:
    """One row per rate, when there is more than one: what it was levied on, and the tax."""
    shares, reader = facts.totals.taxes, facts.reader
    if len(shares) < 2:
        return ()
    return tuple(
        TaxRow(
            tax_words(share.name, share.rate, reader), reader.money(share.base), reader.money(share.amount)
        )
        for share in shares
    )


def figure(facts: DocumentFacts, labels: Labels) -> Figure | None:
    """The sum that matters, if the company shows it among the details."""
    family = "credit" if facts.kind == "credit" else "invoice"
    names = facts.layout.names(f"{family}_details")
    wanted = {f"{family}.balance_due", f"{family}.balance", f"{family}.amount_due"}
    if facts.kind in {"quote", "purchase_order"}:
        return Figure(labels["total"], facts.reader.money(facts.totals.amount))
    if wanted.isdisjoint(names):
        return None
    if facts.kind == "credit":
        return Figure(labels["total"], facts.reader.money(facts.totals.amount))
    key = "partial_due" if facts.partial > 0 else "balance_due"
    by = facts.amount_due_by
    sentence = _("by {day}").format(day=facts.reader.day(by)) if by and facts.amount_due else ""
    return Figure(labels[key], facts.reader.money(facts.amount_due), sentence)
