"""What a client may pay online, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comptoir.clients.models import Client
from comptoir.kernel import formats
from comptoir.kernel.money import ZERO
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments.parts import Part
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice

from .models import OPEN, Attempt, Kind

UNDER_WAY: Final = _("A payment of this invoice is already under way.")
OTHER_OWN: Final = _("What you have with us has changed. Please look at the new total.")
NOT_OWED: Final = _("This invoice is no longer to be paid.")


def refuse_unfit(parts: Sequence[Part], client: Client) -> None:
    """Each part is of an open invoice of the client, in the client's currency, and as much as is allowed.

    Less than is asked for takes a setting, and has a smallest amount; so does more than is owed.
    Raises Refused at ``amounts.<n>``.
    """
    faults: dict[str, list[Any]] = {}
    for n, part in enumerate(parts):
        sentence = _fault(part, client)
        if sentence:
            faults[f"amounts.{n}"] = [sentence]
    if not parts:
        faults["invoices"] = [_("Choose what you would like to pay.")]
    if faults:
        raise Refused.many(faults)


def refuse_wish(parts: Sequence[Part], amount: Decimal, client: Client) -> None:
    """Invoices are wished, or an amount in advance. Raises Refused like ``refuse_unfit``, and at amount."""
    if not amount:
        refuse_unfit(parts, client)
        return
    refuse_advance(amount, client)


def least_in_advance(client: Client) -> Decimal:
    """The smallest payment without an invoice."""
    return Decimal(client.preferences.client_initiated_payments_minimum or 0)


def refuse_advance(amount: Decimal, client: Client) -> None:
    """Payments in advance take a setting, and have a smallest amount. Raises Refused at amount."""
    smallest = least_in_advance(client)
    if not client.preferences.client_initiated_payments:
        raise Refused("amount", _("Payments in advance are not possible here."))
    if amount <= 0:
        raise Refused("amount", _("Enter an amount."))
    if amount < smallest:
        sentence = _("Please pay at least %(least)s.") % {"least": _money(smallest, client)}
        raise Refused("amount", sentence)


def refuse_nothing_left(amount: Decimal) -> None:
    """No provider is asked for nothing."""
    if amount <= 0:
        raise Refused("own", OTHER_OWN)


def _fault(part: Part, client: Client) -> Any:
    invoice, preferences = part.invoice, client.preferences
    if not is_owed(invoice, client):
        return NOT_OWED
    if part.amount <= 0:
        return _("Enter an amount.")
    if part.amount < least(invoice, client):
        if not preferences.client_portal_allow_under_payment:
            return _("Please pay the whole amount that is asked for.")
        return _("Please pay at least %(least)s.") % {"least": _money(least(invoice, client), client)}
    if part.amount > invoice.balance and not preferences.client_portal_allow_over_payment:
        return _("This is more than is left to pay.")
    return None


def _money(amount: Decimal, client: Client) -> str:
    """As the reader writes it."""
    own = currency(client.currency_id)
    return formats.money(amount, own, get_language() or "en") if own else str(amount)


def is_owed(invoice: Invoice, client: Client) -> bool:
    """Whether money can be taken for it online."""
    mine = invoice.client_id == client.pk and invoice.currency_id == client.currency_id
    return mine and invoice.is_open and not invoice.is_deleted and invoice.balance > 0


def least(invoice: Invoice, client: Client) -> Decimal:
    """The smallest amount that may be paid: what is asked for, or the least that the settings allow."""
    preferences = client.preferences
    if not preferences.client_portal_allow_under_payment:
        return invoice.requested
    return min(Decimal(preferences.client_portal_under_payment_minimum or 0), invoice.requested)


def refuse_under_way(client: Client, parts: Iterable[Part], once: str = "") -> None:
    """One try at a time: two could both succeed; one for each word of a page.

    The caller holds the client's lock.
    """
    if once and Attempt.objects.filter(key=once).exists():
        raise WrongState(UNDER_WAY)
    if under_way(client, {part.invoice.pk for part in parts}):
        raise WrongState(UNDER_WAY)


def under_way(client: Client, invoice_ids: Collection[int]) -> list[Attempt]:
    """Tries that may still bring money for one of these invoices."""
    return [one for one in open_attempts(client) if not set(invoice_ids).isdisjoint(one.invoice_ids)]


def open_attempts(client: Client) -> list[Attempt]:
    """Tries of the client that may still bring money."""
    rows = Attempt.objects.filter(client=client, state__in=OPEN).exclude(kind=Kind.STORE)
    return list(rows.select_related("gateway").order_by("pk"))


def refuse_other_fee(shown: Decimal | None, fee: Decimal) -> None:
    """Nobody pays a fee that was not shown."""
    if (shown or ZERO) != fee:
        raise Refused("fee", _("The fee has changed. Please look at the new total."))
