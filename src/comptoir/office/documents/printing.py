"""The PDF of a document, and the picture of it on its page."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from comptoir.delivery.documents import facts_of, file_name, pdf_of
from comptoir.delivery.papers import keeping
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import look
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.showing import find
from comptoir.ui import toasts


def pdf(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Its PDF, to look at; with ``?download`` to keep."""
    document = find(desk, kind, key)
    try:
        content = pdf_of(document)
    except PdfFailed:
        toasts.add(
            desk.request, _("The PDF could not be made; the system logs of the client say why."), "error"
        )
        return redirect(kind.url("show", document))
    response = HttpResponse(content, content_type="application/pdf")
    said = content_disposition_header("download" in desk.request.GET, file_name(document))
    response.headers["Content-Disposition"] = said or "inline"
    return response


def drawn(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Its pages as a picture; the address changes with the document, so that it may be kept."""
    document = find(desk, kind, key)
    try:
        content = picture(print_document(facts_of(document), look=look(document.design_id)))
    except PdfFailed as failure:
        raise Http404(str(failure)) from failure
    response = HttpResponse(content, content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def version(desk: Desk, kind: Kind, key: str, number: int) -> HttpResponse:
    """A kept version, byte for byte as its client got it."""
    document = find(desk, kind, key)
    row = keeping.versions(document).filter(pk=number).first()
    if row is None or not keeping.is_whole(row):
        raise Http404
    response = HttpResponse(keeping.content_of(row), content_type="application/pdf")
    said = content_disposition_header("download" in desk.request.GET, file_name(document))
    response.headers["Content-Disposition"] = said or "inline"
    return response
