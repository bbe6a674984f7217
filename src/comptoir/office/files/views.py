"""One attached file: look at it, rename it, show or hide it in the portal, delete it; several in a ZIP."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comptoir.activity import kinds
from comptoir.clients.models import Client
from comptoir.files.models import File
from comptoir.files.operations import delete_files, update_file
from comptoir.files.queries import owner_of
from comptoir.files.serving import download, picture, zip_download
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk
from comptoir.office.links import address, record_url
from comptoir.office.pages import go_to, part
from comptoir.people.passwords import is_confirmed
from comptoir.people.permissions import Verb
from comptoir.ui import toasts
from comptoir.ui.forms import Form

FOR_ALL: Final = {"company": "company", "group": "group_setting"}
"""Owners whose files every client gets: whoever sees clients sees them; the word of permissions to change."""


def find(place: Desk, key: str, verb: Verb) -> File:
    """The file, if the record that carries it, or its client, may be seen (or changed)."""
    pk = ids.decode(key)
    file = File.objects.live().filter(pk=pk).first() if pk is not None else None
    if file is None:
        raise Http404
    if file.owner_kind in FOR_ALL:
        if verb != "view":
            place.need(verb, FOR_ALL[file.owner_kind])
        return file
    client = Client.objects.filter(pk=file.client_id).first() if file.client_id else None
    if client is None or not place.may(verb, "client", client):
        place.need(verb, kinds.entity_of(file.owner_kind), owner_of(file))
    return file


def _back(file: File) -> str:
    if file.owner_kind == "client":
        return address("tab-client", file.owner_id, "documents")
    at = record_url(file.owner_kind, file.owner_id)
    if file.owner_kind == "group":
        return at
    return f"{at}/tab/documents" if at else "/"


def show(place: Desk, key: str) -> HttpResponseBase:
    """The bytes, never run by the browser."""
    file = find(place, key, "view")
    try:
        return picture(file) if "inline" in place.request.GET else download(file)
    except FileNotFoundError as error:
        raise Http404 from error


def visibility(place: Desk, key: str) -> HttpResponse:
    """Show it in the portal, or hide it."""
    file = find(place, key, "edit")
    fields = {"is_public": not file.is_public}
    if attempt(place, lambda: update_file(file, fields, by=place.actor, on=place.on)):
        toasts.add(
            place.request,
            _("The client sees it now.") if file.is_public else _("The client sees it no more."),
        )
    return redirect(_back(file))


def rename(place: Desk, key: str) -> HttpResponse:
    """Call it something else; its extension stays."""
    file = find(place, key, "edit")
    name = place.request.POST.get("name", "")
    if place.request.method == "GET":
        return _rename_dialog(place, key, Form({"name": file.name}))
    try:
        update_file(file, {"name": name}, by=place.actor, on=place.on)
    except Refused as refused:
        return _rename_dialog(place, key, Form({"name": name}, refused.errors), status=422)
    toasts.add(place.request, _("The file is renamed."))
    return go_to(place, _back(file))


def _rename_dialog(place: Desk, key: str, form: Form, *, status: int = 200) -> HttpResponse:
    return part(
        place, "files/rename.html", {"form": form, "url": place.request.path, "key": key}, status=status
    )


def delete(place: Desk, key: str) -> HttpResponse:
    """For good; asks first, and for the password (S30)."""
    file = find(place, key, "edit")
    if place.request.method == "GET":
        return _delete_dialog(place, file, Form())
    typed = place.request.POST.get("password", "")
    if not is_confirmed(place.membership.user, place.company, typed or None):
        errors = {"password": [_("This is not your password.")]}
        return _delete_dialog(place, file, Form({}, errors), status=422)
    back = _back(file)
    if attempt(place, lambda: delete_files([file], by=place.actor, on=place.on)):
        toasts.add(place.request, _("The file is deleted."))
    return go_to(place, back)


def _delete_dialog(place: Desk, file: File, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "name": file.name, "url": place.request.path}
    return part(place, "files/delete.html", context, status=status)


def of_client(place: Desk, key: str) -> HttpResponseBase:
    """All files of a client and of what is theirs, in one archive."""
    client = place.find(Client.objects.all(), key, "client")
    files = list(File.objects.live().about(client.pk).order_by("pk"))
    if not files:
        return redirect(client_url(client, "tab", "documents"))
    return zip_download(files, f"{named(client)}.zip")
