"""Records as words: the values that a template names, for one reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from comptoir.billing import composition, totals
from comptoir.billing.documents import BillingDocument
from comptoir.billing.lines import SERVICE
from comptoir.clients.models import Client, Contact
from comptoir.delivery.documents.facts import STAGES
from comptoir.delivery.documents.parties import client_of, contact_of, custom
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.lines import EVERY, Pen
from comptoir.delivery.placeholders.reader import Reader
from comptoir.delivery.placeholders.values import client_values, contact_values, custom_values
from comptoir.designs.page import Record
from comptoir.payments.models import Allocation, Payment
from comptoir.reference import currency, payment_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices.instalments import planned
from comptoir.sales.invoices.models import Invoice

Values = dict[str, str]
FIGURES = ("client.balance", "client.paid_to_date", "client.credit_balance")


class Writer:
    """Writes in the language that is active; each amount is in the currency of its own record."""

    def __init__(self, reader: Reader, labels: Labels, *, has_figures: bool) -> None:
        self.reader = reader
        self.labels = labels
        self.has_figures = has_figures

    def in_currency(self, currency_id: str) -> Reader:
        """The same reader, of amounts in this currency."""
        unit = currency(currency_id)
        return replace(self.reader, currency=unit) if unit else self.reader

    def client(self, client: Client) -> Values:
        """The values of $client.…"""
        reader = self.in_currency(client.currency_id)
        said = client_values(client_of(_blank(client), reader.locale), reader)
        return said if self.has_figures else {**said, **dict.fromkeys(FIGURES, "")}

    def contact(self, contact: Contact, labels: Mapping[str, str]) -> Record:
        return Record(contact_values(contact_of(contact, labels), self.reader))

    def document(self, row: BillingDocument, *, with_lines: bool = False) -> Record:
        """The values of $invoice.…, $quote.… and their like, and those of its client."""
        kind, reader = row.kind.entity, self.in_currency(row.currency_id)
        money, day = reader.money, reader.day
        stage = STAGES.get((kind, row.status_id), "issued")
        own = {
            "number": row.number,
            "date": day(row.date),
            "due_date": day(row.due_date),
            "amount": money(row.amount),
            "total": money(row.amount),
            "balance": money(row.balance),
            "paid_to_date": money(row.paid_to_date),
            "amount_due": money(row.requested),
            "requested_by": day(row.requested_by),
            "total_taxes": money(row.total_taxes),
            "po_number": row.po_number,
            "status": self.labels[stage] if stage != "issued" else "",
            "public_notes": row.public_notes,
            **custom_values("", custom(row.company.custom_fields, "invoice", vars(row)), reader),
        }
        said = {f"{kind}.{name}": value for name, value in own.items()}
        client = self.client(row.client)
        return Record({**client, **said}, self._lines(row, reader) if with_lines else {})

    def _lines(self, row: BillingDocument, reader: Reader) -> dict[str, Sequence[Record]]:
        preferences = row.client.preferences
        described = composition.described(row, preferences, exempt=row.client.is_tax_exempt)
        pen = Pen(reader, str)
        writers = {key: pen.column(key) for key in EVERY}
        found: dict[str, list[Record]] = {"products": [], "tasks": []}
        for line in totals.add_up(described).lines:
            kind = "task" if line.type_id == SERVICE else "product"
            values = {f"{kind}.{key}": write(line) for key, write in writers.items()}
            found[f"{kind}s"].append(Record(values))
        return {name: tuple(rows) for name, rows in found.items()}

    def payment(self, row: Payment, parts: Sequence[Allocation] = ()) -> Record:
        """The values of $payment.…; its invoices with what each got as $invoice.applied."""
        reader = self.in_currency(row.currency_id)
        money = reader.money
        means = payment_type(row.type_id) if row.type_id else None
        own = {
            "number": row.number,
            "date": reader.day(row.date),
            "amount": money(row.amount),
            "applied": money(row.amount - row.unapplied),
            "unapplied": money(row.unapplied) if row.unapplied else "",
            "refunded": money(row.refunded) if row.refunded else "",
            "method": name_in(means, reader.locale) if means else "",
            "transaction_reference": row.transaction_reference,
            **custom_values("", custom(row.company.custom_fields, "payment", vars(row)), reader),
        }
        said = {f"payment.{name}": value for name, value in own.items()}
        client = self.client(row.client)
        invoices = [self._settled(part, row, reader) for part in parts]
        return Record({**client, **said}, {"invoices": invoices})

    def _settled(self, part: Allocation, payment: Payment, reader: Reader) -> Record:
        invoice = part.settled
        invoice.client, invoice.company = payment.client, payment.company
        whole = self.document(invoice)
        return Record({**whole.values, "invoice.applied": reader.money(part.amount)})

    def instalments(self, invoice: Invoice) -> list[Record]:
        """The values of $instalment.…"""
        reader, rows = self.in_currency(invoice.currency_id), planned(invoice)
        return [
            Record(
                {
                    "instalment.number": str(place),
                    "instalment.date": reader.day(row.on),
                    "instalment.amount": reader.money(row.amount),
                }
            )
            for place, row in enumerate(rows, start=1)
        ]

    def sums(self, name: str, rows: Iterable[Any]) -> Values:
        """How many records a list has and what they come to, one sum for each currency."""
        count = 0
        found: dict[str, dict[str, Decimal]] = {key: defaultdict(Decimal) for key in ("amount", "balance")}
        for row in rows:
            count += 1
            for key, sums in found.items():
                sums[_currency_of(row)] += _amount(row, key)
        return {
            f"{name}.count": self.reader.number(Decimal(count)),
            **{
                f"{name}.{key}": " + ".join(
                    self.in_currency(unit).money(sum_) for unit, sum_ in sorted(sums.items()) if sum_
                )
                or self.reader.money(Decimal(0))
                for key, sums in found.items()
            },
        }


def _currency_of(row: Any) -> str:
    return str(row.currency_id)


def _amount(row: Any, key: str) -> Decimal:
    """The figure of a record under either name: what is left of a payment is its unapplied money."""
    if isinstance(row, Payment):
        return row.amount if key == "amount" else row.unapplied
    if isinstance(row, Client):
        return Decimal(0) if key == "amount" else row.balance
    return Decimal(getattr(row, key))


def _blank(client: Client) -> Invoice:
    return Invoice(company=client.company, client=client)
