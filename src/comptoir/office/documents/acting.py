"""Doing something to documents: one verb on one, or on the ticked rows of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind, Verb
from comptoir.office.documents.showing import find
from comptoir.office.pages import part
from comptoir.ui import toasts


def act(desk: Desk, kind: Kind, key: str, name: str) -> HttpResponse:
    """Run one verb. GET asks first where the verb wants that."""
    verb = _verb(kind, name)
    document = find(desk, kind, key, "edit")
    if desk.request.method == "GET":
        return _ask(desk, kind, document, verb)
    said = attempt(desk, lambda: verb.run(document, by=desk.actor, on=desk.on))
    if said:
        undo = kind.url("act", document, verb.undo) if verb.undo else ""
        toasts.add(desk.request, verb.done or _("Done."), undo=undo)
    return redirect(kind.url("show", document))


def bulk(desk: Desk, kind: Kind) -> HttpResponse:
    """Run one verb on the ticked rows that allow it."""
    verb = _verb(kind, desk.request.POST.get("action", ""))
    keys = [pk for key in desk.request.POST.getlist("ids")[:1000] if (pk := ids.decode(key)) is not None]
    done = 0
    for document in kind.model.objects.filter(pk__in=keys).select_related("client", "company").order_by("pk"):
        if verb.may(document, desk.on) and desk.may("edit", kind.entity, document):
            done += attempt(desk, lambda row=document: verb.run(row, by=desk.actor, on=desk.on))  # type: ignore[misc]
    if done:
        toasts.add(
            desk.request, ngettext("%(n)s document changed.", "%(n)s documents changed.", done) % {"n": done}
        )
    return redirect(desk.request.headers.get("HX-Current-URL") or kind.list_url)


def attempt(desk: Desk, work: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes a toast that says why, and nothing has moved."""
    try:
        work()
    except Refused as refused:
        toasts.add(desk.request, str(refused.sentence), "error")
        return False
    return True


def _verb(kind: Kind, name: str) -> Verb:
    verb = next((each for each in kind.verbs if each.key == name), None)
    if verb is None:
        raise Http404
    return verb


def _ask(desk: Desk, kind: Kind, document: Any, verb: Verb) -> HttpResponse:
    context = {
        "title": str(verb.label),
        "text": document.number,
        "url": kind.url("act", document, verb.key),
        "label": str(verb.label),
        "danger": verb.danger,
        "consequences": _consequences(document, verb),
    }
    return part(desk, "documents/ask.html", context)


def _consequences(document: Any, verb: Verb) -> list[str]:
    """What goes along with it, named before it happens (decision M16)."""
    if verb.key != "delete" or not hasattr(document, "allocations"):
        return []
    payments = {each.payment.number for each in document.allocations.live().select_related("payment")}
    return [_("Payment %(number)s shrinks by what it paid here.") % {"number": n} for n in sorted(payments)]
