"""Recompute every figure from what it is made of; a difference of one micro-unit is a fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from comptoir.billing import composition, lines, totals
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.files import upkeep
from comptoir.ledger.models import COLUMNS, Entry
from comptoir.payments.models import Allocation, Payment, Refund
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.quotes.models import Quote
from comptoir.sealing.proof import broken
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

ZERO = Decimal(0)


@dataclass(frozen=True)
class Fault:
    """``what`` of ``record`` is stored as ``stored`` and should be ``right``."""

    company: str
    record: str
    what: str
    stored: object
    right: object

    def __str__(self) -> str:
        return f"{self.company}: {self.record}: {self.what} is {self.stored}, should be {self.right}"


def run() -> int:
    """Print every fault; 1 when there is one, 0 when all figures hold."""
    faults: list[object] = [*examine(), *_files()]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults." if faults else "Every figure and every file holds.")
    return int(bool(faults))


def examine() -> list[Fault]:
    """Every fault of the installation; an empty list is the proof that the figures hold."""
    found: list[Fault] = []
    for company in Company.objects.order_by("pk"):
        with acting_for(company):
            for proof in PROOFS:
                found += proof(company)
    return found


def _files() -> Iterator[str]:
    """Attached files without bytes, and bytes that no row points to (S36)."""
    for file in upkeep.missing():
        yield f"{file.company.name}: {file.name}: its bytes are missing at {file.path}"
    for path in upkeep.orphans():
        yield f"{path}: nothing points to this file"


def _seals(company: Company) -> Iterator[Fault]:
    """The chain of hashes is whole, and everything issued says what it said when it was sealed."""
    for each in broken():
        yield Fault(company.name, *each)


def _accounts(company: Company) -> Iterator[Fault]:
    """A client's cached figures are the sums of its entries."""
    sums: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    totalled = Entry.objects.values_list("client_id", "account").annotate(sum=Sum("amount")).order_by()
    for client_id, account, amount in totalled:
        sums[client_id, account] = amount
    for client in Client.objects.iterator():
        for account, column in COLUMNS.items():
            stored, right = getattr(client, column), sums[client.pk, account]
            if stored != right:
                yield Fault(company.name, f"client {client.number}", column, stored, right)


def _running_balances(company: Company) -> Iterator[Fault]:
    """Each entry says what its account came to after it."""
    balances: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    for entry in Entry.objects.order_by("pk").iterator():
        key = (entry.client_id, entry.account)
        balances[key] += entry.amount
        if entry.balance != balances[key]:
            yield Fault(company.name, f"entry {entry.pk}", "balance", entry.balance, balances[key])


def _documents(company: Company) -> Iterator[Fault]:
    """Stored totals are what the one calculator makes of the stored lines."""
    for model in (Invoice, Quote, Credit):
        for document in model.objects.select_related("client", "client__group").iterator():
            document.client.company = company
            yield from _document(company, document)


def _document(company: Company, document: BillingDocument) -> Iterator[Fault]:
    client = document.client
    right = totals.add_up(composition.described(document, client.preferences))
    name = f"{document._meta.model_name} {document.number or document.pk}"
    if document.amount != right.amount:
        yield Fault(company.name, name, "amount", document.amount, right.amount)
    if document.total_taxes != right.total_taxes:
        yield Fault(company.name, name, "total_taxes", document.total_taxes, right.total_taxes)
    if document.line_items != lines.write(right.lines):
        yield Fault(company.name, name, "line totals", "other figures", "those of the calculator")


def _invoices(company: Company) -> Iterator[Fault]:
    """What is owed on an invoice is its amount less what its allocations paid; so is the client's debt."""
    paid = _net_by("invoice_id")
    owed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for invoice in Invoice.objects.iterator():
        name = f"invoice {invoice.number or invoice.pk}"
        if not invoice.is_deleted and invoice.paid_to_date != paid[invoice.pk]:
            yield Fault(company.name, name, "paid_to_date", invoice.paid_to_date, paid[invoice.pk])
        right = _balance(invoice)
        if invoice.balance != right:
            yield Fault(company.name, name, "balance", invoice.balance, right)
        if not invoice.is_deleted:
            owed[invoice.client_id] += invoice.balance
    for client in Client.objects.iterator():
        if client.balance != owed[client.pk]:
            yield Fault(company.name, f"client {client.number}", "balance", client.balance, owed[client.pk])


def _balance(invoice: Invoice) -> Decimal:
    if invoice.status_id in (InvoiceStatus.DRAFT, InvoiceStatus.CANCELLED, InvoiceStatus.REVERSED):
        return ZERO
    return invoice.amount - invoice.paid_to_date


def _credits(company: Company) -> Iterator[Fault]:
    """What is left of a credit is its amount less what payments used of it."""
    used = _net_by("credit_id")
    left: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for credit in Credit.objects.iterator():
        right = ZERO if credit.is_draft else credit.amount - used[credit.pk]
        if credit.balance != right:
            yield Fault(company.name, f"credit {credit.number}", "balance", credit.balance, right)
        if not credit.is_deleted:
            left[credit.client_id] += credit.balance
    for client in Client.objects.iterator():
        if client.credit_balance != left[client.pk]:
            yield Fault(
                company.name,
                f"client {client.number}",
                "credit_balance",
                client.credit_balance,
                left[client.pk],
            )


def _payments(company: Company) -> Iterator[Fault]:
    """Money in is applied, refunded or left; nothing else can become of it."""
    parts: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for allocation in Allocation.objects.filter(deleted_at=None).iterator():
        parts[allocation.payment_id] += allocation.net if allocation.invoice_id else -allocation.net
    left: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for payment in Payment.objects.iterator():
        right = ZERO if payment.is_deleted else payment.amount - payment.refunded - parts[payment.pk]
        if payment.unapplied != right:
            yield Fault(company.name, f"payment {payment.number}", "unapplied", payment.unapplied, right)
        left[payment.client_id] += payment.unapplied
    for client in Client.objects.iterator():
        if client.payment_balance != left[client.pk]:
            yield Fault(
                company.name,
                f"client {client.number}",
                "payment_balance",
                client.payment_balance,
                left[client.pk],
            )


def _paid(company: Company) -> Iterator[Fault]:
    """A client has paid what came in less what went back, without what a credit note took back."""
    paid: dict[int, Decimal] = defaultdict(lambda: ZERO)
    used = _net_by("credit_id", of="payment_id")
    for payment in Payment.objects.filter(deleted_at=None).iterator():
        paid[payment.client_id] += payment.amount - payment.refunded + used[payment.pk]
    for invoice in Invoice.objects.filter(status_id=InvoiceStatus.REVERSED).iterator():
        paid[invoice.client_id] -= invoice.paid_to_date
    for client in Client.objects.iterator():
        if client.paid_to_date != paid[client.pk]:
            name = f"client {client.number}"
            yield Fault(company.name, name, "paid_to_date", client.paid_to_date, paid[client.pk])


def _refunds(company: Company) -> Iterator[Fault]:
    """What went back of a payment is its refunds, less those that the bank sent back."""
    back: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for payment_id, amount in Refund.objects.values_list("payment_id", "amount").iterator():
        back[payment_id] += amount
    for payment in Payment.objects.iterator():
        if payment.refunded != back[payment.pk]:
            yield Fault(
                company.name, f"payment {payment.number}", "refunded", payment.refunded, back[payment.pk]
            )


def _reversals(company: Company) -> Iterator[Fault]:
    """A reversed invoice has one credit note, of all of it."""
    given: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for credit in Credit.objects.filter(deleted_at=None, invoice__status_id=InvoiceStatus.REVERSED):
        given[credit.invoice_id] += credit.amount
    for invoice in Invoice.objects.filter(status_id=InvoiceStatus.REVERSED).iterator():
        if given[invoice.pk] != invoice.amount:
            yield Fault(
                company.name, f"invoice {invoice.number}", "credited", given[invoice.pk], invoice.amount
            )


def _net_by(column: str, of: str = "") -> dict[int, Decimal]:
    """What live allocations come to that name an invoice, or a credit: for each of them, or ``of`` each."""
    net: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for allocation in Allocation.objects.filter(deleted_at=None, **{f"{column}__isnull": False}).iterator():
        net[getattr(allocation, of or column)] += allocation.net
    return net


PROOFS: Final = (
    _accounts,
    _running_balances,
    _documents,
    _invoices,
    _credits,
    _reversals,
    _payments,
    _paid,
    _refunds,
    _seals,
)
