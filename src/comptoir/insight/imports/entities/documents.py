"""Invoices, quotes, credits and recurring invoices: rows with the same number are lines of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.billing.documents import SLOTS, SURCHARGES, BillingDocument
from comptoir.insight.imports import cells
from comptoir.insight.imports.declaring import Column, Order, Session
from comptoir.preferences.custom_fields import custom_fields
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.scope import current_company

from . import choices
from .document_rows import DocumentRows
from .document_words import words
from .making_documents import Credits, Invoices, Maker, Quotes, Schedules

_CLIENT: Final = gettext_lazy("Client")
_LINES: Final = gettext_lazy("Lines")
_TAXES: Final = gettext_lazy("Taxes")
_NOTES: Final = gettext_lazy("Notes and terms")
_PAYMENT: Final = gettext_lazy("Payment")
_MORE: Final = gettext_lazy("More")
_CUSTOM: Final = gettext_lazy("Custom fields")


class Documents:
    """The wire's columns in its order, then ours. ``prefix`` begins the names of a document's own."""

    batch = 100
    updates = False
    keys: Mapping[str, Any] = {"number": gettext_lazy("Number")}

    def __init__(
        self, key: str, prefix: str, title: Any, due: Any, model: type[BillingDocument], maker: type[Maker]
    ) -> None:
        self.key = self.permission = key
        self.prefix, self.title, self.due, self.model, self.maker = prefix, title, due, model, maker

    def columns(self) -> Sequence[Column]:
        known = words(self.prefix, self.key)
        paid = () if self.key == "credit" else _of_payments()
        found = [*self._own(), *paid, *_of_lines(), *_of_clients(), *_more_of_lines()]
        return [replace(column, names=known.get(column.id, ())) for column in found]

    def lacking(self, mapping: Mapping[int, str]) -> str:
        chosen = set(mapping.values())
        if not chosen & {"client.name", "client.email", "client.number", "client.id_number"}:
            return _("Say which column names the client.")
        if self.key == "recurring_invoice" and f"{self.prefix}.frequency_id" not in chosen:
            return _("Say which column tells how often.")
        if not chosen & {"item.cost", f"{self.prefix}.amount"}:
            return _("Say which column holds the price of a line, or the total.")
        return ""

    def session(self, order: Order) -> Session:
        return DocumentRows(order, self.prefix, self.model, self.maker(order))

    def records(self, ids: Sequence[int]) -> dict[int, str]:
        rows = self.model._default_manager.filter(pk__in=ids).values_list("pk", "number")
        return {key: number or str(_("No number yet")) for key, number in rows}

    def _own(self) -> Iterator[Column]:
        column = self._column
        yield column("number", pgettext_lazy("of a document", "Number"))
        yield column("user_id", gettext_lazy("Assigned user"), choices.users(), section=_MORE)
        yield column("amount", gettext_lazy("Amount"), cells.amount)
        yield column("balance", pgettext_lazy("document", "Balance due"), cells.amount)
        yield Column("client.name", gettext_lazy("Client name"), cells.text, _CLIENT)
        yield column("discount", gettext_lazy("Discount"), cells.amount)
        yield column("po_number", gettext_lazy("Order number"))
        yield from self._days()
        yield column("terms", gettext_lazy("Terms"), section=_NOTES)
        yield column("status", gettext_lazy("Status"))
        yield column("public_notes", gettext_lazy("Public notes"), section=_NOTES)
        yield column("is_sent", gettext_lazy("Is sent"), cells.switch, section=_MORE)
        yield column("private_notes", gettext_lazy("Private notes"), section=_NOTES)
        yield column("uses_inclusive_taxes", gettext_lazy("Taxes included"), cells.switch, section=_TAXES)
        for n in SLOTS:
            yield column(f"tax_name{n}", _numbered(gettext_lazy("Tax name"), n), section=_TAXES)
            yield column(f"tax_rate{n}", _numbered(gettext_lazy("Tax rate"), n), choices.rate, section=_TAXES)
        yield column("is_amount_discount", gettext_lazy("Discount is an amount"), cells.switch)
        yield column("footer", gettext_lazy("Footer"), section=_NOTES)
        yield column("partial", gettext_lazy("Deposit"), cells.amount)
        yield column("partial_due_date", gettext_lazy("Deposit due date"), cells.day)
        yield from _customs(self.key, f"{self.prefix}.custom_value", gettext_lazy("Custom field"))
        for n in SURCHARGES:
            label = _numbered(gettext_lazy("Surcharge"), n)
            yield column(f"custom_surcharge{n}", label, cells.amount, section=_MORE)
        yield column("exchange_rate", gettext_lazy("Exchange rate"), cells.amount, section=_MORE)
        if self.key == "recurring_invoice":
            yield column("frequency_id", gettext_lazy("Frequency"), choices.rhythm())
            yield column("remaining_cycles", gettext_lazy("Still to come"), choices.cycles)
            yield column("auto_bill", gettext_lazy("Charged by itself"), choices.auto_bill())

    def _days(self) -> Iterator[Column]:
        if self.key == "recurring_invoice":
            yield self._column("next_send_date", gettext_lazy("Next invoice"), cells.day)
            yield replace(self._column("due_date", self.due, cells.nothing), shown=False)
        else:
            yield self._column("date", gettext_lazy("Date"), cells.day)
            yield self._column("due_date", self.due, cells.day)

    def _column(self, name: str, label: Any, read: Any = cells.text, *, section: Any = None) -> Column:
        return Column(f"{self.prefix}.{name}", label, read, section or self.title)


def _of_payments() -> Iterator[Column]:
    column = partial(Column, section=_PAYMENT)
    yield column("payment.date", gettext_lazy("Payment date"), cells.day)
    yield column("payment.amount", gettext_lazy("Paid"), cells.amount)
    yield column("payment.transaction_reference", gettext_lazy("Payment reference"), cells.text)


def _of_lines() -> Iterator[Column]:
    column = partial(Column, section=_LINES)
    yield column("item.quantity", gettext_lazy("Quantity"), cells.amount)
    yield column("item.cost", gettext_lazy("Unit price"), cells.amount)
    yield column("item.product_key", gettext_lazy("Product"), cells.text)
    yield column("item.notes", gettext_lazy("Description"), cells.text)
    yield column("item.discount", gettext_lazy("Line discount"), cells.amount)
    yield column("item.is_amount_discount", gettext_lazy("Line discount is an amount"), cells.switch)
    for n in SLOTS:
        yield column(f"item.tax_name{n}", _numbered(gettext_lazy("Line tax name"), n), cells.text)
        yield column(f"item.tax_rate{n}", _numbered(gettext_lazy("Line tax rate"), n), choices.rate)
    yield from _customs("product", "item.custom_value", gettext_lazy("Line field"))
    yield column("item.type_id", gettext_lazy("Line type"), choices.line_type())


def _of_clients() -> Iterator[Column]:
    """The wire's e-mail, then ours."""
    unit = cells.listed("currency", lambda: _("There is no currency called “%(cell)s”."))
    yield Column("client.email", gettext_lazy("Client e-mail"), cells.text, _CLIENT)
    yield Column("client.number", gettext_lazy("Client number"), cells.text, _CLIENT)
    yield Column("client.id_number", gettext_lazy("ID number"), cells.text, _CLIENT)
    yield Column("client.currency_id", gettext_lazy("Currency"), unit, _CLIENT)


def _more_of_lines() -> Iterator[Column]:
    """Ours: what exports say of a line beside the wire's columns."""
    yield Column("item.product_cost", gettext_lazy("Product cost"), cells.amount, _LINES)
    yield Column("item.tax_id", gettext_lazy("Tax category"), choices.tax_category(), _LINES)


def _customs(kind: str, id: str, label: Any) -> Iterator[Column]:  # noqa: A002 - the wire's word
    """The four custom fields; the company names and types those that it uses."""
    named = {field.place: field for field in custom_fields(current_company().custom_fields, kind)}
    for place in range(1, 5):
        field = named.get(place)
        yield Column(
            f"{id}{place}",
            field.label if field else _numbered(label, place),
            cells.custom(field) if field else cells.text,
            _CUSTOM,
            shown=field is not None,
        )


def _numbered(label: Any, n: int) -> Any:
    return format_lazy("{label} {n}", label=label, n=n)


def documents() -> Iterator[Documents]:
    """The kinds of documents that can be imported."""
    due = gettext_lazy("Due date")
    yield Documents("invoice", "invoice", gettext_lazy("Invoices"), due, Invoice, Invoices)
    yield Documents("quote", "quote", gettext_lazy("Quotes"), gettext_lazy("Valid until"), Quote, Quotes)
    yield Documents("credit", "credit", gettext_lazy("Credits"), due, Credit, Credits)
    yield Documents(
        "recurring_invoice", "invoice", gettext_lazy("Recurring invoices"), due, RecurringInvoice, Schedules
    )
