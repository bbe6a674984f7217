"""The list of clients (S14)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client, Contact, Group
from comptoir.kernel import ids
from comptoir.office.clients import client_url
from comptoir.office.desk import Desk
from comptoir.office.lists import ListColumn, ListFilter, ListPage
from comptoir.office.pages import page
from comptoir.preferences.custom_fields import custom_fields
from comptoir.reference import country, currency
from comptoir.reference.names import name_in
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action
from comptoir.ui.tags.figures import locale
from comptoir.ui.tags.marks import bdi


def show(desk: Desk) -> HttpResponse:
    """The list of clients."""
    rows = desk.seen(Client.objects.all(), "client")
    listing = list_page(desk).listing(desk, _with_people(rows))
    context = {
        "list": listing,
        "may_create": desk.may("create", "client"),
        "groups_url": reverse("office:groups"),
    }
    return page(desk, "clients/list.html", context, module="clients")


def _with_people(rows: QuerySet[Client]) -> QuerySet[Client]:
    people = Prefetch("contacts", queryset=Contact.objects.live().order_by("-is_primary", "position", "pk"))
    return rows.select_related("group").prefetch_related(people)


def list_page(desk: Desk) -> ListPage:
    """The declaration of the list."""
    new = [Action(_("New client"), reverse("office:new-client"), "plus")] if desk.may("create", "client") else []
    at = reverse("office:show-client", args=["ID"]).replace("ID", "{id}")
    return ListPage(
        name="clients",
        url=reverse("office:clients"),
        columns=_columns(desk),
        row=_row,
        search=lambda rows, text: rows.matching(text),
        placeholder=_("Name, number, contact, e-mail…"),
        filters=[_group_filter(), _balance_filter()],
        order=("sort_name", "pk"),
        actions=[
            Action(_("Edit"), f"{at}/edit", "pencil", key="edit"),
            Action(_("New invoice"), reverse("office:new-invoice") + "?client={id}", "file-plus", key="invoice"),
            Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
            Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore", divided=True),
            Action(_("Delete"), f"{at}/delete", "trash", "dialog", key="delete", danger=True),
        ],
        bulk=[
            Action(_("Archive"), "", "archive", "post", key="archive"),
            Action(_("Restore"), "", "archive-off", "post", key="restore"),
            Action(_("Assign a group"), reverse("office:assign-group"), "users-group", "dialog", key="group"),
            Action(_("Delete"), "", "trash", "post", key="delete", danger=True),
        ],
        bulk_url=reverse("office:bulk-client"),
        empty_title=_("No client here"),
        empty_text=_("A client is whom you invoice: a person or a business."),
        empty_icon="users",
        empty_actions=new,
    )


def _columns(desk: Desk) -> list[ListColumn]:
    columns = [
        ListColumn("name", _("Client"), _name, "sort_name", phone="main"),
        ListColumn("number", _("Number"), lambda c, d: c.number, "sort_number", quiet=True),  # noqa: ARG005
        ListColumn("city", _("City"), lambda c, d: _place(c), "city", quiet=True),  # noqa: ARG005
        ListColumn("group", _("Group"), lambda c, d: c.group.name if c.group else "", quiet=True),  # noqa: ARG005
        ListColumn("email", _("E-mail"), lambda c, d: _email(c), quiet=True, shown=False),  # noqa: ARG005
        ListColumn("phone", _("Phone"), lambda c, d: bdi(c.phone) if c.phone else "", quiet=True, shown=False),  # noqa: ARG005
        ListColumn("id_number", _("ID number"), lambda c, d: c.id_number, "id_number", quiet=True, shown=False),  # noqa: ARG005
        ListColumn("vat_number", _("VAT number"), lambda c, d: c.vat_number, quiet=True, shown=False),  # noqa: ARG005
        ListColumn("paid_to_date", _("Paid to date"), lambda c, d: _sum(c, c.paid_to_date), "paid_to_date", end=True, quiet=True),  # noqa: ARG005
        ListColumn("balance", _("Balance due"), lambda c, d: _sum(c, c.balance) if c.balance else cells.NOTHING, "balance", end=True, strong=True, phone="end"),  # noqa: ARG005
        ListColumn("credit_balance", _("Credit"), lambda c, d: _sum(c, c.credit_balance), "credit_balance", end=True, shown=False),  # noqa: ARG005
        ListColumn("last_login", _("Last sign-in"), lambda c, d: cells.moment(c.last_login), quiet=True, shown=False),  # noqa: ARG005
        ListColumn("created_at", _("Created"), lambda c, d: cells.moment(c.created_at), "pk", quiet=True, shown=False),  # noqa: ARG005
    ]  # fmt: skip
    for field in custom_fields(desk.company.custom_fields, "client"):
        columns.append(
            ListColumn(field.name, field.label, _custom(field), quiet=True, shown=False)
        )
    return columns


def _custom(field: Any) -> Any:
    return lambda client, desk: field.display(getattr(client, field.name), desk.locale)


def _name(client: Client, desk: Desk) -> Any:  # noqa: ARG001
    people = list(client.contacts.all())
    first = people[0] if people else None
    below = ""
    if first is not None:
        below = first.full_name if client.name and first.full_name else first.email
    name = client.display_name or _("Empty contact")
    return cells.who(name, below if below != name else "", client_url(client))


def _email(client: Client) -> Any:
    return next((each.email for each in client.contacts.all() if each.email), "")


def _place(client: Client) -> str:
    found = country(client.country_id)
    return ", ".join(part for part in (client.city, found.iso_3166_2 if found and client.city else "") if part)


def _sum(client: Client, amount: Any) -> Any:
    return cells.money(amount, currency(client.currency_id))


def _row(client: Client, desk: Desk, shown: list[Any]) -> Row:
    can = ["restore"] if client.archived_at else ["archive"]
    can += [] if client.is_deleted else ["edit", "delete", "invoice", "group"]
    allowed = desk.may("edit", "client", client)
    return Row(
        id=ids.encode(client.pk),
        label=client.display_name,
        cells=shown,
        url=client_url(client),
        edit_url="" if client.is_deleted or not allowed else client_url(client, "edit"),
        can=" ".join(can) if allowed else "",
    )


def _group_filter() -> ListFilter:
    def choices(desk: Desk) -> list[tuple[str, str]]:  # noqa: ARG001
        return [(ids.encode(each.pk), each.name) for each in Group.objects.active().order_by("name")[:200]]

    return ListFilter(
        "group", gettext_lazy("Group"), choices,
        lambda rows, value, desk: rows.filter(group_id=ids.decode(value)),  # noqa: ARG005
    )  # fmt: skip


def _balance_filter() -> ListFilter:
    return ListFilter(
        "owes",
        gettext_lazy("Balance"),
        lambda desk: (("yes", _("Owes money")), ("credit", _("Has a credit"))),  # noqa: ARG005
        lambda rows, value, desk: rows.filter(balance__gt=0) if value == "yes" else rows.filter(credit_balance__gt=0),  # noqa: ARG005
    )


def country_name(key: str) -> str:
    """A country in the reader's language."""
    found = country(key)
    return name_in(found, locale()) if found else ""


