"""The list of a kind of documents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client
from comptoir.clients.queries import of_live_clients
from comptoir.exchange.rates import UNKNOWN
from comptoir.insight.imports.entities import ENTITIES
from comptoir.kernel import ids
from comptoir.office.assigning.entries import ASSIGN, Assigning
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk
from comptoir.office.documents import many
from comptoir.office.documents.kinds import Kind, Verb
from comptoir.office.links import page_url
from comptoir.office.lists import ListColumn, ListFilter, ListPage, Rows
from comptoir.office.lists.money import sums
from comptoir.office.lists.periods import by_date
from comptoir.office.pages import page
from comptoir.office.runs import TEMPLATE, run_action
from comptoir.office.tags.bearing import Tags
from comptoir.reference import currency
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action

COLUMNS: Final = (
    "company", "user", "assigned_user", "number", "status_id", "date", "due_date", "partial",
    "partial_due_date",
    "amount", "balance", "paid_to_date", "currency_id", "po_number", "last_sent_date", "private_notes",
    "archived_at", "deleted_at",
)  # fmt: skip
"""What a row may show, or must know to say what can be done with it; the rest stays in the database."""
BY_CLIENT: Final = ("client__sort_name", "client_id")
OF_CLIENT: Final = (
    "client__company", "client__display_name", "client__settings", "client__deleted_at",
    "client__group__company",
    "client__group__settings",
)  # fmt: skip


def show(desk: Desk, kind: Kind) -> HttpResponseBase:
    """The list, or a file of what it shows. Documents of deleted clients are left out (decision C17)."""
    rows = desk.seen(of_live_clients(kind.model.objects.all()), kind.entity)
    rows = rows.select_related("client", "client__group", *kind.own_related)
    rows = rows.only(*COLUMNS, *OF_CLIENT, *kind.own_columns)
    declared = list_page(kind, desk)
    if file := declared.export(desk, rows):
        return file
    context = {
        "list": declared.listing(desk, rows),
        "kind": kind,
        "may_create": desk.may("create", kind.entity),
        "new_url": kind.url("new"),
        "import_url": page_url("imports") + f"?entity={kind.entity}" if kind.entity in ENTITIES else "",
    }
    return page(desk, "documents/list.html", context, module=kind.key)


def list_page(kind: Kind, desk: Desk) -> ListPage:
    """The declaration of the list of a kind."""
    new = [Action(str(kind.words.new), kind.url("new"), "plus")] if desk.may("create", kind.entity) else []
    summed = ("amount", "balance") if kind.wants_money else ("amount",)
    tags, assigning = Tags(str(kind.model._meta.model_name)), Assigning(desk, kind.entity)
    verbs = [verb for verb in kind.verbs if verb.wanted()]
    return ListPage(
        name=kind.key,
        url=kind.list_url,
        columns=[*_columns(kind, desk), *tags.columns()],
        row=lambda document, shown: _row(kind, desk, document, shown),
        placeholder=kind.words.search,
        filters=[
            _status(kind, desk),
            *(kind.own_filters(desk) if kind.own_filters else [by_date(desk)]),
            *tags.filters(),
            *assigning.filters(),
            by_client(desk),
            without_rate(),
        ],
        actions=_actions(kind, verbs),
        bulk=[
            *many.actions(kind, desk),
            *(_bulk(kind, verb) for verb in verbs),
            *assigning.bulk(),
            *tags.bulk(),
            Action(_("Export"), kind.url("export"), "download", "dialog", key="export"),
            *kind.bulk_actions(kind),
            run_action(kind.entity),
        ],
        bulk_url=kind.url("bulk"),
        empty_title=kind.words.none_yet,
        empty_text=kind.words.none_text,
        empty_icon=kind.icon,
        empty_actions=new,
        exported=[CURRENCY],
        export_url=kind.url("export"),
        ready=tags.ready(),
        totals=lambda keys: sums(kind.model, keys, summed, str(desk.preferences.currency_id)),
    )


def code_of(row: Any) -> str:
    """The code of the currency of a document or payment."""
    return getattr(currency(row.currency_id), "code", "")


CURRENCY = ListColumn("currency", gettext_lazy("Currency"), code_of)


def _bulk(kind: Kind, verb: Verb) -> Action:
    if verb.asks:
        at = kind.url("ask-many", None, verb.key)
        return Action(str(verb.label), at, verb.icon, "dialog", key=verb.key, danger=verb.danger)
    return Action(str(verb.label), "", verb.icon, "post", key=verb.key, danger=verb.danger)


def _status(kind: Kind, desk: Desk) -> ListFilter:
    def narrow(rows: Rows, value: str) -> Rows:
        return kind.narrow(rows, value, desk.on)

    return ListFilter("status", gettext_lazy("Status"), kind.filters, narrow)


def by_client(desk: Desk) -> ListFilter:
    """Only what concerns one client; set by links, shown as a chip (S18)."""

    def called(value: str) -> str:
        found = desk.seen(Client.objects.all(), "client").filter(pk=ids.decode(value)).first()
        return named(found) if found else _("Unknown client")

    return ListFilter(
        "client",
        gettext_lazy("Client"),
        (),
        lambda rows, value: rows.filter(client_id=ids.decode(value) or 0),
        label_of=called,
    )


def without_rate() -> ListFilter:
    """What is issued in a currency, and has no rate of exchange; set by the dashboard, shown as a chip."""
    return ListFilter(
        "no_rate",
        gettext_lazy("No exchange rate"),
        (),
        lambda rows, value: rows.filter(currency_id=value, exchange_rate=UNKNOWN).exclude(status_id=1),
        label_of=lambda value: getattr(currency(value), "code", value),
    )


def _columns(kind: Kind, desk: Desk) -> list[ListColumn]:
    quiet, hidden = partial(ListColumn, quiet=True), partial(ListColumn, quiet=True, shown=False)
    strong, on_phone = partial(ListColumn, strong=True), partial(ListColumn, phone="end")
    first = [
        strong(
            "number", _("Number"), partial(_number, kind), "number", phone="main", plain=attrgetter("number")
        ),
        ListColumn("client", _("Client"), lambda row: who(row.client), BY_CLIENT, phone="sub", wide=True),
    ]
    status = on_phone("status", _("Status"), lambda row: _badge(kind, desk, row))
    if kind.columns is not None:
        return [*first, status, *kind.columns(desk)]
    columns = [
        *first,
        quiet("date", _("Date"), lambda row: cells.day(row.date), "date", plain=attrgetter("date")),
        quiet("due_date", kind.words.due, _due, "due_date", plain=attrgetter("due_date")),
        status,
        amount("amount", _("Amount"), phone="end", strong=not kind.wants_money),
        hidden("po_number", _("Order number"), attrgetter("po_number")),
        hidden("last_sent_date", _("Last sent"), lambda row: cells.day(row.last_sent_date)),
        hidden("private_notes", _("Private notes"), lambda row: row.private_notes[:120]),
    ]
    if kind.wants_money:
        columns.insert(6, amount("balance", kind.words.left, strong=True))
        columns.insert(7, amount("paid_to_date", kind.words.paid, "", shown=False))
    return columns


def amount(name: str, label: str, sort: str | None = None, **more: Any) -> ListColumn:
    """A column of sums; a zero is shown in the column of amounts only."""
    plain = attrgetter(name)

    def cell(row: Any) -> Any:
        value = plain(row)
        return cells.money(value, currency(row.currency_id)) if value or name == "amount" else cells.NOTHING

    return ListColumn(name, label, cell, name if sort is None else sort, end=True, plain=plain, **more)


def _due(document: Any) -> Any:
    return cells.day(document.due_date)


def _number(kind: Kind, document: Any) -> Any:
    return cells.link(document.number or _("No number yet"), kind.url("show", document))


def who(client: Client) -> Any:
    """A client's name in a row of something of theirs."""
    return cells.link(named(client), client_url(client))


def _badge(kind: Kind, desk: Desk, document: Any) -> Any:
    label, status = kind.status(document, desk.on)
    return cells.badge(label, status=status)


def _row(kind: Kind, desk: Desk, document: Any, shown: list[Any]) -> Row:
    allowed = desk.may("edit", kind.entity, document)
    editable = allowed and kind.editable(document, desk.on)
    can = ["export", *(verb.key for verb in kind.offered(desk, document))]
    can += ["edit", ASSIGN] if editable else []
    can += many.keys(kind, desk, document, may_edit=allowed)
    can += ["tag"] if allowed and not document.is_deleted else []
    can += [] if document.is_deleted else [TEMPLATE]
    return Row(
        id=ids.encode(document.pk),
        label=document.number or _("No number yet"),
        cells=shown,
        url=kind.url("show", document),
        edit_url=kind.url("edit", document) if editable else "",
        can=" ".join(can),
    )


def _actions(kind: Kind, verbs: Sequence[Verb]) -> list[Action]:
    base = reverse(f"office:show-{kind.entity}", args=["ID"]).replace("ID", "{id}")
    edit = Action(_("Edit"), f"{base}/edit", "pencil", key="edit")
    offered = [
        Action(
            str(verb.label), f"{base}/{verb.key}", verb.icon, "dialog" if verb.asks else "post",
            key=verb.key, danger=verb.danger, divided=verb.divided,
        )
        for verb in verbs
    ]  # fmt: skip
    return [edit, Action(_("PDF"), f"{base}/pdf", "file-type-pdf", new_tab=True), *offered]
