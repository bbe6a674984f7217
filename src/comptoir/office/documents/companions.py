"""The PDFs beside an invoice and a payment: delivery note and receipt."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from comptoir.delivery.documents.delivery_notes import note_name, note_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.office.desk import Desk
from comptoir.office.documents.showing import find
from comptoir.office.invoices.kind import INVOICES
from comptoir.ui import toasts


def delivery_note(place: Desk, key: str) -> HttpResponse:
    """What was delivered, without prices; to look at in a new tab."""
    invoice = find(place, INVOICES, key)
    return paper(place, lambda: note_of(invoice), note_name(invoice), INVOICES.url("show", invoice))


def paper(place: Desk, draw: Callable[[], bytes], name: str, otherwise: str) -> HttpResponse:
    """A PDF, or back to its record with a sentence."""
    try:
        content = draw()
    except PdfFailed as failure:
        toasts.add(place.request, _("The PDF could not be made: %(why)s") % {"why": failure.reason}, "error")
        return redirect(otherwise)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
