"""Payments: one row each, or several rows of the same number for several invoices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.insight.imports import cells
from comptoir.insight.imports.declaring import Column, Order, Session
from comptoir.payments.models import Payment
from comptoir.preferences.custom_fields import custom_fields
from comptoir.tenancy.scope import current_company

from . import choices
from .payment_rows import PaymentRows
from .payment_words import WORDS

_PAYMENT: Final = gettext_lazy("Payment")
_CLIENT: Final = gettext_lazy("Client")


class Payments:
    """The wire's columns in its order, then ours."""

    key = permission = "payment"
    title = gettext_lazy("Payments")
    batch = 100
    updates = False
    keys: Mapping[str, Any] = {
        "number": gettext_lazy("Number"),
        "transaction_reference": gettext_lazy("Reference, of the same client"),
    }

    def columns(self) -> Sequence[Column]:
        return [replace(column, names=WORDS.get(column.id, ())) for column in _columns()]

    def lacking(self, mapping: Mapping[int, str]) -> str:
        chosen = set(mapping.values())
        if "payment.amount" not in chosen:
            return _("Say which column holds the amount.")
        if not chosen & {"payment.client_id", "payment.invoice_number", "client.number", "client.email"}:
            return _("Say which column names the client or the invoice.")
        return ""

    def session(self, order: Order) -> Session:
        return PaymentRows(order)

    def records(self, ids: Sequence[int]) -> dict[int, str]:
        return dict(Payment.objects.filter(pk__in=ids).values_list("pk", "number"))


def _columns() -> Iterator[Column]:
    column = partial(Column, section=_PAYMENT, read=cells.text)
    hidden = partial(Column, section=_PAYMENT, read=cells.nothing, shown=False)
    yield column("payment.number", pgettext_lazy("of a payment", "Number"))
    yield column("payment.user_id", gettext_lazy("Assigned user"), read=choices.users())
    yield column("payment.amount", gettext_lazy("Amount"), read=cells.amount)
    yield column("payment.refunded", gettext_lazy("Refunded"), read=cells.amount)
    yield hidden("payment.applied", gettext_lazy("Applied"))
    yield column("payment.transaction_reference", gettext_lazy("Reference"))
    yield column("payment.private_notes", gettext_lazy("Private notes"))
    named = {field.place: field for field in custom_fields(current_company().custom_fields, "payment")}
    for place in range(1, 5):
        field = named.get(place)
        yield Column(
            f"payment.custom_value{place}",
            field.label if field else f"{_('Custom field')} {place}",
            cells.custom(field) if field else cells.text,
            gettext_lazy("Custom fields"),
            shown=field is not None,
        )
    yield Column("payment.client_id", gettext_lazy("Client name"), cells.text, _CLIENT)
    yield column("payment.invoice_number", gettext_lazy("Invoices paid"), read=choices.numbers)
    yield column("payment.date", gettext_lazy("Date"), read=cells.day)
    yield column("payment.method", gettext_lazy("Means of payment"), read=choices.means())
    yield Column("client.number", gettext_lazy("Client number"), cells.text, _CLIENT)
    yield Column("client.email", gettext_lazy("Client e-mail"), cells.text, _CLIENT)
