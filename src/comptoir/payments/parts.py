"""Which invoices a sum is meant for, as a person or an app said it, and what is wrong with that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from comptoir.clients.models import Client
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import PAYABLE, Invoice, Status

UNKNOWN = _("This invoice is not available.")
OTHER_CLIENT = _("This invoice belongs to another client.")
TWICE = _("This invoice is listed twice.")
TOO_MUCH = _("More than this invoice's balance of %(balance)s.")
NOT_PAYABLE = _("One of these invoices is already paid or cannot be paid.")
NO_AMOUNT = _("Say how much of the payment is for this invoice.")


@dataclass(frozen=True, slots=True)
class Part:
    """``amount`` of a payment that is meant for ``invoice``."""

    invoice: Invoice
    amount: Decimal


class Faults(dict[str, list[Any]]):
    """Refusals gathered by field, so that a person sees them all."""

    def add(self, field: str, sentence: Any) -> None:
        self.setdefault(field, []).append(sentence)

    def raise_any(self) -> None:
        if self:
            raise Refused.many(self)


def read(said: Sequence[Mapping[str, Any]]) -> list[Part]:
    """The parts of ``[{"invoice": Invoice, "amount": Decimal}, …]``.

    Raises Refused at ``invoices.<n>.invoice_id`` or ``.amount`` (contract rules 14).
    """
    faults = Faults()
    times = Counter(one["invoice"].pk for one in said if one.get("invoice") is not None)
    for n, one in enumerate(said):
        if one.get("invoice") is None:
            faults.add(f"invoices.{n}.invoice_id", UNKNOWN)
        elif times[one["invoice"].pk] > 1:
            faults.add(f"invoices.{n}.invoice_id", TWICE)
        if one.get("amount") is None:
            faults.add(f"invoices.{n}.amount", NO_AMOUNT)
            faults.add(f"invoices.{n}.invoice_id", NO_AMOUNT)
    faults.raise_any()
    return [Part(one["invoice"], one["amount"]) for one in said]


def refuse_unfit(parts: Sequence[Part], client: Client) -> None:
    """Each invoice is the client's, payable, and not asked for more than it owes (drafts: its amount)."""
    faults = Faults()
    for n, part in enumerate(parts):
        invoice = part.invoice
        if invoice.client_id != client.pk:
            faults.add(f"invoices.{n}.invoice_id", OTHER_CLIENT)
            continue
        if not is_payable(invoice):
            faults.setdefault("invoices", [NOT_PAYABLE])
        if part.amount < 0 < owed(invoice):
            faults.add(f"invoices.{n}.amount", _("A part cannot be negative."))
        elif not is_within(part.amount, owed(invoice)):
            faults.add(f"invoices.{n}.invoice_id", TOO_MUCH % {"balance": owed(invoice)})
    faults.raise_any()


def is_payable(invoice: Invoice) -> bool:
    return not invoice.is_deleted and invoice.status_id in PAYABLE


def owed(invoice: Invoice) -> Decimal:
    """What the invoice would still take: its balance, or its amount while it is a draft."""
    return invoice.amount if invoice.status_id == Status.DRAFT else invoice.balance


def is_within(part: Decimal, whole: Decimal) -> bool:
    """Between nothing and all of it, on whichever side of zero that is."""
    return min(whole, ZERO) <= part <= max(whole, ZERO)


def total(parts: Sequence[Part] | Sequence[Use]) -> Decimal:
    return sum((part.amount for part in parts), ZERO)


@dataclass(frozen=True, slots=True)
class Use:
    """``amount`` of ``credit`` that helps to pay."""

    credit: Credit
    amount: Decimal


def read_credits(said: Sequence[Mapping[str, Any]]) -> list[Use]:
    """The credits of ``[{"credit": Credit, "amount": Decimal}, …]``.

    Raises Refused at ``credits.<n>.credit_id`` or ``.amount``.
    """
    faults = Faults()
    times = Counter(one["credit"].pk for one in said if one.get("credit") is not None)
    for n, one in enumerate(said):
        if one.get("credit") is None:
            faults.add(f"credits.{n}.credit_id", _("This credit is not available."))
        elif times[one["credit"].pk] > 1:
            faults.add(f"credits.{n}.credit_id", _("This credit is listed twice."))
        if one.get("amount") is None:
            faults.add(f"credits.{n}.amount", _("Say how much of the credit to use."))
    faults.raise_any()
    return [Use(one["credit"], one["amount"]) for one in said]


def refuse_unfit_credits(uses: Sequence[Use], parts: Sequence[Part], client: Client) -> None:
    """Each is the client's and has that much left; together they are not more than the invoices."""
    faults = Faults()
    for n, use in enumerate(uses):
        credit = use.credit
        left = credit.amount if credit.is_draft else credit.balance
        if credit.client_id != client.pk or credit.is_deleted:
            faults.add(f"credits.{n}.credit_id", _("This credit is not available."))
        elif not 0 < use.amount <= left:
            faults.add(f"credits.{n}.amount", _("Only %(left)s of this credit is left.") % {"left": left})
    if uses and not parts:
        faults.add("invoices", _("Say which invoices the credits are for."))
    elif uses and total(uses) > total(parts):
        faults.add("credits", _("The credits are more than the invoices they are for."))
    faults.raise_any()
