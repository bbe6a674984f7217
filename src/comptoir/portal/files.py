"""The client's documents: files that the company shares, and those the client sends."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.files import serving
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.portal import attachments
from comptoir.portal.documents import showing
from comptoir.portal.documents.kinds import KINDS
from comptoir.portal.pages import page, to
from comptoir.portal.visits import Visit, visit
from comptoir.ui.forms import Form

MOST_KB: Final = 20_000
"""The largest file that a client may send (contract rules 21)."""


@require_safe
@visit()
def documents(there: Visit) -> HttpResponse:
    """Everything shared with this client."""
    return _listing(there, Form())


@require_safe
@visit()
def download(there: Visit, key: str) -> HttpResponseBase:
    """One of them."""
    return _served(attachments.of_client(there.client), key)


@require_safe
@visit(part=True)
def of_document(there: Visit, kind: str, key: str, file: str) -> HttpResponseBase:
    """A file of a document that the visitor sees."""
    return _served(attachments.of_document(showing.find(there, KINDS[kind], key)), file)


@require_POST
@visit()
def download_several(there: Visit) -> HttpResponseBase:
    """The chosen ones in one archive, all of them when none is chosen."""
    chosen = set(there.request.POST.getlist("file"))
    files = [one for one in attachments.of_client(there.client) if not chosen or ids.encode(one.pk) in chosen]
    if not files:
        raise Http404
    return serving.zip_download(files, "documents.zip")


@require_POST
@visit()
def upload(there: Visit) -> HttpResponse:
    """Take files from the client, where the company allows it."""
    if not attachments.may_upload(there.client):
        raise PermissionDenied
    sent = there.request.FILES.getlist("documents")
    try:
        if not sent:
            raise Refused("documents", _("Choose a file first."))
        attach_files(there.client, sent, by=there.actor, on=there.on, most_kb=MOST_KB)
    except Refused as refused:
        errors = {"documents": [text for texts in refused.errors.values() for text in texts]}
        return _listing(there, Form({}, errors), status=422)
    return to("portal:documents", done="uploaded")


def _listing(there: Visit, form: Form, *, status: int = 200) -> HttpResponse:
    files = attachments.of_client(there.client)
    context = {
        "files": [_row(there, file) for file in files],
        "may_upload": attachments.may_upload(there.client),
        "form": form,
    }
    return page(there, "documents.html", context, status=status)


def _row(there: Visit, file: File) -> dict[str, Any]:
    on = timezone.localtime(file.created_at).date()
    return {
        "key": ids.encode(file.pk),
        "name": file.name,
        "sub": f"{there.reader(there.client.currency_id).day(on)} · {filesizeformat(file.size)}",
        "url": reverse("portal:download", args=[ids.encode(file.pk)]),
    }


def _served(files: list[File], key: str) -> HttpResponseBase:
    found = next((one for one in files if ids.encode(one.pk) == key), None)
    if found is None:
        raise Http404
    try:
        return serving.download(found)
    except FileNotFoundError:
        raise Http404 from None
