"""One's own account: name, language, notifications, and what guards the sign-in."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.activity.models import SystemLog
from comptoir.activity.systemlog import Category, Type
from comptoir.delivery.notifications.choosing import Whose, choice, chosen
from comptoir.delivery.notifications.events import EVENTS
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.modules import MODULES
from comptoir.office.pages import page
from comptoir.people import second_factor
from comptoir.people.operations import update_preferences, update_user
from comptoir.people.passwords import is_confirmed
from comptoir.people.tokens import change_login_keys
from comptoir.reference import language
from comptoir.ui import toasts
from comptoir.ui.forms import Form

DETAILS: Final = ("first_name", "last_name", "email", "phone", "signature")
_WHOSE: Final[dict[str, Whose]] = {"all": "all", "user": "user"}
SIGN_INS: Final = 8


@require_http_methods(["GET", "POST"])
@desk()
def account(place: Desk) -> HttpResponse:
    """The page; it also tells the browser the language, for the pages outside of the office."""
    if place.request.method == "GET":
        return _speaking(_draw(place, Form(_values(place))), place.locale)
    sent = place.request.POST
    fields = {name: sent[name].strip() for name in DETAILS if name in sent}
    if "language" in sent:
        spoken = language.by_code(sent["language"])
        fields["language_id"] = spoken.id if spoken and sent["language"] in dict(settings.LANGUAGES) else ""
    try:
        _refuse_nameless(fields)
        _refuse_strangers(place, fields)
        chosen = {"notifications": _notifications(place)}
        with transaction.atomic():
            update_user(place.membership, fields, by=place.actor, on=place.on)
            update_preferences(place.membership, chosen, by=place.actor, on=place.on)
    except Refused as refused:
        return _draw(place, Form({name: sent[name] for name in sent}, refused.errors), status=422)
    toasts.add(place.request, _("Your account is saved."))
    spoken = language(place.membership.user.language_id)
    return _speaking(redirect("office:account"), spoken.locale if spoken else place.locale)


def _refuse_nameless(fields: dict[str, Any]) -> None:
    if "first_name" in fields and not fields["first_name"]:
        raise Refused("first_name", _("Enter a name."))


def _refuse_strangers(place: Desk, fields: dict[str, Any]) -> None:
    """Another e-mail address opens the account by a forgotten password: it takes the present one."""
    user = place.membership.user
    if fields.get("email", user.email).lower() == user.email:
        return
    if not is_confirmed(user, place.company, place.request.POST.get("password")):
        raise Refused("password", _("Type your password to change the e-mail address."))


def _values(place: Desk) -> dict[str, Any]:
    member, user = place.membership, place.membership.user
    spoken = language(user.language_id)
    values: dict[str, Any] = {name: getattr(user, name) for name in DETAILS}
    values["language"] = spoken.locale.partition("_")[0] if spoken else ""
    for event in EVENTS:
        values[f"notify.{event}"] = choice(member.notifications, event, is_boss=member.is_boss)
    return values


def _notifications(place: Desk) -> dict[str, Any]:
    """The chosen events; words that the page does not show are kept."""
    sent = place.request.POST
    asked = {event: sent.get(f"notify.{event}", "") for event in EVENTS if f"notify.{event}" in sent}
    return chosen(
        place.membership.notifications,
        {event: _WHOSE.get(whose, "") for event, whose in asked.items()},
    )


def _happens(place: Desk, word: str) -> bool:
    """Whether this company uses what the event is about."""
    bit = next((module.bit for module in MODULES if module.entity == EVENTS[word].entity), 0)
    if word == "inventory_threshold" and not place.company.switch("track_inventory"):
        return False
    return not bit or bool(place.company.enabled_modules & bit)


def _draw(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    user = place.membership.user
    context = {
        "form": form,
        "languages": settings.LANGUAGES,
        "company_language": _("As the company"),
        "events": [
            (f"notify.{word}", event.label) for word, event in EVENTS.items() if _happens(place, word)
        ],
        "whose": [("all", _("Of everybody")), ("user", _("Of mine only"))],
        "has_second_factor": second_factor.is_on(user),
        "devices": len(_sessions(user.pk)),
        "sign_ins": _sign_ins(place),
        "others_url": reverse("office:sign-others-out"),
    }
    return page(place, "account/account.html", context, module="account", status=status)


def _sign_ins(place: Desk) -> list[dict[str, Any]]:
    """The last tries to sign in as this person, good and bad."""
    rows = SystemLog.objects.filter(category_id=Category.SECURITY, user_id=place.membership.user_id)
    return [
        {"when": row.created_at, "ip": row.log.get("ip", ""), "good": row.type_id == Type.LOGIN_SUCCESS}
        for row in rows.order_by("-pk")[:SIGN_INS]
    ]


def _sessions(user_id: int) -> list[Session]:
    """The open sessions of a person: their owner stands inside each, so all are looked at."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    return [row for row in live.iterator() if row.get_decoded().get("_auth_user_id") == str(user_id)]


@require_POST
@desk()
def sign_others_out(place: Desk) -> HttpResponse:
    """End every session but this one, and what apps hold."""
    user = place.membership.user
    own = place.request.session.session_key
    ended = [row.session_key for row in _sessions(user.pk) if row.session_key != own]
    Session.objects.filter(session_key__in=ended).delete()
    change_login_keys(user)
    toasts.add(place.request, _("Your other devices are signed out."))
    return redirect(reverse("office:account") + "#security")


def _speaking(response: HttpResponse, locale: str) -> HttpResponse:
    code = locale.partition("_")[0]
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=31_536_000,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


urlpatterns = [
    path("me", account, name="account"),
    path("me/devices", sign_others_out, name="sign-others-out"),
]
