"""What a notification is about: the record, the records whose owners it concerns, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from comptoir.billing.documents import BillingDocument
from comptoir.catalogue.models import Product
from comptoir.collecting.models import Attempt, Kind
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice

Figure = Decimal | None
GONE: Final = ("payment_refunded", "refund_failed", "payment_disputed")


@dataclass(frozen=True)
class Subject:
    """``kind`` words the summary and the button of the mail; ``page`` is an office page of ``record``.

    ``sums`` and ``days`` are values by placeholder, ``said`` those that need no formatting; sums are in
    units of ``currency_id``.
    """

    kind: str
    record: Any
    page: str
    number: str
    owners: Sequence[Any]
    client: str = ""
    currency_id: str = ""
    amount: Figure = None
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    days: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return settings.BASE_URL + reverse(f"office:{self.page}", args=[ids.encode(self.record.pk)])


def subject_of(event: str, kind: str, pk: int, notes: str) -> Subject | None:
    """What an activity is about; None when the record is gone, or the event is not the one that it was."""
    found = _READERS[kind]
    row = found.model.objects.filter(pk=pk).first()
    if row is None or getattr(row, "deleted_at", None) is not None:
        return None
    return found.read(event, row, notes)


def _document(kind: str, page: str) -> Callable[[str, Any, str], Subject]:
    def read(event: str, row: BillingDocument, notes: str) -> Subject:
        due = {"due_date": row.due_date, "valid_until": row.due_date}
        owed = {"balance": row.requested} if kind == "invoice" and row.requested > 0 else {}
        return Subject(
            kind=kind,
            record=row,
            page=page,
            number=row.number,
            owners=(row, row.client),
            client=_name(row.client),
            currency_id=row.currency_id,
            amount=row.amount,
            sums={"amount": row.amount, **owed},
            days={"date": row.date, **due},
            said={"number": row.number, "reason": notes} if notes else {"number": row.number},
        )

    return read


def _payment(event: str, row: Payment, notes: str) -> Subject | None:
    """Of money that went back, ``notes`` say how much."""
    amount = Decimal(notes) if event in GONE else row.amount
    if row.is_manual != (event == "payment_manual"):
        return None
    parts = row.allocations.live().exclude(invoice=None).select_related("invoice").order_by("pk")
    settled = [part.settled for part in parts]
    rest = sum((invoice.balance for invoice in settled), Decimal(0))
    return Subject(
        kind="payment",
        record=row,
        page="show-payment",
        number=row.number,
        owners=(row, row.client, *settled),
        client=_name(row.client),
        currency_id=row.currency_id,
        amount=amount,
        sums={"payment.amount": row.amount, **({"rest": rest} if rest > 0 else {})},
        days={"payment.date": row.date},
        said={"payment.number": row.number, "payment.invoices": _numbers(settled)},
    )


def _attempt(event: str, row: Attempt, notes: str) -> Subject | None:
    """A try that another one followed, or that was to store a method only, is no news."""
    invoices = list(Invoice.objects.filter(pk__in=row.invoice_ids).order_by("pk"))
    later = Attempt.objects.filter(client=row.client, pk__gt=row.pk)
    if row.kind == Kind.STORE or not invoices or any(_overlap(row, one) for one in later):
        return None
    return Subject(
        kind="invoice",
        record=invoices[0],
        page="show-invoice",
        number=_numbers(invoices),
        owners=(row.client, *invoices),
        client=_name(row.client),
        currency_id=row.currency_id,
        amount=row.amount,
        sums={"balance": row.amount},
        said={"number": _numbers(invoices), "reason": row.said},
    )


def _product(event: str, row: Product, notes: str) -> Subject:
    return Subject(
        kind="product",
        record=row,
        page="edit-product",
        number=row.product_key,
        owners=(row,),
        said={"number": row.product_key, "pieces": notes},
    )


def _overlap(one: Attempt, other: Attempt) -> bool:
    return not set(one.invoice_ids).isdisjoint(other.invoice_ids)


def _name(client: Any) -> str:
    return str(client.display_name or client.number)


def _numbers(invoices: Iterable[Invoice]) -> str:
    return ", ".join(invoice.number for invoice in invoices)


@dataclass(frozen=True)
class _Reading:
    model: Any
    read: Callable[[str, Any, str], Subject | None]


_READERS: Final[Mapping[str, _Reading]] = {
    "invoice": _Reading(Invoice, _document("invoice", "show-invoice")),
    "quote": _Reading(Quote, _document("quote", "show-quote")),
    "credit": _Reading(Credit, _document("credit", "show-credit")),
    "recurringinvoice": _Reading(RecurringInvoice, _document("recurring_invoice", "show-recurring_invoice")),
    "payment": _Reading(Payment, _payment),
    "attempt": _Reading(Attempt, _attempt),
    "product": _Reading(Product, _product),
}
