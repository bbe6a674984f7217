"""Rows become documents: which rows are one, whose it is, which are there already, what is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.insight.imports.declaring import Line, Order, Outcome, Reasons, Result, Unit
from comptoir.kernel.money import shortest
from comptoir.kernel.refused import Refused

from .making_documents import Maker, Said
from .whose import Whose

_WHOSE: Final = ("client.name", "client.number", "client.id_number", "client.email")
_CENT: Final = Decimal("0.01")
_RENAMED: Final = {"user_id": "assigned_user", "next_send_date": "next_on"}
_NOT_OURS: Final = frozenset({"amount", "balance", "status", "is_sent"})
"""What the file says of a document, and the document says itself."""


class DocumentRows:
    """One run of an import of documents."""

    def __init__(self, order: Order, prefix: str, model: type[BillingDocument], maker: Maker) -> None:
        self.order, self.prefix, self.model, self.maker = order, prefix, model, maker
        self.whose = Whose(order)

    def gather(self, lines: Sequence[Line]) -> list[list[Unit]]:
        """Rows with the same number are one document, wherever they stand; a row without stands alone.

        Documents that bring their number come first: the numbers drawn for the others go round them.
        """
        units: dict[str, Unit] = {}
        alone: list[Unit] = []
        for line in lines:
            number = str(line.first(f"{self.prefix}.number") or "")
            if not number:
                alone.append(Unit([line]))
                continue
            unit = units.setdefault(number, Unit([]))
            if unit.lines and _other_client(unit.lines[0], line):
                line.faults.append(("client.name", _("An earlier row with this number has another client.")))
            unit.lines.append(line)
        for unit in (*units.values(), *alone):
            if not unit.faults and not any(unit.lines[0].first(name) for name in _WHOSE):
                unit.lines[0].faults.append(("client.name", _("This row names no client.")))
        return [list(units.values()), alone]

    def write(self, units: Sequence[Unit]) -> list[Result]:
        """Each with its client and what was paid on it, or nothing of it."""
        known = self._known(units)
        self.whose.look_up([unit for unit in units if not unit.faults])
        return [self._one(unit, known.get(self._number(unit))) for unit in units]

    def _one(self, unit: Unit, known: int | None) -> Result:
        if unit.faults:
            return Result.refused(unit.faults)
        if known is not None:
            return self._again(known)
        try:
            with transaction.atomic():
                client = self.whose.client_of(unit)
                made = self.maker.make(self._said(unit), client)
                self._refuse_other_amount(unit, made)
        except Refused as refusal:
            self.whose.forget_new()
            return Result.refused(self._told(refusal))
        self.whose.keep_new()
        return Result(Outcome.MADE, Outcome.MERGED, made.pk)

    def _again(self, key: int) -> Result:
        at = f"{self.prefix}.number"
        if self.order.duplicates == "skip":
            said = _("There is a document with this number already.")
            return Result(Outcome.SKIPPED, Outcome.SKIPPED, key, [(at, said)])
        return Result.refused([(at, _("An import changes no document that is there already."))])

    def _known(self, units: Sequence[Unit]) -> dict[str, int]:
        """The documents that have these numbers, but for those that this import has made."""
        numbers = {number for unit in units if (number := self._number(unit))}
        rows = self.model._default_manager.filter(number__in=numbers).exclude(number="")
        found = dict(rows.values_list("number", "pk"))
        own = self.order.own(list(found.values()))
        return {number: key for number, key in found.items() if key not in own}

    def _number(self, unit: Unit) -> str:
        return str(unit.lines[0].first(f"{self.prefix}.number") or "")

    def _said(self, unit: Unit) -> Said:
        """The first value of each column, and every line."""
        values: dict[str, Any] = {}
        for line in unit.lines:
            for name, value in line.values[0].items():
                if not name.startswith("item.") and value is not None:
                    values.setdefault(name, value)
        own = {name.partition(".")[2]: value for name, value in values.items() if self._is_own(name)}
        fields = {_RENAMED.get(name, name): value for name, value in own.items() if name not in _NOT_OURS}
        fields["line_items"] = _lines(unit) or _whole(own, fields)
        if (of_lines := unit.lines[0].first("item.is_amount_discount")) is not None:
            fields.setdefault("is_amount_discount", of_lines)
        paid = {name.partition(".")[2]: v for name, v in values.items() if name.startswith("payment.")}
        return Said(fields, own, paid)

    def _is_own(self, name: str) -> bool:
        return name.startswith(f"{self.prefix}.")

    def _refuse_other_amount(self, unit: Unit, made: BillingDocument) -> None:
        """What was asked for elsewhere is what is asked for here, to the cent."""
        said = unit.lines[0].first(f"{self.prefix}.amount")
        if said is not None and abs(said - made.amount) >= _CENT:
            told = _("The lines come to %(amount)s, the file says %(said)s.")
            raise Refused("amount", told % {"amount": shortest(made.amount), "said": shortest(said)})

    def _told(self, refusal: Refused) -> Reasons:
        """Faults of the operations, at the columns of the file."""
        return [(self._at(path), str(text)) for path, texts in refusal.errors.items() for text in texts]

    def _at(self, path: str) -> str:
        if path.startswith("line_items."):
            return f"item.{path.rpartition('.')[2]}"
        if path.startswith("client"):
            return "client.name" if path == "client_id" else path
        return f"{self.prefix}.{path}"


def _lines(unit: Unit) -> list[dict[str, Any]]:
    """The rows that say anything of a line; a quantity left out is one."""
    found = []
    for line in unit.lines:
        item = {
            name.partition(".")[2]: value
            for name, value in line.values[0].items()
            if name.startswith("item.") and value is not None
        }
        item.pop("is_amount_discount", None)
        if item:
            found.append({"quantity": 1, **_named_taxes(item)})
    return found


def _named_taxes(item: dict[str, Any]) -> dict[str, Any]:
    """A rate without a name is called tax: without one it would not count."""
    for n in (1, 2, 3):
        if item.get(f"tax_rate{n}") and not item.get(f"tax_name{n}"):
            item[f"tax_name{n}"] = _("VAT")
    return item


def _whole(own: dict[str, Any], fields: dict[str, Any]) -> list[dict[str, Any]]:
    """A document without lines has one of its whole amount, its taxes within."""
    if "amount" not in own:
        return []
    if any(fields.get(f"tax_rate{n}") for n in (1, 2, 3)):
        fields["uses_inclusive_taxes"] = True
    return [{"quantity": 1, "cost": own["amount"]}]


def _other_client(one: Line, other: Line) -> bool:
    pairs = [(one.first(name), other.first(name)) for name in _WHOSE]
    return any(first and second and first != second for first, second in pairs)
