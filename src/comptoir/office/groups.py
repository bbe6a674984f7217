"""Groups of clients that share settings (S104)."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.clients import groups as operations
from comptoir.clients.models import Group
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.links import address, page_url
from comptoir.office.lists import ListColumn, ListPage
from comptoir.office.pages import go_to, page, part
from comptoir.ui import cells, toasts
from comptoir.ui.forms import Form
from comptoir.ui.lists import Row
from comptoir.ui.parts import Action

VERBS = {
    "archive": (operations.archive_group, gettext_lazy("The group is archived.")),
    "restore": (operations.restore_group, gettext_lazy("The group is back.")),
    "delete": (operations.delete_group, gettext_lazy("The group is deleted.")),
}


@require_GET
@desk("view", "group_setting")
def listed(place: Desk) -> HttpResponse:
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
            ListColumn("name", _("Group"), _name, "name", strong=True, phone="main"),
            ListColumn(
                "size", _("Clients"), attrgetter("size"), end=True, phone="end", plain=attrgetter("size")
            ),
        ],
        row=lambda group, shown: _row(place, group, shown),
        search=lambda rows, text: rows.filter(name__icontains=text),
        placeholder=_("Name…"),
        order=("name", "pk"),
        actions=[
            Action(_("Rename"), f"{at}/edit", "pencil", "dialog", key="edit"),
            Action(_("Settings"), page_url("settings") + "?level=group&id={id}", "settings", key="edit"),
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
    return cells.link(group.name, page_url("clients") + f"?group={ids.encode(group.pk)}")


def _row(place: Desk, group: Group, shown: list[Any]) -> Row:
    can = ["restore"] if group.archived_at else ["archive", "edit"]
    can += [] if group.is_deleted else ["delete"]
    allowed = place.may("edit", "group_setting", group)
    here = page_url("clients") + f"?group={ids.encode(group.pk)}"
    return Row(ids.encode(group.pk), group.name, shown, here, can=" ".join(can) if allowed else "")


@require_http_methods(["GET", "POST"])
@desk("edit", "group_setting")
def edit(place: Desk, key: str = "") -> HttpResponse:
    """Name a group, new or there already."""
    group = place.find(Group.objects.all(), key, "group_setting", "edit") if key else None
    if place.request.method == "GET":
        return _dialog(place, Form({"name": group.name if group else ""}))
    fields = {"name": place.request.POST.get("name", "")}
    try:
        if group is None:
            operations.create_group(fields, by=place.actor, on=place.on)
        else:
            operations.update_group(group, fields, by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(fields, refused.errors), status=422)
    toasts.add(place.request, _("The group is saved."))
    return go_to(place, page_url("groups"))


def _dialog(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    return part(place, "groups/edit.html", {"form": form, "url": place.request.path}, status=status)


@require_POST
@desk("edit", "group_setting")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete or restore."""
    if name not in VERBS:
        raise Http404
    group = place.find(Group.objects.all(), key, "group_setting", "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(group, by=place.actor, on=place.on)):
        undo = address("act-group", group.pk, "restore") if name != "restore" else ""
        toasts.add(place.request, done, undo=undo)
    return redirect("office:groups")


urlpatterns = [
    path("groups", listed, name="groups"),
    path("groups/new", edit, name="new-group"),
    path("groups/<str:key>/edit", edit, name="edit-group"),
    path("groups/<str:key>/<slug:name>", act, name="act-group"),
]
