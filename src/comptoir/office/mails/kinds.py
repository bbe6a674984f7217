"""What the mails to clients are about: the right that they want, the record's page, the way to send again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.links import address


@dataclass(frozen=True)
class Kind:
    """``entity`` is the word of permissions; ``table`` has the record, "" where it is the client itself.

    ``page`` and ``again`` name the addresses that show it and mail it once more; ``asks`` says that the
    latter opens a dialog.
    """

    entity: str
    label: Any
    table: str = ""
    page: str = ""
    again: str = ""
    asks: bool = True


KINDS: Final = {
    "invoice": Kind("invoice", _("Invoice"), "invoices.Invoice", "show-invoice", "mail-invoice"),
    "quote": Kind("quote", _("Quote"), "quotes.Quote", "show-quote", "mail-quote"),
    "credit": Kind("credit", _("Credit"), "credits.Credit", "show-credit", "mail-credit"),
    "recurring_invoice": Kind(
        "recurring_invoice",
        _("Recurring invoice"),
        "recurring.RecurringInvoice",
        "show-recurring_invoice",
    ),
    "payment": Kind(
        "payment", _("Receipt"), "payments.Payment", "show-payment", "receipt-payment", asks=False
    ),
    "statement": Kind("invoice", _("Statement"), "", "statement-client", "statement-mail-client"),
    "portal": Kind("client", _("Client portal")),
}
"""By the kind of a MailDelivery. Mails of other kinds go to the company's own people."""


def seen_kinds(place: Desk) -> list[str]:
    """The kinds whose mails the member may see whosever they are."""
    return [name for name, kind in KINDS.items() if place.may("view", kind.entity)]


def record_of(name: str, pk: int) -> Any:
    """The record that a mail is about; None where it is the client, or the record is gone."""
    kind = KINDS[name]
    return apps.get_model(kind.table)._default_manager.filter(pk=pk).first() if kind.table else None


def labels_of(keys: dict[str, set[int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """What records are called and where they are shown, by kind and key: one question a kind."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for name, wanted in keys.items():
        kind = KINDS.get(name)
        if kind is None:
            continue
        if kind.table:
            rows = apps.get_model(kind.table)._default_manager.filter(pk__in=wanted)
            for pk, number in rows.values_list("pk", "number"):
                label = f"{kind.label} {number}" if number else str(kind.label)
                found[name, pk] = label, address(kind.page, pk)
        elif kind.page:
            found |= {(name, pk): (str(kind.label), address(kind.page, pk)) for pk in wanted}
    return found


def key_of(pk: int) -> str:
    """The id of a mail in addresses."""
    return ids.encode(pk)
