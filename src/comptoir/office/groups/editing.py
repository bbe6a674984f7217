"""A group is named, archived, deleted, restored; files are added to it (S104)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.clients import groups as operations
from comptoir.clients.models import Group
from comptoir.kernel.refused import Refused, Stale
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.files import panels
from comptoir.office.links import address
from comptoir.office.pages import go_to, part
from comptoir.office.versions import Conflict, conflict, save_if_current, version_of
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
        begun = _kept(group) if group else {"name": ""}
        return _dialog(place, Form(begun | {"version": version_of(begun)}))
    fields = {"name": place.request.POST.get("name", "").strip()}
    version = place.request.POST.get("version", "")
    try:
        saved = _save(place, group, fields, version)
    except Stale:
        return _both(place, key, fields)
    except Refused as refused:
        return _dialog(place, Form(fields | {"version": version}, refused.errors), status=422)
    toasts.add(place.request, _("The group is saved."))
    return go_to(place, address("show-group", saved.pk))


def _save(place: Desk, group: Group | None, fields: dict[str, str], version: str) -> Group:
    if group is None:
        return operations.create_group(fields, by=place.actor, on=place.on)
    return save_if_current(
        group,
        version,
        lambda: _kept(group),
        lambda: operations.update_group(group, fields, by=place.actor, on=place.on),
    )


def _kept(group: Group) -> dict[str, str]:
    return {"name": group.name}


def _both(place: Desk, key: str, fields: dict[str, str]) -> HttpResponse:
    """The dialog as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    group: Group = place.find(Group.objects.all(), key, "group_setting", "edit")
    now = _kept(group)
    form = Form(fields | {"version": version_of(now)})
    return _dialog(place, form, status=409, shown=conflict(place, group, now, fields))


def _dialog(place: Desk, form: Form, *, status: int = 200, shown: Conflict | None = None) -> HttpResponse:
    here = place.request.path
    context = {"form": form, "url": here, "conflict": shown, "edit_url": here, "in_dialog": True}
    return part(place, "groups/edit.html", context, status=status)


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
