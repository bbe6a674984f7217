"""Doing something to clients: archive, delete, restore, group, comment, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.clients.bulk import assign_group
from comptoir.clients.models import Client, Group
from comptoir.clients.operations import archive_clients, delete_clients, restore_clients
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.clients import client_url, named
from comptoir.office.clients.finding import find
from comptoir.office.comments import commented
from comptoir.office.desk import Desk
from comptoir.office.files.panels import upload as attach
from comptoir.office.pages import came_from, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "archive": (archive_clients, gettext_lazy("The client is archived.")),
    "restore": (restore_clients, gettext_lazy("The client is back.")),
    "delete": (delete_clients, gettext_lazy("The client is deleted.")),
}


def act(desk: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete (which asks first) or restore."""
    if name not in VERBS:
        raise Http404
    client = find(desk, key, "edit")
    if desk.request.method == "GET":
        return _ask(desk, client, name)
    run, done = VERBS[name]
    if attempt(desk, lambda: run([client], by=desk.actor, on=desk.on)):
        undo = client_url(client, "act", "restore") if name != "restore" else ""
        toasts.add(desk.request, done, undo=undo)
    return redirect(client_url(client))


def _ask(desk: Desk, client: Client, name: str) -> HttpResponse:
    context = {
        "title": _("Delete this client?"),
        "text": named(client),
        "url": client_url(client, "act", name),
        "label": _("Delete"),
        "danger": True,
        "consequences": [
            _("The client and its documents leave lists and totals."),
            _("Everything can be restored."),
        ],
    }
    return part(desk, "documents/ask.html", context)


def ticked(desk: Desk, asked: Any) -> list[Client]:
    """The clients of the ticked rows that the member may change."""
    keys = ids.decode_all(asked.getlist("ids")[:1000])
    rows = Client.objects.filter(pk__in=keys).select_related("group").order_by("pk")
    return [client for client in rows if desk.may("edit", "client", client)]


def bulk(desk: Desk) -> HttpResponse:
    """One verb on the ticked rows."""
    name = desk.request.POST.get("action", "")
    if name not in VERBS:
        raise Http404
    clients = ticked(desk, desk.request.POST)
    if clients and attempt(desk, lambda: VERBS[name][0](clients, by=desk.actor, on=desk.on)):
        _say(desk, clients)
    return redirect(came_from(desk, reverse("office:clients")))


def _say(desk: Desk, clients: Sequence[Client]) -> None:
    n = len(clients)
    toasts.add(desk.request, ngettext("%(n)s client changed.", "%(n)s clients changed.", n) % {"n": n})


def group(desk: Desk, key: str = "") -> HttpResponse:
    """Choose a group for one client, or for the ticked ones."""
    asked = desk.request.GET if desk.request.method == "GET" else desk.request.POST
    clients = [find(desk, key, "edit")] if key else ticked(desk, asked)
    if desk.request.method == "POST":
        chosen = Group.objects.active().filter(pk=ids.decode(asked.get("group_id", ""))).first()
        if clients and attempt(desk, lambda: assign_group(clients, chosen, by=desk.actor, on=desk.on)):
            _say(desk, clients)
        return redirect(client_url(clients[0]) if key else came_from(desk, reverse("office:clients")))
    now = clients[0].group_id if key else None
    context = {
        "form": Form({"group_id": ids.encode(now) if now else ""}),
        "groups": [(ids.encode(each.pk), each.name) for each in Group.objects.active().order_by("name")],
        "ids": [] if key else [ids.encode(each.pk) for each in clients],
        "url": desk.request.path,
        "groups_url": reverse("office:groups"),
    }
    return part(desk, "clients/group.html", context)


def comment(desk: Desk, key: str) -> HttpResponse:
    """Write a line into the client's activity."""
    client = find(desk, key, "edit")
    return commented(desk, client, client_url(client, "comment"), client_url(client, "tab", "activity"))


def upload(desk: Desk, key: str) -> HttpResponse:
    """Attach files to the client."""
    client = find(desk, key, "edit")
    return attach(desk, client, client_url(client, "tab", "documents"))
