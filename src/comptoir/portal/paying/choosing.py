"""Which invoices are paid, and how much of each: read from an address or a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comptoir.collecting.rules import least
from comptoir.delivery.placeholders.reader import Reader
from comptoir.kernel import ids
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.payments.parts import Part
from comptoir.portal.documents import listing
from comptoir.portal.documents.kinds import INVOICES
from comptoir.portal.paying import amounts
from comptoir.portal.visits import Visit
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.arithmetic import calculate


@dataclass
class Choice:
    """What a visitor could pay, what is ticked, and the amounts as typed."""

    due: Sequence[Invoice]
    ticked: set[int]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def wanted(self) -> list[Invoice]:
        return [invoice for invoice in self.due if invoice.pk in self.ticked]

    def amount(self, invoice: Invoice) -> Decimal:
        """As typed, else what is asked for; nothing for what is no number."""
        text = self.typed.get(f"amount.{ids.encode(invoice.pk)}")
        if text is None:
            return invoice.requested
        try:
            return calculate(text)
        except ValueError:
            return ZERO

    def parts(self, currency_id: str) -> list[Part]:
        """What is to be paid online: of one currency, the client's."""
        return [
            Part(invoice, self.amount(invoice))
            for invoice in self.wanted
            if invoice.currency_id == currency_id
        ]

    def read_strictly(self) -> None:
        """Raises Refused at ``amounts.<n>`` for what is no number."""
        faults: dict[str, list[Any]] = {}
        for n, invoice in enumerate(self.wanted):
            typed = self.typed.get(f"amount.{ids.encode(invoice.pk)}", "0")
            if fault := amounts.fault_of(typed, invoice.currency_id):
                faults[f"amounts.{n}"] = [fault]
        if faults:
            raise Refused.many(faults)


def choice(there: Visit, due: Sequence[Invoice], sent: Any) -> Choice:
    """Those that are named; an address that names none means all of them.

    A visit that opens one document alone names it, and pays nothing else. Raises MoreNeeded.
    """
    named = {ids.decode(key) or 0 for key in sent.getlist("invoice")}
    if not there.is_whole:
        for pk in named or {0}:
            there.need("invoice", pk)
        due = [one for one in due if one.pk in named]
    is_all = not named and there.request.method != "POST"
    ticked = {one.pk for one in due if is_all or one.pk in named}
    typed = {name: value for name, value in sent.items() if name.startswith("amount.")}
    return Choice(due, ticked, typed)


def _help(there: Visit, invoice: Invoice, reader: Reader) -> str:
    """What may be typed instead of the amount that is asked for."""
    chosen, sentences = there.preferences, []
    smallest = least(invoice, there.client)
    if chosen.client_portal_allow_under_payment and smallest < invoice.requested:
        sentences.append(
            _("You may pay a part: at least %(least)s.") % {"least": reader.money(smallest)}
            if smallest > 0
            else _("You may pay a part.")
        )
    if chosen.client_portal_allow_over_payment:
        sentences.append(_("What is more than is owed stays on your account."))
    return " ".join(sentences)


def rows(there: Visit, chosen: Choice) -> list[dict[str, Any]]:
    """What the page shows of each invoice; faults stand below its amount."""
    places = {invoice.pk: n for n, invoice in enumerate(chosen.wanted)}
    client = there.client
    free = bool(
        there.preferences.client_portal_allow_under_payment
        or there.preferences.client_portal_allow_over_payment
    )
    found = []
    for invoice in chosen.due:
        reader = there.reader(invoice.currency_id)
        name = f"amount.{ids.encode(invoice.pk)}"
        found.append(
            {
                "row": listing.entries(there, INVOICES, [invoice])[0],
                "key": ids.encode(invoice.pk),
                "chosen": invoice.pk in chosen.ticked,
                "asked": reader.money(invoice.requested),
                "balance": reader.money(invoice.balance) if invoice.requested != invoice.balance else "",
                "name": name,
                "typed": chosen.typed.get(name) or amounts.written(invoice.requested, reader),
                "help": _help(there, invoice, reader),
                "free": free and invoice.currency_id == client.currency_id,
                "currency": reader.currency.code,
                "faults": chosen.errors.get(f"amounts.{places.get(invoice.pk, -1)}", []),
            }
        )
    return found
