"""The list of a kind of documents."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.lists import ListColumn, ListFilter, ListPage
from comptoir.office.pages import page, part
from comptoir.reference import currency
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action


def show(desk: Desk, kind: Kind) -> HttpResponse:
    """The list; htmx asks for its results alone."""
    rows = desk.seen(kind.model.objects.all(), kind.entity).select_related("client")
    listing = list_page(kind, desk).listing(desk, rows)
    context = {"list": listing, "kind": kind, "may_create": desk.may("create", kind.entity)}
    if desk.request.headers.get("HX-Target") == "results":
        return part(desk, "documents/results.html", context)
    return page(desk, "documents/list.html", context, module=kind.key)


def list_page(kind: Kind, desk: Desk) -> ListPage:
    """The declaration of the list of a kind."""
    new = [Action(str(kind.words.new), kind.url("new"), "plus")] if desk.may("create", kind.entity) else []
    return ListPage(
        name=kind.key,
        url=kind.list_url,
        columns=_columns(kind),
        row=lambda document, place, shown: _row(kind, document, place, shown),
        search=lambda rows, text: rows.matching(text),
        placeholder=kind.words.search,
        filters=[
            ListFilter(
                "status",
                gettext_lazy("Status"),
                lambda place: kind.filters,  # noqa: ARG005
                lambda rows, value, place: kind.narrow(rows, value, place.on),
            ),
            by_client(),
        ],
        actions=_actions(kind),
        bulk=[Action(str(verb.label), "", verb.icon, "post", key=verb.key, danger=verb.danger) for verb in kind.verbs],
        bulk_url=kind.url("bulk"),
        empty_title=kind.words.none_yet,
        empty_text=kind.words.none_text,
        empty_icon=kind.icon,
        empty_actions=new,
        totals=lambda rows, place: _totals(kind, rows, place),
    )


def by_client() -> ListFilter:
    """Only what concerns one client; set by links, shown as a chip (S18)."""
    return ListFilter(
        "client",
        gettext_lazy("Client"),
        lambda place: (),  # noqa: ARG005
        lambda rows, value, place: rows.filter(client_id=ids.decode(value)),  # noqa: ARG005
        label_of=_client_name,
    )


def _client_name(value: str, desk: Desk) -> str:  # noqa: ARG001
    found = Client.objects.filter(pk=ids.decode(value)).first()
    return (found.display_name or _("Empty contact")) if found else _("Unknown client")


def _columns(kind: Kind) -> list[ListColumn]:
    columns = [
        ListColumn("number", _("Number"), lambda d, place: _number(kind, d), "number", strong=True, phone="main"),
        ListColumn("client", _("Client"), _client, "client__display_name", phone="sub"),
        ListColumn("date", _("Date"), lambda d, place: cells.day(d.date), "date", quiet=True),  # noqa: ARG005
        ListColumn("due_date", kind.words.due, lambda d, place: cells.day(d.due_date), "due_date", quiet=True),  # noqa: ARG005
        ListColumn("status", _("Status"), lambda d, place: _badge(kind, d, place), phone="end"),
        ListColumn("amount", _("Amount"), lambda d, place: _sum(d, d.amount), "amount", end=True, phone="end"),  # noqa: ARG005
    ]
    if kind.wants_money:
        columns.append(
            ListColumn("balance", _("Balance"), lambda d, place: _sum(d, d.balance), "balance", end=True, strong=True)  # noqa: ARG005
        )
    columns.append(
        ListColumn("po_number", _("Order number"), lambda d, place: d.po_number, quiet=True, shown=False)  # noqa: ARG005
    )
    return columns


def _number(kind: Kind, document: Any) -> Any:
    return cells.link(document.number or _("Draft"), kind.url("show", document))


def _client(document: Any, desk: Desk) -> Any:  # noqa: ARG001
    from comptoir.office.clients import client_url

    return cells.link(document.client.display_name or _("Empty contact"), client_url(document.client))


def _badge(kind: Kind, document: Any, desk: Desk) -> Any:
    label, status = kind.status(document, desk.on)
    return cells.badge(label, status=status)


def _sum(document: Any, amount: Any) -> Any:
    return cells.money(amount, currency(document.currency_id))


def _row(kind: Kind, document: Any, desk: Desk, shown: list[Any]) -> Row:
    can = [verb.key for verb in kind.verbs if verb.may(document, desk.on)]
    if not document.is_deleted:
        can.append("edit")
    return Row(
        id=ids.encode(document.pk),
        label=document.number or _("Draft"),
        cells=shown,
        url=kind.url("show", document),
        edit_url="" if document.is_deleted else kind.url("edit", document),
        can=" ".join(can) if desk.may("edit", kind.entity, document) else "",
    )


def _actions(kind: Kind) -> list[Action]:
    from django.urls import reverse

    base = reverse(f"office:show-{kind.entity}", args=["ID"]).replace("ID", "{id}")
    acts = [Action(_("Edit"), f"{base}/edit", "pencil", key="edit")]
    acts += [
        Action(
            str(verb.label), f"{base}/{verb.key}", verb.icon, "post", key=verb.key, danger=verb.danger,
            divided=verb.divided,
        )
        for verb in kind.verbs
    ]  # fmt: skip
    return acts


def _totals(kind: Kind, rows: Any, desk: Desk) -> list[Any]:
    """Sums of what is filtered, where all is in one currency and there is not too much of it."""
    few = rows.order_by()[:1001]
    if few.count() > 1000:
        return []
    kept = kind.model.objects.filter(pk__in=few.values("pk"))
    units = list(kept.values_list("currency_id", flat=True).distinct()[:2])
    if len(units) != 1:
        return []
    sums = kept.aggregate(amount=Sum("amount"), balance=Sum("balance"))
    unit = currency(units[0])
    shown = list_page_columns(kind, desk)
    return [
        cells.money(sums[key], unit) if key in sums and sums[key] is not None else "" for key in shown
    ]


def list_page_columns(kind: Kind, desk: Desk) -> list[str]:
    """The keys of the columns a member sees, in order."""
    chosen = desk.membership.settings.get("columns", {}).get(kind.key)
    return [
        column.key
        for column in _columns(kind)
        if (column.key in chosen or column.phone == "main" if chosen else column.shown)
    ]
