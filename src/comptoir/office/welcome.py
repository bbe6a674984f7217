"""The second step of the first run, which may be skipped: what an invoice should say and look like."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.clients import identifiers
from comptoir.files import logos
from comptoir.kernel.refused import Refused
from comptoir.numbering.patterns import Context, frame
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.logo import link
from comptoir.preferences.operations import update_company
from comptoir.reference import country
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice

SETTINGS: Final = ("address1", "postal_code", "city", "vat_number", "invoice_number_pattern")
SWITCHES: Final = ("siret", "iban")
PATTERNS: Final = ("{$counter}", "{$year}-{$counter}", "F-{$year}-{$counter}", "{$date:Ym}-{$counter}")


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def welcome(place: Desk) -> HttpResponse:
    """Logo, address, numbers of the law, pattern of invoice numbers, a test message."""
    if place.request.method == "GET":
        return _draw(place, Form(_values(place)))
    sent = place.request.POST
    try:
        _save(place)
    except Refused as refused:
        named = {key.removeprefix("settings."): texts for key, texts in refused.errors.items()}
        named["logo"] = named.pop("company_logo", [])
        return _draw(place, Form({name: sent[name] for name in sent}, named), status=422)
    toasts.add(place.request, _("Your company is ready."))
    return redirect("office:home")


def _save(place: Desk) -> None:
    sent = place.request.POST
    numbers = {name: sent.get(name, "").strip() for name in SWITCHES}
    identifiers.compact(numbers)
    faults: dict[str, list[Any]] = {}
    for name, sentence in identifiers.malformed(numbers):
        faults.setdefault(name, []).append(sentence)
    if faults:
        raise Refused.many(faults)
    settings = {name: sent[name].strip() for name in SETTINGS if name in sent}
    with transaction.atomic():
        update_company(place.company, {**numbers, "settings": settings}, by=place.actor, on=place.on)
        if upload := place.request.FILES.get("logo"):
            logos.set_logo(place.company, upload, link(place.company), by=place.actor, on=place.on)


def _values(place: Desk) -> dict[str, Any]:
    values = {name: str(place.preferences[name]) for name in SETTINGS}
    return values | {name: place.company.switch(name) for name in SWITCHES}


def _draw(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    context = Context(on=place.on, user=place.membership.user)
    padding = place.preferences.counter_padding
    home = country(str(place.preferences.country_id))
    shown = {
        "form": form,
        "patterns": [
            Choice("" if text == "{$counter}" else text, frame(text, context).number(1, padding))
            for text in PATTERNS
        ],
        "is_french": home is not None and home.iso_3166_2 == "FR",
        "trial_url": reverse("office:mail-trial"),
        "own_email": place.membership.user.email,
    }
    return page(place, "setup/welcome.html", shown, status=status)


urlpatterns = [path("welcome", welcome, name="welcome")]
