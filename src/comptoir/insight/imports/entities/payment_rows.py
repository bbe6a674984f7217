"""Rows become payments: whose they are, which invoices they settle, which are there already."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.insight.imports.declaring import Line, Order, Outcome, Result, Unit
from comptoir.kernel.refused import Refused
from comptoir.payments.models import Payment
from comptoir.payments.parts import is_payable, owed
from comptoir.payments.taking_over import take_over_payment
from comptoir.sales.invoices.models import Invoice

from .whose import Whose

_RENAMED: Final = {"user_id": "assigned_user", "method": "type_id"}
_NOT_OURS: Final = frozenset({"client_id", "invoice_number", "refunded", "applied", "amount"})
_NAMES: Final = ("client.name", "client.number", "client.email")


class PaymentRows:
    """One run of an import of payments."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.whose = Whose(order)
        self._invoices: dict[str, Invoice] = {}

    def gather(self, lines: Sequence[Line]) -> list[list[Unit]]:
        """Rows with the same number are one payment: their amounts add up."""
        units: dict[str, Unit] = {}
        alone: list[Unit] = []
        for line in lines:
            if name := line.values[0].pop("payment.client_id", None):
                line.values[0]["client.name"] = name
            _look_at(line)
            number = str(line.first("payment.number") or "")
            if number:
                units.setdefault(number, Unit([])).lines.append(line)
            else:
                alone.append(Unit([line]))
        return [list(units.values()), alone]

    def write(self, units: Sequence[Unit]) -> list[Result]:
        """Each with the invoices that it settles, or nothing of it."""
        fit = [unit for unit in units if not unit.faults]
        self.whose.look_up([unit for unit in fit if _names_client(unit)])
        self._invoices = _invoices(fit)
        return [self._one(unit) for unit in units]

    def _one(self, unit: Unit) -> Result:
        if unit.faults:
            return Result.refused(unit.faults)
        try:
            invoices = self._settled(unit)
            client = self._client(unit, invoices)
            if known := self._known(unit, client):
                return self._again(known)
            _refuse_settled(invoices)
            with transaction.atomic():
                made = take_over_payment(
                    {**_fields(unit), "client": client}, invoices, by=self.order.by, on=self.order.on
                )
        except Refused as refusal:
            return Result.refused(
                [(_at(path), str(text)) for path, texts in refusal.errors.items() for text in texts]
            )
        return Result(Outcome.MADE, Outcome.MERGED, made.pk)

    def _settled(self, unit: Unit) -> list[Invoice]:
        """The invoices that the rows name. Raises Refused at ``invoice_number``."""
        numbers = list(dict.fromkeys(number for line in unit.lines for number in _numbers(line)))
        for number in numbers:
            if number not in self._invoices:
                raise Refused("invoice_number", _("There is no invoice “%(number)s”.") % {"number": number})
        return [self._invoices[number] for number in numbers]

    def _client(self, unit: Unit, invoices: Sequence[Invoice]) -> Client:
        """Who is named, else whose the invoices are. Raises Refused when these differ, or nobody fits."""
        named = self.whose.client_of(unit, may_make=False) if _names_client(unit) else None
        owners = {invoice.client_id for invoice in invoices} | ({named.pk} if named else set())
        if len(owners) > 1:
            raise Refused("invoice_number", _("This invoice belongs to another client."))
        return named or invoices[0].client

    def _known(self, unit: Unit, client: Client) -> list[Payment]:
        """Payments that are there already, but for those that this import has made."""
        keys = {
            "number": {"number": unit.lines[0].first("payment.number")},
            "transaction_reference": {
                "client": client,
                "transaction_reference": unit.lines[0].first("payment.transaction_reference"),
            },
        }
        for key, wanted in keys.items():
            if key in self.order.matched_by and wanted[key] and self.order.duplicates != "create":
                found = list(Payment.objects.live().filter(**wanted).exclude(**{key: ""}))
                own = self.order.own([row.pk for row in found])
                if left := [row for row in found if row.pk not in own]:
                    return left
        return []

    def _again(self, known: Sequence[Payment]) -> Result:
        at = "payment.number"
        if self.order.duplicates == "skip":
            said = _("There is such a payment already: %(number)s.") % {"number": known[0].number}
            return Result(Outcome.SKIPPED, Outcome.SKIPPED, known[0].pk, [(at, said)])
        return Result.refused([(at, _("An import changes no payment that is there already."))])


def _look_at(line: Line) -> None:
    """Note what is wrong with a row by itself."""
    if line.faults:
        return
    amount = line.first("payment.amount")
    if not amount:
        line.faults.append(("payment.amount", _("This row says no amount.")))
    elif amount < 0:
        line.faults.append(("payment.amount", _("A payment is not negative: enter a refund by hand.")))
    if line.first("payment.refunded"):
        said = _("A payment of which something was refunded is entered by hand.")
        line.faults.append(("payment.refunded", said))
    if not any(line.first(name) for name in _NAMES) and not _numbers(line):
        line.faults.append(("payment.client_id", _("This row names neither a client nor an invoice.")))


def _numbers(line: Line) -> list[str]:
    return list(line.first("payment.invoice_number") or ())


def _names_client(unit: Unit) -> bool:
    return any(unit.lines[0].first(name) for name in _NAMES)


def _invoices(units: Sequence[Unit]) -> dict[str, Invoice]:
    wanted = {number for unit in units for line in unit.lines for number in _numbers(line)}
    rows = Invoice.objects.live().filter(number__in=wanted).exclude(number="").select_related("client__group")
    return {invoice.number: invoice for invoice in rows}


def _refuse_settled(invoices: Sequence[Invoice]) -> None:
    """An invoice that was imported as paid has its payment already. Raises Refused at its column."""
    for invoice in invoices:
        if not is_payable(invoice) or owed(invoice) == 0:
            said = _("Invoice %(number)s is paid already, or cannot be paid.")
            raise Refused("invoice_number", said % {"number": invoice.number})


def _fields(unit: Unit) -> dict[str, Any]:
    """What the operation takes: the first value of each column, the amounts together."""
    fields: dict[str, Any] = {}
    for line in unit.lines:
        for id, value in line.values[0].items():  # noqa: A001 - the wire's word
            kind, _dot, name = id.partition(".")
            if kind == "payment" and name not in _NOT_OURS and value is not None:
                fields.setdefault(_RENAMED.get(name, name), value)
    amounts = [line.first("payment.amount") for line in unit.lines]
    return {**fields, "amount": sum(amounts, Decimal(0))}


def _at(path: str) -> str:
    if path.startswith("client"):
        return "payment.client_id"
    return "payment.invoice_number" if path.startswith("invoices") else f"payment.{path}"
