"""Archive, delete, restore payments; mail a receipt."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.documents.receipts import receipt_name, receipt_of
from comptoir.delivery.receipts import email_receipt
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.documents.companions import paper
from comptoir.office.pages import came_from, part
from comptoir.office.payments import VERBS, find, url
from comptoir.payments.models import Payment
from comptoir.ui import toasts


def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, delete (which asks first) or restore."""
    if name not in VERBS:
        raise Http404
    payment = find(place, key, "edit")
    if place.request.method == "GET":
        return _ask(place, payment)
    run, done = VERBS[name]
    if attempt(place, lambda: run(payment, by=place.actor, on=place.on)):
        undo = url("act", payment, "restore") if name != "restore" else ""
        toasts.add(place.request, done, undo=undo)
    return redirect(url("show", payment))


def _ask(place: Desk, payment: Payment) -> HttpResponse:
    invoices = payment.allocations.live().exclude(invoice=None).select_related("invoice")
    numbers = sorted({each.invoice.number for each in invoices if each.invoice})
    context = {
        "title": _("Delete this payment?"),
        "text": payment.number,
        "url": url("act", payment, "delete"),
        "label": _("Delete"),
        "danger": True,
        "consequences": [
            *(_("Invoice %(number)s is owed again.") % {"number": number} for number in numbers),
            _("It can be restored."),
        ],
    }
    return part(place, "documents/ask.html", context)


def bulk(place: Desk) -> HttpResponse:
    """One verb on the ticked rows."""
    sent = place.request.POST
    name = sent.get("action", "")
    if name not in VERBS:
        raise Http404
    keys = ids.decode_all(sent.getlist("ids")[:1000])
    done = 0
    for payment in (
        Payment.objects.filter(pk__in=keys).select_related("client", "client__group").order_by("pk")
    ):
        payment.company = payment.client.company = place.company
        if place.may("edit", "payment", payment):
            run = VERBS[name][0]
            done += attempt(place, lambda row=payment, run=run: run(row, by=place.actor, on=place.on))  # type: ignore[misc]
    if done:
        said = ngettext("%(n)s payment changed.", "%(n)s payments changed.", done)
        toasts.add(place.request, said % {"n": done})
    return redirect(came_from(place, reverse("office:payments")))


def receipt_paper(place: Desk, key: str) -> HttpResponse:
    """The receipt as a PDF, to look at in a new tab."""
    payment = find(place, key, "view")
    return paper(place, lambda: receipt_of(payment), receipt_name(payment), url("show", payment))


def receipt(place: Desk, key: str) -> HttpResponse:
    """Mail the receipt to everybody who receives documents."""
    payment = find(place, key, "edit")
    place.need_email()
    once = secrets.token_hex(8)
    if attempt(place, lambda: email_receipt(payment, by=place.actor, on=place.on, occurrence=once)):
        toasts.add(place.request, _("On its way by e-mail."))
    return redirect(url("show", payment))
