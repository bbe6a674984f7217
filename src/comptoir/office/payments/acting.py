"""Archive, delete, restore payments; mail a receipt."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.activity.actors import Actor
from comptoir.delivery.documents.receipts import receipt_name, receipt_of
from comptoir.delivery.receipts import email_receipt
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.documents.acting import listed
from comptoir.office.documents.companions import paper
from comptoir.office.pages import came_from, part
from comptoir.office.payments import RECEIPT, VERBS, find, url
from comptoir.payments.models import Allocation, Payment
from comptoir.ui import toasts

_NAMED: Final = 12
"""So many are named in a question about many."""


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
    context = {
        "title": _("Delete this payment?"),
        "text": payment.number,
        "url": url("act", payment, "delete"),
        "label": _("Delete"),
        "danger": True,
        "consequences": [*_owed_again([payment]), _("It can be restored.")],
    }
    return part(place, "documents/ask.html", context)


def _owed_again(payments: Sequence[Payment]) -> list[str]:
    rows = Allocation.objects.live().filter(payment__in=payments).exclude(invoice=None)
    numbers = sorted(set(rows.values_list("invoice__number", flat=True)))
    said = [_("Invoice %(number)s is owed again.") % {"number": number} for number in numbers[:_NAMED]]
    return [*said, *([" …"] if len(numbers) > _NAMED else [])]


def ask_many(place: Desk) -> HttpResponse:
    """The question before the ticked rows are deleted."""
    keys = ids.decode_all(place.request.GET.getlist("ids")[:1000])
    rows = Payment.objects.live().filter(pk__in=keys).select_related("client__group").order_by("pk")
    found = [each for each in rows if place.may("edit", "payment", each)]
    if not found:
        return part(place, "documents/none.html", {"title": _("Delete these payments?")})
    said = ngettext("%(n)s payment: %(numbers)s", "%(n)s payments: %(numbers)s", len(found))
    context = {
        "title": _("Delete these payments?"),
        "text": said % {"n": len(found), "numbers": listed(each.number for each in found)},
        "url": reverse("office:bulk-payment"),
        "label": _("Delete"),
        "danger": True,
        "consequences": [*_owed_again(found), _("They can be restored.")],
        "ids": [ids.encode(each.pk) for each in found],
        "action": "delete",
    }
    return part(place, "documents/ask.html", context)


def bulk(place: Desk) -> HttpResponse:
    """One verb on the ticked rows."""
    sent = place.request.POST
    name = sent.get("action", "")
    if name not in (*VERBS, RECEIPT):
        raise Http404
    if name == RECEIPT:
        place.need_email()
    keys = ids.decode_all(sent.getlist("ids")[:1000])
    done = 0
    for payment in (
        Payment.objects.filter(pk__in=keys).select_related("client", "client__group").order_by("pk")
    ):
        payment.company = payment.client.company = place.company
        if place.may("edit", "payment", payment):
            run = VERBS[name][0] if name in VERBS else mail_receipt
            done += attempt(place, lambda row=payment, run=run: run(row, by=place.actor, on=place.on))  # type: ignore[misc]
    if done and name == RECEIPT:
        said = ngettext("%(n)s receipt is on its way.", "%(n)s receipts are on their way.", done)
        toasts.add(place.request, said % {"n": done})
    elif done:
        said = ngettext("%(n)s payment changed.", "%(n)s payments changed.", done)
        toasts.add(place.request, said % {"n": done})
    return redirect(came_from(place, reverse("office:payments")))


def receipt_paper(place: Desk, key: str) -> HttpResponse:
    """The receipt as a PDF, to look at in a new tab."""
    payment = find(place, key, "view")
    return paper(place, lambda: receipt_of(payment), receipt_name(payment), url("show", payment))


def mail_receipt(payment: Payment, *, by: Actor, on: date) -> None:
    """Somebody wants one: it leaves, though one has left before."""
    email_receipt(payment, by=by, on=on, occurrence=secrets.token_hex(8))


def receipt(place: Desk, key: str) -> HttpResponse:
    """Mail the receipt to everybody who receives documents."""
    payment = find(place, key, "edit")
    place.need_email()
    if attempt(place, lambda: mail_receipt(payment, by=place.actor, on=place.on)):
        toasts.add(place.request, _("On its way by e-mail."))
    return redirect(url("show", payment))
