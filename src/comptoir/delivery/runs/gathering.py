"""The records of a run and the lists that its template names: one query for each list, however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comptoir.activity import kinds
from comptoir.clients.models import Client, Contact
from comptoir.delivery.runs.sight import Sight
from comptoir.delivery.runs.subjects import LINES, SUBJECTS
from comptoir.delivery.runs.writing import Writer
from comptoir.designs.page import Record
from comptoir.payments.models import Allocation, Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus

Rows = dict[int, list[Any]]
_ISSUED = {
    "invoices": ("invoice", Invoice, InvoiceStatus.DRAFT),
    "quotes": ("quote", Quote, QuoteStatus.DRAFT),
    "credits": ("credit", Credit, CreditStatus.DRAFT),
}


def rows_of(entity: str, keys: Sequence[int], sight: Sight) -> list[Any]:
    """The records that the member sees, in the order of the keys; deleted ones are left out."""
    found = kinds.named(entity).model.objects.filter(pk__in=keys, deleted_at=None)
    near = ("group", "company") if entity == "client" else ("client", "client__group", "company")
    by_key = {row.pk: row for row in sight.rows(found.select_related(*near), entity)}
    rows = [by_key[key] for key in keys if key in by_key]
    for row in rows:
        if entity != "client":
            row.client.company = row.company
    return rows


@dataclass
class Lists:
    """What belongs to each of the records: by the name of a list, then by the record's key."""

    entity: str
    wanted: Collection[str]
    found: dict[str, Rows] = field(default_factory=dict)

    def of(self, row: Any, writer: Writer) -> tuple[dict[str, str], dict[str, Sequence[Record]]]:
        """The sums and the lists of one record, as words."""
        sums: dict[str, str] = {}
        lists: dict[str, Sequence[Record]] = {}
        for name, by_key in self.found.items():
            rows = by_key.get(row.pk, [])
            lists[name] = [self._written(name, each, writer) for each in rows]
            if name != "contacts" and self.entity == "client":
                sums |= writer.sums(name, rows)
        if "instalments" in self.wanted and isinstance(row, Invoice):
            lists["instalments"] = writer.instalments(row)
        return sums, lists

    def _written(self, name: str, row: Any, writer: Writer) -> Record:
        if isinstance(row, Contact):
            return writer.contact(row, row.company.custom_fields)
        if isinstance(row, Payment):
            return writer.payment(row)
        if isinstance(row, Allocation):
            paid = writer.payment(row.payment)
            applied = writer.in_currency(row.payment.currency_id).money(row.amount)
            return Record({**paid.values, "payment.applied": applied})
        return writer.document(row, with_lines=any(each in self.wanted for each in LINES))


def gathered(entity: str, rows: Sequence[Any], wanted: Collection[str], sight: Sight) -> Lists:
    """Fetch what ``wanted`` names of these records, as far as the member sees it."""
    lists = Lists(entity, wanted)
    if entity == "client":
        lists.found = {
            name: _of_clients(name, rows, sight) for name in SUBJECTS["client"] if _is_named(name, wanted)
        }
    elif entity == "invoice" and "payments" in wanted:
        parts = Allocation.objects.live().filter(invoice__in=rows, payment__deleted_at=None)
        seen = sight.rows(Payment.objects.all(), "payment")
        parts = parts.filter(payment__in=seen).select_related("payment", "payment__company")
        lists.found = {"payments": _grouped(parts.order_by("pk"), "invoice_id")}
        _lend(lists.found["payments"], {row.pk: row.client for row in rows}, lambda part: part.payment)
    return lists


def _is_named(name: str, wanted: Collection[str]) -> bool:
    """Whether a list is repeated, or one of its sums is named."""
    return name in wanted or f"{name}." in wanted


def _of_clients(name: str, clients: Sequence[Client], sight: Sight) -> Rows:
    if name == "contacts":
        people = Contact.objects.live().filter(client__in=clients).select_related("company")
        return _grouped(people.order_by("-is_primary", "position", "pk"), "client_id")
    found: Any
    if name == "payments":
        found = sight.rows(Payment.objects.filter(client__in=clients, deleted_at=None), "payment")
    else:
        entity, model, draft = _ISSUED[name.removeprefix("open_")]
        found = model.objects.filter(client__in=clients, deleted_at=None).exclude(status_id=draft)
        if name == "open_invoices":
            found = found.payable()
        found = sight.rows(found, entity)
    grouped = _grouped(found.select_related("company").order_by("date", "pk"), "client_id")
    _lend(grouped, {client.pk: client for client in clients}, lambda row: row)
    return grouped


def _grouped(rows: Iterable[Any], column: str) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in rows:
        grouped[getattr(row, column)].append(row)
    return grouped


def _lend(grouped: Rows, clients: Mapping[int, Client], of: Any) -> None:
    """Let the rows know the client that is there already."""
    for key, rows in grouped.items():
        for row in rows:
            of(row).client = clients[key]


def allocations_of(payments: Sequence[Payment], sight: Sight) -> Rows:
    """What each payment settled."""
    seen = sight.rows(Invoice.objects.all(), "invoice")
    parts = Allocation.objects.live().filter(payment__in=payments, invoice__in=seen)
    return _grouped(parts.select_related("invoice").order_by("pk"), "payment_id")
