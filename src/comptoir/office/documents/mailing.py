"""The e-mail of a document: choose its words, look at it, send it now or let it leave on a day to come."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, Final

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.sending import TEMPLATES, email_document, mail_of, reachable
from comptoir.delivery.mail.preview import preview
from comptoir.delivery.mail.texts import wording
from comptoir.delivery.papers.planning import cancel_sending, plan_sending, refuse_past
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.delivery.placeholders import substitute
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.showing import find
from comptoir.office.pages import go_to, part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: https:; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'; sandbox"
)
"""Of a mail shown in a frame: its styles are its own, and nothing in it acts."""

LABELS: Final = {
    "invoice": gettext_lazy("Invoice"),
    "quote": gettext_lazy("Quote"),
    "credit": gettext_lazy("Credit"),
    "reminder1": gettext_lazy("First reminder"),
    "reminder2": gettext_lazy("Second reminder"),
    "reminder3": gettext_lazy("Third reminder"),
    "reminder_endless": gettext_lazy("Reminder without end"),
    "quote_reminder1": gettext_lazy("Reminder"),
    "custom1": gettext_lazy("Own message 1"),
    "custom2": gettext_lazy("Own message 2"),
    "custom3": gettext_lazy("Own message 3"),
}
_OWN: Final = ("custom1", "custom2", "custom3")
CHOICES: Final = {
    "invoice": ("invoice", "reminder1", "reminder2", "reminder3", "reminder_endless", *_OWN),
    "quote": ("quote", "quote_reminder1", *_OWN),
    "credit": ("credit", *_OWN),
}
_LOOKED_AT: Final = 600


def routes(kind: Kind) -> list[URLPattern]:
    """``<kind>/<id>/mail``: the dialog and the sending; a look at the message; taking a planned one back."""

    def served(view: Any, verb: Any = "view") -> Any:
        return desk(verb, kind.entity)(lambda place, key: view(place, kind, key))

    at, one = f"{kind.key}/<str:key>", kind.entity
    both = require_http_methods(["GET", "POST"])
    letter = xframe_options_sameorigin(require_GET(served(look)))
    return [
        path(f"{at}/mail", both(served(mail)), name=f"mail-{one}"),
        path(f"{at}/mail/look", require_POST(served(typed)), name=f"look-{one}"),
        path(f"{at}/mail/letter", letter, name=f"letter-{one}"),
        path(f"{at}/mail/back", require_POST(served(take_back)), name=f"unplan-{one}"),
    ]


def mail(place: Desk, kind: Kind, key: str) -> HttpResponse:
    """Show what will be sent to whom; POST sends it, or plans it when a day is said."""
    document = find(place, kind, key, "edit")
    place.need_email()
    if place.request.method == "GET":
        name = _template(kind, place.request.GET.get("template", ""))
        return _dialog(place, kind, document, Form({**_words(document, name), "template": name}), name)
    sent = place.request.POST
    try:
        done = _send(place, kind, document, sent)
    except Refused as refused:
        known = {field if field == "day" else "": texts for field, texts in refused.errors.items()}
        name = _template(kind, sent.get("template", ""))
        return _dialog(place, kind, document, Form(dict(sent.items()), known), name, status=422)
    toasts.add(place.request, done)
    return go_to(place, kind.url("show", document))


def _send(place: Desk, kind: Kind, document: Any, sent: Any) -> str:
    name = _template(kind, sent.get("template", ""))
    said = _words(document, name)
    changed = {
        each: sent[each] for each in ("subject", "body") if sent.get(each, "").strip() != said[each].strip()
    }
    on = day_of(sent.get("day", ""), place.on)
    if on is None:
        email_document(document, by=place.actor, on=place.on, email_type=name, **changed)
        return _("On its way by e-mail.")
    plan_sending(document, on, by=place.actor, on=place.on, template=name, **changed)
    return _("It leaves by e-mail on that day.")


def day_of(text: str, on: date) -> date | None:
    """The day to come on which it leaves; None to send it now. Raises Refused at day."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused("day", _("This is not a date.")) from error
    refuse_past(found, on)
    return found


def typed(place: Desk, kind: Kind, key: str) -> HttpResponse:
    """The message as it is typed, in a frame: it is kept for some minutes for the frame to fetch."""
    document = find(place, kind, key, "edit")
    sent = place.request.POST
    name, facts = _template(kind, sent.get("template", "")), facts_of(document)
    written = preview(
        place.company, document.client.preferences, name, _values(facts), kind=kind.entity,
        locale=facts.reader.locale, subject=sent.get("subject", ""), body=sent.get("body", ""),
    )  # fmt: skip
    token = secrets.token_urlsafe(16)
    cache.set(_slot(place, token), written.wrapper, _LOOKED_AT)
    context = {"subject": written.subject, "url": f"{kind.url('letter', document)}?of={token}"}
    return part(place, "documents/letter.html", context)


def look(place: Desk, kind: Kind, key: str) -> HttpResponse:
    """The message that was typed a moment ago."""
    find(place, kind, key, "edit")
    content = cache.get(_slot(place, place.request.GET.get("of", "")))
    if content is None:
        raise Http404
    response = HttpResponse(content)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def take_back(place: Desk, kind: Kind, key: str) -> HttpResponse:
    """The document stays; what was planned is off."""
    document = find(place, kind, key, "edit")
    if attempt(place, lambda: cancel_sending(document, by=place.actor, on=place.on)):
        toasts.add(place.request, _("The planned e-mail is taken back."))
    return redirect(kind.url("show", document))


def _slot(place: Desk, token: str) -> str:
    return f"letter-{place.company.pk}-{place.actor.user_id}-{token}"


def _template(kind: Kind, asked: str) -> str:
    offered = CHOICES.get(kind.entity, ())
    return asked if asked in offered else TEMPLATES.get(kind.entity, kind.entity)


def _values(facts: Any) -> dict[str, str]:
    with translation.override(facts.reader.language):
        return document_values(facts, Labels(facts.translations))


def _words(document: Any, template: str) -> dict[str, str]:
    """The words in force, in the client's language; a draft keeps the `$number` that sending will give it."""
    facts = facts_of(document)
    words = wording(document.client.preferences, template, facts.reader.locale)
    subject = substitute(words.subject, _values(facts), html=False) if document.number else words.subject
    return {"subject": subject, "body": words.body}


def _dialog(
    place: Desk, kind: Kind, document: Any, form: Form, template: str, *, status: int = 200
) -> HttpResponse:
    try:
        people = [each.contact for each in reachable(document, mail_of(template))[0]]
        trouble = ""
    except Refused as refused:
        people, trouble = [], str(refused.sentence)
    offered = CHOICES.get(kind.entity, ())
    context = {
        "form": form,
        "document": document,
        "people": people,
        "trouble": trouble,
        "url": kind.url("mail", document),
        "look_url": kind.url("look", document),
        "templates": [(name, LABELS[name]) for name in offered],
    }
    return part(place, "documents/mail.html", context, status=status)
