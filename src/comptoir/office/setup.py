"""The first run: a short form behind the one-time link, then a few more questions that may be skipped.

On an installation where nobody works yet every door leads to ``/setup``; the form itself opens only
with the word that the console shows (decision T31). Both are nowhere once somebody works here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from babel.core import get_global
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir import reference
from comptoir.kernel.refused import Refused
from comptoir.people import setup, sign_in
from comptoir.people.adapters import too_many
from comptoir.people.addresses import client_ip, network_of
from comptoir.people.founding import found_account
from comptoir.people.limits import OPEN_FORMS, TooManyTries, try_once
from comptoir.people.models import Membership
from comptoir.reference import sorted_by_name
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import locale

Answer = Callable[[HttpRequest], HttpResponse]
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
DOORS: Final = frozenset({"/", "/account/login/"})
PERSON: Final = ("first_name", "last_name", "email", "password")


def first_run(get_response: Answer) -> Answer:
    """Middleware: while nobody works here, the doors of the office lead to the set-up page."""
    done = False

    def answer(request: HttpRequest) -> HttpResponse:
        nonlocal done
        if not done and request.path in DOORS:
            done = not setup.is_due()
            if not done:
                return redirect("office:setup")
        return get_response(request)

    return answer


@require_GET
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """Where the link is to be found."""
    if not setup.is_due():
        return redirect("office:home")
    return render(request, "office/setup/waiting.html")


@require_http_methods(["GET", "POST"])
@never_cache
def begin(request: HttpRequest, word: str) -> HttpResponse:
    """The form that makes the account, the first company and its owner, and signs them in."""
    _refuse_strangers(request, word)
    if request.method == "GET":
        return _form(request, word, Form(_proposed(request)))
    typed = {name: request.POST[name] for name in request.POST}
    try:
        with transaction.atomic():
            _refuse_strangers(request, word)
            membership = _found(request, typed)
    except Refused as refused:
        return _form(request, word, Form(typed, _at_fields(refused)), status=422)
    setup.word(settings.DATA)
    login(request, membership.user, backend=BACKEND)
    sign_in.succeeded(membership.user, _ip(request))
    response = redirect("office:welcome")
    _speak(response, typed["language"])
    return response


@require_GET
def currency_of(request: HttpRequest, word: str) -> HttpResponse:
    """The list of currencies with the chosen country's picked; a part of the form."""
    _refuse_strangers(request, word)
    return render(request, "office/setup/currency.html", _choices(request.GET.get("country_id", "")))


@require_POST
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language of somebody who has not signed in."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    _speak(response, code)
    return response


def _refuse_strangers(request: HttpRequest, word: str) -> None:
    """Raise Http404 unless the word is right, ImmediateHttpResponse (429) for somebody who guesses on."""
    if setup.opens(settings.DATA, word):
        return
    if setup.is_due():
        try:
            try_once(OPEN_FORMS, "setup", network_of(_ip(request)))
        except TooManyTries as wait:
            raise ImmediateHttpResponse(too_many(request, wait)) from None
    raise Http404


def _ip(request: HttpRequest) -> str:
    return client_ip(request.META, settings.TRUSTED_PROXIES)


def _found(request: HttpRequest, typed: Mapping[str, str]) -> Membership:
    needed = ("first_name", "company")
    missing = {name: [_("This is needed.")] for name in needed if not typed.get(name, "").strip()}
    spoken = reference.language.by_code(typed.get("language", ""))
    if spoken is None:
        missing["language"] = [_("Choose a language.")]
    if reference.country(typed.get("country_id", "")) is None:
        missing["country_id"] = [_("Choose a country.")]
    if missing or spoken is None:
        raise Refused.many(missing)
    person = {name: typed.get(name, "").strip() for name in PERSON}
    person |= {"password": typed.get("password", ""), "language_id": spoken.id}
    kept = {
        "name": typed["company"].strip(),
        "email": person["email"],
        "country_id": typed["country_id"],
        "language_id": spoken.id,
        "currency_id": typed.get("currency_id") or _currency(typed["country_id"]),
        "timezone_id": _zone(typed["country_id"]),
    }
    on = timezone.localdate()
    return found_account(person, {key: value for key, value in kept.items() if value}, on=on, ip=_ip(request))


def _at_fields(refused: Refused) -> dict[str, list[Any]]:
    named = {
        key.removeprefix("settings."): texts for key, texts in refused.errors.items() if key != "settings"
    }
    return {"company" if key == "name" else key: texts for key, texts in named.items()}


def _proposed(request: HttpRequest) -> dict[str, str]:
    """What the browser's languages suggest: fr-BE is French, in Belgium."""
    spoken = translation.get_language() or "en"
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    _language, _dash, region = wanted.partition("-")
    code = region.upper() or {"fr": "FR", "en": "US"}.get(spoken, "FR")
    country = reference.country.by_code(code) or reference.country.by_code("FR")
    assert country is not None
    return {"language": spoken, "country_id": country.id, "currency_id": _currency(country.id)}


def _currency(country_id: str) -> str:
    country = reference.country(country_id)
    found = reference.currency.by_code(country.currency_code) if country else None
    return found.id if found else ""


def _zone(country_id: str) -> str:
    """The time zone of a country that has one; others choose theirs in the settings."""
    country = reference.country(country_id)
    code = country.iso_3166_2 if country else ""
    territories = get_global("zone_territories")
    found = [row.id for row in reference.timezone if territories.get(row.location) == code]
    return found[0] if len(found) == 1 else ""


def _choices(country_id: str) -> dict[str, Any]:
    spoken = locale()
    named = sorted_by_name(reference.currency, spoken)
    return {
        "currencies": [Choice(row.id, f"{row.code} – {name}") for name, row in named],
        "currency_id": _currency(country_id),
    }


def _form(request: HttpRequest, word: str, form: Form, *, status: int = 200) -> HttpResponse:
    country_id = str(form.value("country_id") or "")
    context = {
        "form": form,
        "countries": [(row.id, name) for name, row in sorted_by_name(reference.country, locale())],
        "languages": settings.LANGUAGES,
        "currency_url": reverse("office:setup-currency", args=[word]),
        **_choices(country_id),
    }
    context["currency_id"] = form.value("currency_id") or context["currency_id"]
    return render(request, "office/setup/begin.html", context, status=status)


def _speak(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=31_536_000,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


urlpatterns = [
    path("setup", waiting, name="setup"),
    path("setup/<str:word>", begin, name="begin-setup"),
    path("setup/<str:word>/currency", currency_of, name="setup-currency"),
    path("language/<slug:code>", speak, name="speak"),
]
