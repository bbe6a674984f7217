"""Attached files in the office: look at one, show or hide it in the portal, delete it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.clients.models import Client
from comptoir.files.models import File
from comptoir.files.operations import delete_files, update_file
from comptoir.files.serving import download, picture
from comptoir.kernel import ids
from comptoir.office.clients import client_url
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.acting import attempt
from comptoir.office.pages import part


def _find(place: Desk, key: str, verb: str) -> File:
    """The file, if its owner may be seen (or changed)."""
    pk = ids.decode(key)
    file = File.objects.filter(pk=pk, deleted_at=None).first() if pk is not None else None
    if file is None:
        raise Http404
    client = Client.objects.filter(pk=file.client_id).first() if file.client_id else None
    place.need("edit" if verb == "edit" else "view", "client", client)
    return file


def _back(file: File) -> str:
    client = Client.objects.filter(pk=file.client_id).first() if file.client_id else None
    return client_url(client, "tab", "documents") if client else "/"


@require_GET
@desk("view", "client")
def show(place: Desk, key: str) -> HttpResponseBase:
    """The bytes, never run by the browser."""
    file = _find(place, key, "view")
    return picture(file) if "inline" in place.request.GET else download(file)


@require_POST
@desk("view", "client")
def visibility(place: Desk, key: str) -> HttpResponse:
    """Show it in the portal, or hide it."""
    file = _find(place, key, "edit")
    fields = {"is_public": not file.is_public}
    attempt(place, lambda: update_file(file, fields, by=place.actor, on=place.on))
    return redirect(_back(file))


@require_http_methods(["GET", "POST"])
@desk("view", "client")
def delete(place: Desk, key: str) -> HttpResponse:
    """For good; asks first."""
    file = _find(place, key, "edit")
    if place.request.method == "GET":
        context = {
            "title": _("Delete this file?"),
            "text": file.name,
            "url": reverse("office:file-delete", args=[key]),
            "label": _("Delete"),
            "danger": True,
            "consequences": [_("It cannot be restored.")],
        }
        return part(place, "documents/ask.html", context)
    back = _back(file)
    attempt(place, lambda: delete_files([file], by=place.actor, on=place.on))
    return redirect(back)


urlpatterns = [
    path("files/<str:key>", show, name="file"),
    path("files/<str:key>/visibility", visibility, name="file-visibility"),
    path("files/<str:key>/delete", delete, name="file-delete"),
]
