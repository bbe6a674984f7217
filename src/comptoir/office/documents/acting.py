"""Doing something to documents: one verb on one, or on the ticked rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.comments import commented
from comptoir.office.desk import Desk
from comptoir.office.documents import many
from comptoir.office.documents.kinds import Kind, Verb
from comptoir.office.documents.showing import find
from comptoir.office.files.panels import upload as attach
from comptoir.office.pages import came_from, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

_NAMED: Final = 12
"""So many documents are named in a question about many."""


def act(desk: Desk, kind: Kind, key: str, name: str) -> HttpResponse:
    """Run one verb. GET asks first where the verb wants that."""
    verb = _verb(kind, name)
    document = find(desk, kind, key, "edit")
    for entity in verb.makes(document):
        desk.need("create", entity)
    if desk.request.method == "GET":
        return _ask(desk, kind, document, verb)
    made: list[Any] = []
    if attempt(desk, lambda: made.append(verb.run(document, by=desk.actor, on=desk.on))):
        undo = kind.url("act", document, verb.undo) if verb.undo else ""
        toasts.add(desk.request, verb.done or _("Done."), undo=undo)
    then = verb.then(made[0]) if verb.then and made else kind.url("show", document)
    return redirect(then)


def bulk(desk: Desk, kind: Kind) -> HttpResponse:
    """Run one verb on the ticked rows that allow it; or print or mail them."""
    name = desk.request.POST.get("action", "")
    keys = ids.decode_all(desk.request.POST.getlist("ids")[:1000])
    done = 0
    rows = _chosen(kind, keys)
    if many.offers(kind, name):
        return many.run(desk, kind, name, rows)
    verb = _verb(kind, name)
    for document in rows:
        document.company = document.client.company = desk.company
        if verb in kind.offered(desk, document):
            done += attempt(desk, lambda row=document: verb.run(row, by=desk.actor, on=desk.on))  # type: ignore[misc]
    if done:
        toasts.add(
            desk.request, ngettext("%(n)s document changed.", "%(n)s documents changed.", done) % {"n": done}
        )
    return redirect(came_from(desk, kind.list_url))


def ask_many(desk: Desk, kind: Kind, name: str) -> HttpResponse:
    """The question before a verb on the ticked rows, or whom and when to write to."""
    keys = desk.request.GET.getlist("ids")[:1000]
    if name == many.EMAIL and many.offers(kind, name):
        desk.need_email()
        return many.ask(desk, kind, keys, Form({"template": many.usual(kind)}))
    verb = _verb(kind, name)
    found = []
    for document in _chosen(kind, ids.decode_all(keys)):
        document.company = document.client.company = desk.company
        if verb in kind.offered(desk, document):
            found.append(document)
    found = list(verb.able(found))
    if not found:
        return part(desk, "documents/none.html", {"title": str(verb.label)})
    said = ngettext("%(n)s document: %(numbers)s", "%(n)s documents: %(numbers)s", len(found))
    context = {
        "title": str(verb.label),
        "text": said % {"n": len(found), "numbers": listed(each.number for each in found)},
        "url": kind.url("bulk"),
        "label": str(verb.label),
        "danger": verb.danger,
        "consequences": list(
            dict.fromkeys(line for each in found[:_NAMED] for line in verb.consequences(each))
        ),
        "ids": [ids.encode(each.pk) for each in found],
        "action": verb.key,
    }
    return part(desk, "documents/ask.html", context)


def _chosen(kind: Kind, keys: Iterable[int]) -> Any:
    """The ticked rows, with all that their verbs ask for."""
    rows = kind.model.objects.filter(pk__in=keys)
    return rows.select_related("client", "client__group", *kind.own_related).order_by("pk")


def listed(numbers: Iterable[str]) -> str:
    """The first numbers of many, in a sentence."""
    found = [number or str(_("No number yet")) for number in numbers]
    return ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")


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
        "consequences": verb.consequences(document),
    }
    return part(desk, "documents/ask.html", context)


def comment(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Write a line into the document's history."""
    document = find(desk, kind, key, "edit")
    return commented(desk, document, kind.url("comment", document), kind.url("tab", document, "activity"))


def upload(desk: Desk, kind: Kind, key: str) -> HttpResponse:
    """Attach files to the document."""
    document = find(desk, kind, key, "edit")
    return attach(desk, document, kind.url("tab", document, "documents"))
