"""Payments, products, activities and attached files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.activity import kinds
from comptoir.activity.models import Activity
from comptoir.activity.sentences import sentence
from comptoir.billing.documents import SLOTS
from comptoir.catalogue.models import Product
from comptoir.files.models import File
from comptoir.insight.exports import words
from comptoir.insight.exports.declaring import Column, Sheet
from comptoir.insight.exports.values import attribute, code, customs, named, person
from comptoir.payments.models import Allocation, Payment
from comptoir.reference import payment_type
from comptoir.tenancy.scope import current_company

from .documents import numbered

_CUSTOM: Final = _("Custom fields")
_MORE: Final = _("More")


class PaymentSheet(Sheet):
    key, entity, title = "payments", "payment", _("Payments")
    model = Payment
    dated = "date"
    related: ClassVar[Sequence[str]] = ("client", "user", "assigned_user")
    usual = frozenset(
        {"client.name", "payment.number", "payment.date", "payment.amount", "payment.applied"}
        | {"payment.currency", "payment.method", "payment.transaction_reference", "payment.status"}
        | {"payment.invoice_number"}
    )

    def columns(self) -> list[Column]:
        return [
            Column("client.name", _("Client name"), "client", attribute("display_name"), _("Client")),
            Column("client.number", _("Client number"), "client", attribute("number"), _("Client")),
            self._column("number", pgettext_lazy("of a payment", "Number")),
            self._column("date", _("Date")),
            self._column("amount", _("Amount")),
            self._column("applied", _("Applied")),
            self._column("unapplied", _("To apply")),
            self._column("refunded", _("Refunded")),
            self._column("currency", _("Currency"), code),
            self._column("exchange_rate", _("Exchange rate"), section=_MORE),
            self._column("method", _("Means of payment"), lambda one: named(payment_type(one.type_id))),
            self._column("transaction_reference", _("Reference")),
            self._column("status", _("Status"), lambda one: words.status("payment", one)),
            self._column("invoice_number", _("Invoices paid"), attribute("invoice_numbers")),
            self._column("private_notes", _("Private notes"), section=_MORE),
            *customs("payment", "payment", _("Custom field"), _CUSTOM),
            self._column("user_id", _("Created by"), person("user"), section=_MORE),
            self._column("assigned_user_id", _("Assigned user"), person("assigned_user"), section=_MORE),
        ]

    def of_the_wire(self) -> list[str]:
        ours = {"client.number", "payment.unapplied", "payment.invoice_number"}
        return [one.id for one in self.columns() if one.id not in ours]

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Any]:
        company = current_company()
        numbers = _paid(records)
        for record in records:
            record.company = record.client.company = company
            record.invoice_numbers = ", ".join(numbers.get(record.pk, ()))
            yield {"payment": record, "client": record.client}

    def _column(self, name: str, label: Any, value: Any = None, *, section: Any = None) -> Column:
        return Column(f"payment.{name}", label, "payment", value or attribute(name), section or self.title)


def _paid(payments: Sequence[Any]) -> dict[int, list[str]]:
    """The numbers of the invoices that each payment settled."""
    found: dict[int, list[str]] = defaultdict(list)
    parts = Allocation.objects.live().filter(payment__in=[one.pk for one in payments], invoice__isnull=False)
    for key, number in parts.order_by("pk").values_list("payment_id", "invoice__number"):
        found[key].append(number)
    return found


class ProductSheet(Sheet):
    """The wire names its columns without "product." before them."""

    key, entity, title = "products", "product", _("Products")
    model = Product
    prefix = "product."
    usual = frozenset(
        {"product.product_key", "product.notes", "product.price", "product.cost", "product.quantity"}
        | {"product.tax_name1", "product.tax_rate1", "product.in_stock_quantity"}
    )

    def columns(self) -> list[Column]:
        def column(name: str, label: Any, section: Any = None) -> Column:
            return Column(f"product.{name}", label, "product", attribute(name), section or self.title)

        taxes = [
            each
            for n in SLOTS
            for each in (
                column(f"tax_name{n}", numbered(_("Tax name"), n), _("Taxes")),
                column(f"tax_rate{n}", numbered(_("Tax rate"), n), _("Taxes")),
            )
        ]
        return [
            column("product_key", _("Product")),
            column("notes", _("Description")),
            column("price", _("Price")),
            column("cost", _("Cost")),
            column("quantity", _("Quantity")),
            *taxes,
            column("tax_id", _("Tax category"), _("Taxes")),
            column("product_image", _("Picture’s address"), _MORE),
            column("in_stock_quantity", _("In stock")),
            column("max_quantity", _("Largest quantity"), _MORE),
            *customs("product", "product", _("Product field"), _CUSTOM),
        ]


class ActivitySheet(Sheet):
    """Who did what, when, from which address; the newest first."""

    key, entity, title = "activities", "activity", _("Activity")
    model = Activity
    order = "-pk"

    def columns(self) -> list[Column]:
        return [
            Column("activity.date", _("Date"), "activity", attribute("created_at"), self.title),
            Column("activity.activity", _("Activity"), "activity", _said, self.title),
            Column("activity.address", _("IP address"), "activity", attribute("ip"), self.title),
        ]

    prefix = "activity."
    usual = frozenset({"activity.date", "activity.activity", "activity.address"})

    def live(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows


def _said(row: Activity) -> str:
    return strip_tags(sentence(row))


class FileSheet(Sheet):
    """Attached files: on what kind of record, called what, of which type."""

    key, entity, title = "documents", "document", _("Documents")
    model = File
    prefix = "document."
    usual = frozenset({"document.record_type", "document.name", "document.type", "document.created_at"})

    def columns(self) -> list[Column]:
        return [
            self._column("record_type", _("Attached to"), _record),
            self._column("name", pgettext_lazy("of a file", "Name")),
            self._column("type", pgettext_lazy("of a file", "Type")),
            self._column("created_at", _("Created")),
        ]

    def _column(self, name: str, label: Any, value: Any = None) -> Column:
        return Column(f"document.{name}", label, "document", value or attribute(name), self.title)


def _record(row: File) -> str:
    kind = kinds.find(row.owner_kind)
    return str(kind.one if kind else words.OF_ALL.get(row.owner_kind, row.owner_kind))
