"""Tags in the office: the company's list of them, the editor on a record, columns and filters of lists.

A kind of records whose pages show tags stands in ``BEARERS``; then ``bearing.Tags`` gives its list a column,
a filter and an action, and ``editing.editor`` its page the chips.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import kind_of
from comptoir.office.links import page_url


@dataclass(frozen=True)
class Bearer:
    """A kind of records: its word in permissions, its list's page, its model."""

    entity: str
    page: str
    table: str
    label: Any

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.table)

    @property
    def list_url(self) -> str:
        return page_url(self.page)


BEARERS: Final = {
    "client": Bearer("client", "clients", "clients.Client", _("Clients")),
    "invoice": Bearer("invoice", "invoices", "invoices.Invoice", _("Invoices")),
    "quote": Bearer("quote", "quotes", "quotes.Quote", _("Quotes")),
    "credit": Bearer("credit", "credits", "credits.Credit", _("Credits")),
    "recurringinvoice": Bearer(
        "recurring_invoice", "recurring", "recurring.RecurringInvoice", _("Recurring invoices")
    ),
    "payment": Bearer("payment", "payments", "payments.Payment", _("Payments")),
    "product": Bearer("product", "products", "catalogue.Product", _("Products")),
}


def bearer_of(record: models.Model) -> Bearer:
    """The kind of a record. Raises KeyError for one whose pages show no tags."""
    return BEARERS[kind_of(record)]
