"""A group is named, archived, deleted, restored; files are added to it (S104)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.clients import groups as operations
from comptoir.clients.models import Group
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.files import panels
from comptoir.office.links import address
from comptoir.office.pages import go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

VERBS = {
    "archive": (operations.archive_group, gettext_lazy("The group is archived.")),
    "restore": (operations.restore_group, gettext_lazy("The group is back.")),
    "delete": (operations.delete_group, gettext_lazy("The group is deleted.")),
}


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
            group = operations.create_group(fields, by=place.actor, on=place.on)
        else:
            operations.update_group(group, fields, by=place.actor, on=place.on)
    except Refused as refused:
        return _dialog(place, Form(fields, refused.errors), status=422)
    toasts.add(place.request, _("The group is saved."))
    return go_to(place, address("show-group", group.pk))


def _dialog(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    return part(place, "groups/edit.html", {"form": form, "url": place.request.path}, status=status)


@require_POST
@desk("edit", "group_setting")
def upload(place: Desk, key: str) -> HttpResponse:
    """Keep files with the group."""
    group = place.find(Group.objects.live(), key, "group_setting", "edit")
    return panels.upload(place, group, address("show-group", group.pk))


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
