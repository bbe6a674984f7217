"""What a client owes and what is owed to them, as the rows of a payment's form."""

from __future__ import annotations

from typing import Any

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.payments import number
from comptoir.reference import currency
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.boxes import plain
from comptoir.ui.tags.figures import day, money
from comptoir.ui.tags.inputs import localised

MOST = 200


def due(place: Desk, client: Client) -> list[dict[str, Any]]:
    """What the client owes, oldest first."""
    rows = place.seen(Invoice.objects.filter(client=client).payable(), "invoice").order_by("due_date", "pk")
    return [_row("part", each, each.requested_by) for each in rows[:MOST]]


def open_credits(place: Desk, client: Client) -> list[dict[str, Any]]:
    """The credits that can settle something today, oldest first."""
    rows = place.seen(Credit.objects.filter(client=client).applicable(place.on), "credit").order_by("pk")
    return [_row("credit", each, each.due_date) for each in rows[:MOST]]


def using(place: Desk, client: Client | None, key: str) -> dict[str, Any]:
    """The fields of a form that lets one credit pay what is due, the oldest first; none without it."""
    pk = ids.decode(key)
    rows = place.seen(Credit.objects.filter(client=client).applicable(place.on), "credit")
    credit = rows.filter(pk=pk).first() if client and pk is not None else None
    if credit is None:
        return {}
    owing = place.seen(Invoice.objects.filter(client=client).payable(), "invoice").order_by("due_date", "pk")
    left, parts = credit.balance, {}
    for invoice in owing[:MOST]:
        if left <= 0:
            break
        paid = min(left, invoice.balance)
        left -= paid
        parts[f"part.{ids.encode(invoice.pk)}"] = paid
    return {f"credit.{ids.encode(credit.pk)}": credit.balance - left, **parts} if parts else {}


def _row(prefix: str, document: Any, when: Any) -> dict[str, Any]:
    return {
        "name": f"{prefix}.{ids.encode(document.pk)}",
        "number": document.number,
        "due": day(when),
        "balance": money(document.balance, currency(document.currency_id)),
        "plain": plain(localised(document.balance)),
    }


def read_parts(sent: Any, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The invoices with what was typed at each; an unknown one is refused by the operation."""
    return [
        {"invoice": Invoice.objects.filter(pk=pk).first(), "amount": number(sent[name], name, faults)}
        for name, pk in _filled(sent, "part.")
    ]


def read_credits(sent: Any, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The credits with what was typed at each."""
    return [
        {"credit": Credit.objects.filter(pk=pk).first(), "amount": number(sent[name], name, faults)}
        for name, pk in _filled(sent, "credit.")
    ]


def _filled(sent: Any, prefix: str) -> list[tuple[str, int | None]]:
    return [
        (name, ids.decode(name.removeprefix(prefix)))
        for name in sent
        if name.startswith(prefix) and sent[name].strip()
    ]
