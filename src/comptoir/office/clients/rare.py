"""What is seldom done to a client: merged into another, made again, erased for good (features 2)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.bulk import clone_clients
from comptoir.clients.merging import merge_clients
from comptoir.clients.models import Client
from comptoir.clients.purging import purge_client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.clients import client_url, named
from comptoir.office.clients.finding import find
from comptoir.office.desk import Desk
from comptoir.office.pages import go_to, part
from comptoir.people.passwords import is_confirmed
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice


def merge(desk: Desk, key: str) -> HttpResponse:
    """Choose the client that takes everything of this one."""
    absorbed = find(desk, key, "edit")
    if desk.request.method == "GET":
        return _merge_dialog(desk, absorbed, None, Form())
    wanted = desk.request.POST.get("kept", "")
    kept = _other(desk, wanted)
    if kept is None:
        return _merge_dialog(desk, absorbed, None, Form({}, {"kept": [_("Choose a client.")]}), status=422)
    try:
        merge_clients(kept, absorbed, by=desk.actor, on=desk.on)
    except Refused as refused:
        return _merge_dialog(
            desk, absorbed, kept, Form({"kept": wanted}, {"kept": [refused.sentence]}), status=422
        )
    toasts.add(desk.request, _("The clients are one now."))
    return go_to(desk, client_url(kept))


def _other(desk: Desk, key: str) -> Client | None:
    pk = ids.decode(key)
    kept = Client.objects.live().select_related("group").filter(pk=pk).first() if pk is not None else None
    if kept is None or not desk.may("edit", "client", kept):
        return None
    kept.company = desk.company
    return kept


def _merge_dialog(
    desk: Desk, absorbed: Client, kept: Client | None, form: Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "name": named(absorbed),
        "url": client_url(absorbed, "merge"),
        "suggest_url": reverse("office:suggest-client"),
        "picked": [Choice(ids.encode(kept.pk), named(kept), kept.number)] if kept else [],
    }
    return part(desk, "clients/merge.html", context, status=status)


def clone(desk: Desk, key: str) -> HttpResponse:
    """Make a client like this one, and open its form."""
    desk.need("create", "client")
    (made,) = clone_clients([find(desk, key, "view")], by=desk.actor, on=desk.on)
    toasts.add(desk.request, _("This is the copy; change what differs."))
    return redirect(client_url(made, "edit"))


def purge(desk: Desk, key: str) -> HttpResponse:
    """Erase a client and all that is theirs; an administrator's password comes first."""
    client = find(desk, key, "edit")
    if not desk.membership.is_boss:
        raise PermissionDenied
    if desk.request.method == "GET":
        return _purge_dialog(desk, client, Form())
    if not is_confirmed(desk.membership.user, desk.company, desk.request.POST.get("password", "") or None):
        errors = {"password": [_("This is not your password.")]}
        return _purge_dialog(desk, client, Form({}, errors), status=422)
    try:
        purge_client(client, by=desk.actor, on=desk.on)
    except Refused as refused:
        return _purge_dialog(desk, client, Form({}, {"": [refused.sentence]}), status=422)
    toasts.add(desk.request, _("The client is erased."))
    return go_to(desk, reverse("office:clients"))


def _purge_dialog(desk: Desk, client: Client, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "name": named(client), "url": client_url(client, "purge")}
    return part(desk, "clients/purge.html", context, status=status)
