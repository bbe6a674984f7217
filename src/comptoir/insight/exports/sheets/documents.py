"""Invoices, quotes, credits and recurring invoices: a row for each, or for each of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.billing.documents import SLOTS, SURCHARGES
from comptoir.billing.lines import Line
from comptoir.insight.exports import words
from comptoir.insight.exports.declaring import Column, Sheet
from comptoir.insight.exports.values import attribute, code, customs, named, person
from comptoir.reference import frequency
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.tenancy.scope import current_company

_CLIENT: Final = _("Client")
_LINES: Final = _("Lines")
_TAXES: Final = _("Taxes")
_NOTES: Final = _("Notes and terms")
_CUSTOM: Final = _("Custom fields")
_MORE: Final = _("More")


class DocumentSheet(Sheet):
    """What billing documents share; the wire's columns, then the client's number and e-mail of ours."""

    dated = "date"
    related: ClassVar[Sequence[str]] = ("client", "user", "assigned_user")
    noun: ClassVar[Any]
    """What one of them is called: the section of its own columns."""

    def columns(self) -> list[Column]:
        return [*_of_client(), *self._own()]

    def of_the_wire(self) -> list[str]:
        return [one.id for one in self.columns() if one.id not in _OURS]

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Any]:
        self.ready(records)
        company = current_company()
        for record in records:
            record.company = record.client.company = company
            yield {self.entity: record, "client": record.client}

    def ready(self, records: Sequence[Any]) -> None:
        """Fetch for many at once what a row wants beside its own."""

    def more(self) -> Iterator[Column]:
        """Columns that only this kind has."""
        return iter(())

    def _own(self) -> Iterator[Column]:
        column = self._column
        yield column("number", pgettext_lazy("of a document", "Number"))
        yield column("date", _("Date"))
        yield column("due_date", self.due())
        yield column("status", _("Status"), lambda one: words.status(self.entity, one))
        yield column("amount", _("Amount"))
        yield column("balance", pgettext_lazy("document", "Balance due"))
        yield column("paid_to_date", _("Paid"))
        yield column("total_taxes", _("Total taxes"), section=_TAXES)
        yield column("po_number", _("Order number"))
        yield column("discount", _("Discount"))
        yield column("is_amount_discount", _("Discount is an amount"))
        yield column("partial", _("Deposit"))
        yield column("partial_due_date", _("Deposit due date"))
        yield column("exchange_rate", _("Exchange rate"))
        yield from self.more()
        yield column("terms", _("Terms"), section=_NOTES)
        yield column("footer", _("Footer"), section=_NOTES)
        yield column("public_notes", _("Public notes"), section=_NOTES)
        yield column("private_notes", _("Private notes"), section=_NOTES)
        yield column("uses_inclusive_taxes", _("Taxes included"), section=_TAXES)
        for n in SLOTS:
            yield column(f"tax_name{n}", numbered(_("Tax name"), n), section=_TAXES)
            yield column(f"tax_rate{n}", numbered(_("Tax rate"), n), section=_TAXES)
        for n in SURCHARGES:
            yield column(f"custom_surcharge{n}", numbered(_("Surcharge"), n), section=_MORE)
        yield column("user_id", _("Created by"), person("user"), section=_MORE)
        yield column("assigned_user_id", _("Assigned user"), person("assigned_user"), section=_MORE)
        yield from customs(self.entity, self.entity, _("Custom field"), _CUSTOM)

    def due(self) -> Any:
        """What the day is called by which something is expected."""
        return _("Due date")

    def _column(self, name: str, label: Any, value: Any = None, *, section: Any = None) -> Column:
        return Column(
            f"{self.entity}.{name}", label, self.entity, value or attribute(name), section or self.noun
        )


class InvoiceSheet(DocumentSheet):
    key, entity, title = "invoices", "invoice", _("Invoices")
    model = Invoice
    noun = _("Invoice")
    usual = frozenset(
        {"client.name", "invoice.number", "invoice.date", "invoice.due_date", "invoice.status"}
        | {"invoice.amount", "invoice.balance", "invoice.paid_to_date", "client.currency_id"}
        | {"invoice.total_taxes", "invoice.po_number"}
    )

    def more(self) -> Iterator[Column]:
        yield self._column(
            "recurring_id", _("Recurring invoice"), attribute("recurring_number"), section=_MORE
        )
        yield self._column("auto_bill_enabled", _("Charged by itself"), section=_MORE)

    def ready(self, records: Sequence[Any]) -> None:
        made = {record.recurring_id for record in records} - {None}
        rows = RecurringInvoice.objects.filter(pk__in=made).values_list("pk", "number") if made else ()
        numbers = dict(rows)
        for record in records:
            record.recurring_number = numbers.get(record.recurring_id, "")


class QuoteSheet(DocumentSheet):
    key, entity, title = "quotes", "quote", _("Quotes")
    model = Quote
    noun = _("Quote")
    usual = frozenset(
        {"client.name", "quote.number", "quote.date", "quote.due_date", "quote.status", "quote.amount"}
        | {"client.currency_id", "quote.total_taxes", "quote.po_number"}
    )

    def due(self) -> Any:
        return _("Valid until")


class CreditSheet(DocumentSheet):
    """The wire narrows credits by the day they were entered (``report_date_column``)."""

    key, entity, title = "credits", "credit", _("Credits")
    model = Credit
    noun = _("Credit")
    dated = "created_at"
    usual = frozenset(
        {"client.name", "credit.number", "credit.date", "credit.status", "credit.amount"}
        | {"credit.balance", "client.currency_id", "credit.total_taxes"}
    )


class RecurringSheet(DocumentSheet):
    key, entity, title = "recurring_invoices", "recurring_invoice", _("Recurring invoices")
    model = RecurringInvoice
    noun = _("Recurring invoice")
    usual = frozenset(
        {"client.name", "client.currency_id", "recurring_invoice.number", "recurring_invoice.status"}
        | {"recurring_invoice.amount", "recurring_invoice.frequency_id", "recurring_invoice.next_send_date"}
        | {"recurring_invoice.remaining_cycles", "recurring_invoice.auto_bill"}
    )

    def more(self) -> Iterator[Column]:
        yield self._column("frequency_id", _("Frequency"), lambda one: named(frequency(one.frequency_id)))
        yield self._column("next_send_date", _("Next invoice"), attribute("next_on"))
        yield self._column("remaining_cycles", _("Still to come"))
        yield self._column("auto_bill", _("Charged by itself"), _charged)
        yield self._column("auto_bill_enabled", _("Charging is on"), section=_MORE)


def _charged(recurring: RecurringInvoice) -> str:
    return str(words.AUTO_BILL[recurring.auto_bill])


class LineSheet(DocumentSheet):
    """A row for each line, with its document: what an import of documents takes."""

    def columns(self) -> list[Column]:
        return [*super().columns(), *_lines()]

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Any]:
        for row in super().spread(records, asked, options):
            lines: list[Any] = row[self.entity].lines or [None]
            for line in lines:
                yield {**row, "item": line}


class InvoiceLines(LineSheet, InvoiceSheet):
    key, title = "invoice_items", _("Invoice lines")
    usual = frozenset(
        {"client.name", "client.currency_id", "invoice.number", "invoice.date", "invoice.due_date"}
        | {"invoice.status", "item.product_key", "item.notes", "item.quantity", "item.cost"}
        | {"item.tax_name1", "item.tax_rate1", "item.line_total", "item.gross_line_total"}
    )


class QuoteLines(LineSheet, QuoteSheet):
    key, title = "quote_items", _("Quote lines")
    usual = frozenset(
        {"client.name", "client.currency_id", "quote.number", "quote.date", "quote.due_date"}
        | {"quote.status", "item.product_key", "item.notes", "item.quantity", "item.cost"}
        | {"item.tax_name1", "item.tax_rate1", "item.line_total", "item.gross_line_total"}
    )


class CreditLines(LineSheet, CreditSheet):
    key, title = "credit_items", _("Credit lines")


class RecurringLines(LineSheet, RecurringSheet):
    key, title = "recurring_invoice_items", _("Lines of recurring invoices")


def _of_client() -> Iterator[Column]:
    yield Column("client.name", _("Client name"), "client", attribute("display_name"), _CLIENT)
    yield Column("client.number", _("Client number"), "client", attribute("number"), _CLIENT)
    yield Column("client.currency_id", _("Currency"), "client", code, _CLIENT)


_OURS: Final = frozenset({"client.number"})


def _lines() -> Iterator[Column]:
    def column(name: str, label: Any, value: Any = None) -> Column:
        return Column(f"item.{name}", label, "item", value or attribute(name), _LINES)

    yield column("product_key", _("Product"))
    yield column("notes", _("Description"))
    yield column("quantity", _("Quantity"))
    yield column("cost", _("Unit price"))
    yield column("discount", _("Line discount"))
    yield column("is_amount_discount", _("Line discount is an amount"))
    for n in SLOTS:
        yield column(f"tax_name{n}", numbered(_("Line tax name"), n))
        yield column(f"tax_rate{n}", numbered(_("Line tax rate"), n))
    yield column("line_total", _("Line total"))
    yield column("tax_amount", _("Line taxes"))
    yield column("gross_line_total", _("Line total with taxes"))
    yield column("product_cost", _("Product cost"))
    yield column("type_id", _("Line type"), _type)
    yield column("tax_id", _("Tax category"))
    yield from customs("product", "item", _("Line field"), _CUSTOM)


def _type(line: Line) -> str:
    return str(words.LINE_TYPES.get(line.type_id, line.type_id))


def numbered(label: Any, n: int) -> Any:
    return format_lazy("{label} {n}", label=label, n=n)
