"""The list of clients (S14)."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client, Group
from comptoir.kernel import ids
from comptoir.office import owned
from comptoir.office.assigning.entries import ASSIGN, Assigning
from comptoir.office.clients import client_url, named
from comptoir.office.clients.columns import asked_for, columns, introduce
from comptoir.office.desk import Desk
from comptoir.office.links import page_url
from comptoir.office.lists import ListColumn, ListFilter, ListPage, Rows
from comptoir.office.lists.money import Sums
from comptoir.office.pages import page
from comptoir.office.runs import TEMPLATE, run_action
from comptoir.office.tags.bearing import Tags
from comptoir.reference import currency, industry, size
from comptoir.reference.names import name_in, sorted_by_name
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action
from comptoir.ui.tags.figures import locale


def show(desk: Desk) -> HttpResponseBase:
    """The list, or a file of what it shows."""
    declared = list_page(desk)
    rows = asked_for(desk.seen(Client.objects.all(), "client"), declared.shown(desk))
    if file := declared.export(desk, rows):
        return file
    context = {
        "list": declared.listing(desk, rows),
        "may_create": desk.may("create", "client"),
        "groups_url": page_url("groups"),
    }
    return page(desk, "clients/list.html", context, module="clients")


def list_page(desk: Desk) -> ListPage:
    """The declaration of the list."""
    new = [Action(_("New client"), page_url("new-client"), "plus")] if desk.may("create", "client") else []
    groups = list(Group.objects.order_by("name"))
    tags, assigning = Tags("client"), Assigning(desk, "client")
    return ListPage(
        name="clients",
        url=page_url("clients"),
        columns=columns(desk, *tags.columns(shown=False)),
        row=lambda client, shown: _row(desk, client, shown),
        placeholder=_("Name, number, contact, e-mail…"),
        filters=[
            _group_filter(groups),
            *tags.filters(),
            *assigning.filters(),
            _balance_filter(),
            *_kinds(),
            *owned.filters(desk, "client"),
        ],
        order=("sort_name", "pk"),
        actions=_actions(),
        bulk=[
            Action(_("Archive"), "", "archive", "post", key="archive"),
            Action(_("Restore"), "", "archive-off", "post", key="restore"),
            Action(_("Assign a group"), page_url("assign-group"), "users-group", "dialog", key="group"),
            *assigning.bulk(),
            *tags.bulk(),
            run_action("client"),
            Action(_("Export"), page_url("export-clients"), "download", "dialog", key="export"),
            Action(_("Delete"), "", "trash", "post", key="delete", danger=True),
        ],
        bulk_url=page_url("bulk-client"),
        empty_title=_("No client here"),
        empty_text=_("A client is whom you invoice: a person or a business."),
        empty_icon="users",
        empty_actions=new,
        exported=[ListColumn("currency", _("Currency"), _code)],
        export_url=page_url("export-clients"),
        ready=tags.ready(introduce),
        totals=lambda keys: _totals(keys, desk, groups),
    )


def _actions() -> list[Action]:
    at = reverse("office:show-client", args=["ID"]).replace("ID", "{id}")
    return [
        Action(_("Edit"), f"{at}/edit", "pencil", key="edit"),
        Action(_("New invoice"), page_url("new-invoice") + "?client={id}", "file-plus", key="invoice"),
        Action(_("Assign a group"), f"{at}/group", "users-group", "dialog", key="group"),
        Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
        Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore", divided=True),
        Action(_("Delete"), f"{at}/delete", "trash", "dialog", key="delete", danger=True),
    ]


def _code(client: Client) -> str:
    return getattr(currency(client.currency_id), "code", "")


def _row(desk: Desk, client: Client, shown: list[Any]) -> Row:
    allowed = desk.may("edit", "client", client)
    can = ["export", *(["restore" if client.archived_at else "archive"] if allowed else [])]
    if allowed and not client.is_deleted:
        can += ["edit", "delete", "group", ASSIGN, "tag"]
    if not client.is_deleted and desk.may("create", "invoice"):
        can.append("invoice")
    can += [] if client.is_deleted else [TEMPLATE]
    return Row(
        id=ids.encode(client.pk),
        label=named(client),
        cells=shown,
        url=client_url(client),
        edit_url=client_url(client, "edit") if "edit" in can else "",
        can=" ".join(can),
    )


def _group_filter(groups: list[Group]) -> ListFilter:
    return ListFilter(
        "group",
        gettext_lazy("Group"),
        [(ids.encode(each.pk), each.name) for each in groups if not each.is_archived],
        lambda rows, value: rows.filter(group_id=ids.decode(value) or 0),
        label_of=lambda value: _("Unknown group"),
    )


def _balance_filter() -> ListFilter:
    def narrow(rows: Rows, value: str) -> Rows:
        return rows.filter(balance__gt=0) if value == "yes" else rows.filter(credit_balance__gt=0)

    choices = (("yes", _("Owes money")), ("credit", _("Has a credit")))
    return ListFilter("owes", gettext_lazy("Balance"), choices, narrow)


def _kinds() -> list[ListFilter]:
    """By what a client is: its size, its industry (S81, S82)."""
    spoken = locale()
    return [
        ListFilter(
            "size_id",
            gettext_lazy("Size"),
            [(row.id, name_in(row, spoken)) for row in size],
            lambda rows, value: rows.filter(size_id=value).exclude(size_id=""),
        ),
        ListFilter(
            "industry_id",
            gettext_lazy("Industry"),
            [(row.id, name) for name, row in sorted_by_name(industry, spoken)],
            lambda rows, value: rows.filter(industry_id=value).exclude(industry_id=""),
        ),
    ]


def _totals(keys: list[int], desk: Desk, groups: list[Group]) -> Sums:
    """What all the filtered clients owe and have paid.

    A client's currency comes from the cascade, so that the sums are made for each group and settings.
    """
    own = str(desk.preferences.currency_id)
    by_group = {each.pk: each.settings.get("currency_id") for each in groups}
    parts = (
        Client.objects.filter(pk__in=keys)
        .order_by()
        .values_list("settings", "group_id")
        .annotate(paid=Sum("paid_to_date"), due=Sum("balance"))
    )
    found = Sums(own)
    for settings, group_id, paid, due in parts:
        unit = settings.get("currency_id") or by_group.get(group_id) or own
        found.add(str(unit), paid_to_date=paid, balance=due)
    return found
