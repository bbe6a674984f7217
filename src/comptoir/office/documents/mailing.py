"""The e-mail of a document: look at it, change its words, send it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.sending import email_document, reachable
from comptoir.delivery.mail.texts import wording
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.delivery.placeholders import substitute
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.showing import find
from comptoir.office.pages import go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def routes(kind: Kind) -> list[URLPattern]:
    """``<kind>/<id>/mail``: the dialog, and the sending."""
    view = desk("view", kind.entity)(lambda place, key: mail(place, kind, key))
    checked = require_http_methods(["GET", "POST"])(view)
    return [path(f"{kind.key}/<str:key>/mail", checked, name=f"mail-{kind.entity}")]


def mail(place: Desk, kind: Kind, key: str) -> HttpResponse:
    """Show what will be sent to whom; POST sends it."""
    document = find(place, kind, key, "edit")
    place.need_email()
    if place.request.method == "GET":
        return _dialog(place, kind, document, Form(_words(document)))
    sent = place.request.POST
    said = _words(document)
    changed = {
        name: sent[name] for name in ("subject", "body") if sent.get(name, "").strip() != said[name].strip()
    }
    try:
        email_document(document, by=place.actor, on=place.on, **changed)
    except Refused as refused:
        return _dialog(place, kind, document, Form(dict(sent.items()), {"": [refused.sentence]}), status=422)
    toasts.add(place.request, _("On its way by e-mail."))
    return go_to(place, kind.url("show", document))


def _words(document: Any) -> dict[str, str]:
    """The words in force, in the client's language."""
    facts = facts_of(document)
    words = wording(document.client.preferences, document._meta.model_name, facts.reader.locale)
    with translation.override(facts.reader.language):
        values = document_values(facts, Labels(facts.translations))
    return {"subject": substitute(words.subject, values, html=False), "body": words.body}


def _dialog(place: Desk, kind: Kind, document: Any, form: Form, *, status: int = 200) -> HttpResponse:
    try:
        people = [each.contact for each in reachable(document)[0]]
        trouble = ""
    except Refused as refused:
        people, trouble = [], str(refused.sentence)
    context = {
        "form": form,
        "document": document,
        "people": people,
        "trouble": trouble,
        "url": kind.url("mail", document),
    }
    return part(place, "documents/mail.html", context, status=status)
