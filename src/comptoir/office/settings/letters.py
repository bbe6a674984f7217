"""The texts of emails: subject and body of each message, with a preview on a real document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings as installation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.mail.preview import Preview, preview
from comptoir.delivery.mail.texts import setting_names, wording
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.values import document_values
from comptoir.delivery.placeholders.catalogue import CATALOGUE as PLACEHOLDERS
from comptoir.kernel.refused import Refused, Stale
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings import guarding, reading, reminding
from comptoir.office.settings.layout import is_offered
from comptoir.office.settings.levels import Level, level_of
from comptoir.office.settings.pages import frame
from comptoir.office.settings.shown_papers import sample
from comptoir.office.versions import Conflict
from comptoir.preferences.catalogue.templates import MESSAGES
from comptoir.reference import language
from comptoir.sales.credits.models import Credit
from comptoir.sales.quotes.models import Quote
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Tab

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: https:; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'; sandbox"
)
"""Of a mail shown in a frame: its styles are its own, and nothing in it acts."""

_KINDS: Final = {"quote": "quote", "credit": "credit", "payment": "payment", "statement": "statement"}


@dataclass(frozen=True)
class Message:
    """One message; ``subject`` and ``body`` are the settings that hold its texts."""

    name: str
    label: str

    @property
    def keys(self) -> tuple[str, str]:
        return setting_names(self.name)

    @property
    def kind(self) -> str:
        """The record that it is about."""
        found = next((kind for start, kind in _KINDS.items() if self.name.startswith(start)), "invoice")
        return "purchase_order" if self.name == "purchase_order" else found


def messages(level: Level) -> list[Message]:
    """The messages that a level may word itself."""
    every = [Message(name, str(label)) for name, label in MESSAGES.items()]
    every.insert(-3, Message("quote_reminder1", _("Quote reminder")))
    return [each for each in every if is_offered(each.keys[1], level.key)]


def _chosen(place: Desk, level: Level) -> Message:
    wanted = place.request.GET.get("name", "invoice")
    found = next((each for each in messages(level) if each.name == wanted), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@desk()
def edit(place: Desk) -> HttpResponse:
    """The editor of one message."""
    level = level_of(place)
    message = _chosen(place, level)
    subject, body = message.keys
    if place.request.method == "GET":
        stored = {
            key: level.preferences[key] if level.is_company or level.has(key) else "" for key in message.keys
        }
        return _draw(place, level, message, Form(stored | guarding.stamp(message.keys, level, place)))
    sent = place.request.POST
    try:
        typed = reading.read(message.keys, sent, level)
        if "reset" in sent:
            typed.settings = {subject: "", body: ""}
        guarding.save(list(message.keys), typed, level, place)
    except Stale:
        return _both(place, level.again(), message, typed)
    except Refused as refused:
        return _draw(place, level, message, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("Our own text holds again.") if "reset" in sent else _("The text is saved."))
    return redirect(_url(message, level))


def _url(message: Message, level: Level, name: str = "letters") -> str:
    glue = "&" if level.query else "?"
    return f"{reverse(f'office:{name}')}{level.query}{glue}name={message.name}"


def _both(place: Desk, level: Level, message: Message, typed: reading.Typed) -> HttpResponse:
    """The text as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    form, shown = guarding.both(message.keys, dict(place.request.POST.items()), typed, level, place)
    return _draw(place, level, message, form, status=409, shown=shown)


def _draw(
    place: Desk,
    level: Level,
    message: Message,
    form: Form,
    *,
    status: int = 200,
    shown: Conflict | None = None,
) -> HttpResponse:
    subject, body = message.keys
    ours = wording(_Above(level, message.keys), message.name, _locale(place, level))
    context = {
        **frame(place, level, "letters"),
        "message": message,
        "tabs": [Tab(each.label, _url(each, level), active=each == message) for each in messages(level)],
        "form": form,
        "conflict": shown,
        "edit_url": _url(message, level),
        "subject": subject,
        "body": body,
        "ours": ours,
        "has_own": any(level.has(key) for key in message.keys),
        "preview_url": _url(message, level, "letter"),
        "subject_url": _url(message, level, "letter-subject"),
        "seen": _written(place, level, message, "", ""),
        "placeholders": placeholders(message.kind),
        "reminder": reminding.shown(level.preferences, message.name, on=place.on),
        "reminders_url": reverse("office:settings-page", args=["reminders"]) + level.query,
    }
    return page(place, "settings/letters.html", context, module="settings", status=status)


class _Above:
    """The settings in force without the level's own texts: what an empty field falls back to."""

    def __init__(self, level: Level, keys: tuple[str, str]) -> None:
        self._level, self._keys = level, keys

    def __getitem__(self, key: str) -> Any:
        return self._level.inherited(key).value or "" if key in self._keys else self._level.preferences[key]


def _locale(place: Desk, level: Level) -> str:
    spoken = language(str(level.preferences.language_id))
    return spoken.locale if spoken else place.locale


def placeholders(kind: str) -> list[dict[str, Any]]:
    """What a text may name, in the reader's language first, by owner."""
    groups = ["document", "client", "contact", "company"]
    groups += {"payment": ["payment"], "statement": ["statement"]}.get(kind, [])
    is_french = (translation.get_language() or "").startswith("fr")
    titles = {
        "document": _("Document"), "client": _("Client"), "contact": _("Contact"), "company": _("Company"),
        "payment": _("Payment"), "statement": _("Statement"),
    }  # fmt: skip
    found = []
    for group in groups:
        rows = [
            {"first": f"${each.french if is_french else each.name}",
             "second": f"${each.name if is_french else each.french}", "text": each.sentence}
            for each in PLACEHOLDERS if each.group == group
        ]  # fmt: skip
        found.append({"title": titles[group], "rows": rows})
    return found


@xframe_options_sameorigin
@require_http_methods(["GET", "POST"])
@desk()
def letter(place: Desk) -> HttpResponse:
    """The message as it would arrive: for the frame beside the editor."""
    level = level_of(place)
    message = _chosen(place, level)
    written = _written(place, level, message, *_typed(place, message))
    response = HttpResponse(written.wrapper)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@require_POST
@desk()
def subject_line(place: Desk) -> HttpResponse:
    """The subject as it would arrive."""
    level = level_of(place)
    message = _chosen(place, level)
    return part(
        place, "settings/subject.html", {"seen": _written(place, level, message, *_typed(place, message))}
    )


def _typed(place: Desk, message: Message) -> tuple[str, str]:
    subject, body = (place.request.POST.get(key, "").replace("\r\n", "\n").strip() for key in message.keys)
    return subject, body


def _written(place: Desk, level: Level, message: Message, subject: str, body: str) -> Preview:
    """What stands in the form, or what is saved, about a real or made-up record."""
    locale = _locale(place, level)
    return preview(
        place.company,
        level.preferences,
        message.name,
        values(place, level, message.kind),
        kind=message.kind,
        locale=locale,
        subject=subject,
        body=body,
    )


def values(place: Desk, level: Level, kind: str) -> dict[str, str]:
    """What fills the placeholders of a preview."""
    model = {"quote": Quote, "credit": Credit}.get(kind)
    found = model.objects.live().order_by("-pk").first() if model else None
    facts = facts_of(found) if found is not None else sample(place, level)
    with translation.override(facts.reader.language):
        shown = document_values(facts, Labels(facts.translations))
        amount, day = shown.get("amount", ""), shown.get("date", "")
    link = f"{installation.BASE_URL}/client"
    made_up = {
        "payment.number": "0042", "payment.amount": amount, "payment.date": day,
        "payment.invoices": facts.number,
        "start_date": day, "end_date": shown.get("today", day), "statement_date": shown.get("today", day),
    }  # fmt: skip
    return {**made_up, **shown, "view_link": shown.get("view_link") or link, "payment_link": link}


urlpatterns = [
    path("settings/letters", edit, name="letters"),
    path("settings/letters/letter", letter, name="letter"),
    path("settings/letters/subject", subject_line, name="letter-subject"),
]
