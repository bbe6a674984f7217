"""The list of groups (S104)."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import Count, Q
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comptoir.clients.models import Group
from comptoir.kernel import ids
from comptoir.office.desk import Desk, desk
from comptoir.office.groups import clients_url
from comptoir.office.links import address, page_url
from comptoir.office.lists import ListColumn, ListPage
from comptoir.office.pages import page
from comptoir.ui import cells
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action


@require_GET
@desk("view", "group_setting")
def listed(place: Desk) -> HttpResponseBase:
    """The list of groups, with how many clients each has; or a file of it."""
    rows = Group.objects.annotate(size=Count("clients", filter=Q(clients__deleted_at=None)))
    declared = list_page(place)
    if file := declared.export(place, rows):
        return file
    context = {
        "list": declared.listing(place, rows),
        "may_create": place.may("edit", "group_setting"),
        "new_url": page_url("new-group"),
    }
    return page(place, "groups/list.html", context, module="clients")


def list_page(place: Desk) -> ListPage:
    """The declaration of the list."""
    at = page_url("groups") + "/{id}"
    new = Action(_("New group"), page_url("new-group"), "plus", "dialog")
    return ListPage(
        name="groups",
        url=page_url("groups"),
        columns=[
            ListColumn("name", _("Group"), _name, "name", strong=True, wide=True, phone="main"),
            ListColumn("size", _("Clients"), _size, end=True, phone="end", plain=attrgetter("size")),
        ],
        row=lambda group, shown: _row(place, group, shown),
        search=lambda rows, text, _common: rows.filter(name__icontains=text),
        placeholder=_("Name…"),
        order=("name", "pk"),
        actions=[
            Action(_("Configure"), page_url("settings") + "?level=group&id={id}", "settings", key="edit"),
            Action(_("Rename"), f"{at}/edit", "pencil", "dialog", key="edit"),
            Action(_("Archive"), f"{at}/archive", "archive", "post", key="archive", divided=True),
            Action(_("Restore"), f"{at}/restore", "archive-off", "post", key="restore", divided=True),
            Action(_("Delete"), f"{at}/delete", "trash", "post", key="delete", danger=True),
        ],
        empty_title=_("No group here"),
        empty_text=_("A group gives many clients the same settings: currency, reminders, terms."),
        empty_icon="users-group",
        empty_actions=[new] if place.may("edit", "group_setting") else [],
    )


def _name(group: Group) -> Any:
    return cells.link(group.name, address("show-group", group.pk))


def _size(group: Any) -> Any:
    """How many clients, and the way to them."""
    return cells.link(str(group.size), clients_url(group)) if group.size else "0"


def _row(place: Desk, group: Group, shown: list[Any]) -> Row:
    can = ["restore"] if group.archived_at else ["archive", "edit"]
    can += [] if group.is_deleted else ["delete"]
    allowed = place.may("edit", "group_setting", group)
    here = address("show-group", group.pk)
    return Row(ids.encode(group.pk), group.name, shown, here, can=" ".join(can) if allowed else "")
