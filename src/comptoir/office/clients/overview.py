"""The first tab of a client: figures, notes, tiles, the latest invoices (S16 to S24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comptoir.clients.models import Client, Group
from comptoir.kernel import ids
from comptoir.office.clients import client_url
from comptoir.office.clients.counts import counts
from comptoir.office.clients.details import address
from comptoir.office.clients.finding import people_of
from comptoir.office.clients.portal import portal_link
from comptoir.office.clients.settings import settings_url
from comptoir.office.desk import Desk
from comptoir.office.documents.people import called
from comptoir.office.invoices import INVOICES
from comptoir.office.links import address as address_of
from comptoir.office.links import page_url
from comptoir.office.modules import MODULES, Module
from comptoir.office.settings.choices import term_name
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.ui.parts import Stat, Tile
from comptoir.ui.tags.figures import money

LATEST = 6
MONTHS = 12


def overview(desk: Desk, client: Client) -> dict[str, Any]:
    """What the tab shows."""
    invoices = desk.seen(Invoice.objects.filter(client=client, deleted_at=None), "invoice")
    may_edit = desk.may("edit", "client", client) and not client.is_deleted
    return {
        "stats": _stats(desk, client),
        "tiles": tiles(desk, client),
        "latest": [_line(desk, invoice) for invoice in invoices.order_by("-pk")[:LATEST]],
        "all_invoices_url": page_url("invoices") + f"?client={ids.encode(client.pk)}",
        "people": [
            {"name": called(each), "email": each.email, "phone": each.phone} for each in people_of(client)[:3]
        ],
        "details_url": client_url(client, "tab", "details"),
        "address": address(client, ""),
        "months": _months(invoices, desk.on),
        "portal_link": portal_link(desk, client),
        "own_settings_url": settings_url(client) if may_edit else "",
    }


def _stats(desk: Desk, client: Client) -> list[Stat]:
    unit = currency(client.currency_id)
    late = Invoice.objects.filter(client=client).overdue(desk.on).count() if client.balance > 0 else 0
    note = ngettext("%(n)s invoice overdue", "%(n)s invoices overdue", late) % {"n": late}
    stats = [
        Stat(pgettext("client", "Paid to date"), money(client.paid_to_date, unit)),
        Stat(
            pgettext("client", "Balance due"), money(client.balance, unit),
            note if late else _("Nothing overdue"), "error" if late else "",
        ),
    ]  # fmt: skip
    if client.credit_balance or not client.payment_balance:
        stats.append(Stat(_("Credit"), money(client.credit_balance, unit)))
    if client.payment_balance:
        stats.append(Stat(_("To apply"), money(client.payment_balance, unit)))
    return [*stats, Stat(_("Pays in"), *_pays_in(client))]


def _pays_in(client: Client) -> tuple[str, str]:
    """The average number of days from an invoice's date to its payments, and what was agreed."""
    paid = Invoice.objects.filter(client=client, status_id=Status.PAID, deleted_at=None)
    rows = paid.values_list("date", "allocations__payment__date").order_by("-pk")[:200]
    days = [(when - issued).days for issued, when in rows if when is not None]
    average = round(sum(days) / len(days)) if days else 0
    terms = term_name(str(client.preferences.payment_terms))
    note = _("Terms: %(terms)s") % {"terms": terms} if terms else ""
    return (ngettext("%(n)s day", "%(n)s days", average) % {"n": average} if days else "—"), note


def _months(invoices: Any, on: date) -> list[Decimal]:
    """What was invoiced in each of the last twelve months, oldest first; nothing when there is nothing."""
    since = _months_before(on.replace(day=1), MONTHS - 1)
    sums: dict[tuple[int, int], Decimal] = {}
    issued = invoices.exclude(status_id__in=(Status.DRAFT, Status.CANCELLED, Status.REVERSED))
    for when, amount in issued.filter(date__gte=since).order_by().values_list("date", "amount"):
        month = (when.year, when.month)
        sums[month] = sums.get(month, Decimal(0)) + amount
    first, found = since, []
    for _n in range(MONTHS if sums else 0):
        found.append(sums.get((first.year, first.month), Decimal(0)))
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def _months_before(first: date, months: int) -> date:
    for _n in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def tiles(desk: Desk, client: Client) -> list[Tile]:
    """The groups tile and one for each module that has records of clients (S19)."""
    mine = [module for module in MODULES if module.tile and module.is_on(desk)]
    known = counts(desk, client, mine)
    return [_group_tile(desk, client), *(_tile(desk, module, client, *known[module.key]) for module in mine)]


def _group_tile(desk: Desk, client: Client) -> Tile:
    group = client.group
    may = desk.may("edit", "client", client) and not client.is_deleted
    choose = client_url(client, "group") if may else ""
    return Tile(
        label=_("Groups"),
        icon="users-group",
        count=group.name if group else _("None"),
        list_url=_group_url(desk, group) if group else choose or page_url("groups"),
        add_url=choose,
        add_label=_("Choose a group"),
        lists_in_dialog=bool(choose) and group is None,
        adds_in_dialog=True,
    )


def _group_url(desk: Desk, group: Group) -> str:
    """Its page; who may not see groups, the clients that are in it."""
    if desk.may("view", "group_setting", group):
        return address_of("show-group", group.pk)
    return f"{page_url('clients')}?group={ids.encode(group.pk)}"


def _tile(desk: Desk, module: Module, client: Client, active: int, archived: int) -> Tile:
    key = ids.encode(client.pk)
    may = desk.may("create", module.entity) and not client.is_deleted
    return Tile(
        label=str(module.label),
        icon=module.icon,
        count=said(active, archived),
        list_url=f"{module.list_url}?client={key}",
        add_url=f"{module.add_url}?client={key}" if may and module.add_url else "",
        add_label=str(module.add_label),
    )


def said(active: int, archived: int) -> str:
    """“3 active • 1 archived”, or “None” (S18)."""
    words: Sequence[str] = [
        text % {"n": n}
        for n, text in (
            (active, ngettext("%(n)s active", "%(n)s active", active)),
            (archived, ngettext("%(n)s archived", "%(n)s archived", archived)),
        )
        if n
    ]
    return " • ".join(words) or _("None")


def _line(desk: Desk, invoice: Any) -> dict[str, Any]:
    label, status = INVOICES.status(invoice, desk.on)
    return {
        "number": invoice.number or _("No number yet"),
        "url": INVOICES.url("show", invoice),
        "date": invoice.date,
        "label": label,
        "status": status,
        "amount": money(invoice.amount, currency(invoice.currency_id)),
    }
