"""The page of a statement, its PDF and the picture of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.pictures import picture
from comptoir.insight.statements import file_name, pdf_of
from comptoir.insight.statements.periods import NAMED
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.pages import page
from comptoir.office.statements.asking import answers, query_of, wish_of
from comptoir.office.statements.finding import address, find
from comptoir.office.statements.scheduling import listed
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Crumb


def show(desk: Desk, key: str) -> HttpResponse:
    """The chooser, and beside it the statement as it will be sent."""
    client = find(desk, key)
    said = answers(desk.request.GET, desk.on)
    errors: Any = {}
    try:
        wish_of(said)
    except Refused as refused:
        errors = refused.errors
    query = query_of(said)
    name = client.display_name or _("Empty contact")
    client_url = reverse("office:show-client", args=[ids.encode(client.pk)])
    may_send = desk.may_send_email and desk.may("edit", "client", client)
    context = {
        "name": name,
        "crumbs": [Crumb(_("Clients"), reverse("office:clients")), Crumb(name, client_url)],
        "form": Form(said, errors),
        "periods": [*NAMED.items(), ("custom", _("Chosen days"))],
        "statuses": [("all", _("All")), ("unpaid", _("Unpaid")), ("paid", _("Paid"))],
        "faulty": bool(errors),
        "picture_url": f"{address(client, 'statement-picture')}?{query}",
        "pdf_url": f"{address(client, 'statement-pdf')}?{query}",
        "schedule_url": address(client, "schedule-statement") if may_send else "",
        "schedules": listed(client) if may_send else [],
        "mail_url": f"{address(client, 'statement-mail')}?{query}" if may_send else "",
    }
    return page(desk, "statements/show.html", context, module="clients", status=422 if errors else 200)


def pdf(desk: Desk, key: str) -> HttpResponse:
    """To look at; with ``download`` to keep."""
    client, wish = _asked(desk, key)
    try:
        content = pdf_of(client, wish, on=desk.on)
    except PdfFailed:
        toasts.add(
            desk.request, _("The PDF could not be made; the system logs of the client say why."), "error"
        )
        return redirect(address(client))
    response = HttpResponse(content, content_type="application/pdf")
    said = content_disposition_header("download" in desk.request.GET, file_name(client, wish))
    response.headers["Content-Disposition"] = said or "inline"
    return response


def drawn(desk: Desk, key: str) -> HttpResponse:
    """Its pages as a picture."""
    client, wish = _asked(desk, key)
    try:
        content = picture(pdf_of(client, wish, on=desk.on))
    except PdfFailed as failure:
        raise Http404(str(failure)) from failure
    return HttpResponse(content, content_type="image/webp")


def _asked(desk: Desk, key: str) -> tuple[Client, Any]:
    client = find(desk, key)
    try:
        return client, wish_of(answers(desk.request.GET, desk.on))
    except Refused as refused:
        raise Http404(str(refused.sentence)) from refused
