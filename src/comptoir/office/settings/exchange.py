"""Rates of exchange: what was published, and what the company says instead."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.clients.models import Client, Group
from comptoir.exchange import rates
from comptoir.exchange.models import RateSheet
from comptoir.exchange.operations import set_rates
from comptoir.kernel import formats
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.reference import currency, sorted_by_name
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import locale

_FIELD: Final = "rate."
_NEW: Final = "new"


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk) -> HttpResponse:
    """Own rates, beside the published ones; an empty box follows those."""
    if place.request.method == "GET":
        own = rates.own_rates(place.company)
        return _draw(place, Form({f"{_FIELD}{unit}": rate for unit, rate in own.items()}))
    sent = place.request.POST
    try:
        set_rates(place.company, _read(sent), by=place.actor, on=place.on)
    except Refused as refused:
        return _draw(place, Form(dict(sent.items()), _placed(refused, sent)), status=422)
    toasts.add(place.request, _("The exchange rates are saved."))
    return redirect("office:exchange-rates")


def _read(sent: Mapping[str, str]) -> dict[str, Decimal]:
    """The rates that are typed, by currency; that of a new row at the currency that is chosen there."""
    found: dict[str, Decimal] = {}
    faults: dict[str, list[Any]] = {}
    for name in sent:
        if not name.startswith(_FIELD) or not sent[name].strip():
            continue
        unit = name.removeprefix(_FIELD)
        unit = sent.get("currency_id", "") if unit == _NEW else unit
        try:
            found[unit] = calculate(sent[name])
        except ValueError:
            faults[name] = [_("This is not a number.")]
    if sent.get("currency_id") and not sent.get(f"{_FIELD}{_NEW}", "").strip():
        faults[f"{_FIELD}{_NEW}"] = [_("Say its rate.")]
    if faults:
        raise Refused.many(faults)
    return found


def _placed(refused: Refused, sent: Mapping[str, str]) -> dict[str, Any]:
    """Faults of the new row at the new row."""
    added = f"{_FIELD}{sent.get('currency_id', '')}"
    return {
        f"{_FIELD}{_NEW}" if name == added and name not in sent else name: texts
        for name, texts in refused.errors.items()
    }


def _draw(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    published = rates.published_rates(place.company, on=place.on)
    own, near = rates.own_currency(place.company), {*_used(), *_typed(form)}
    every = [(name, unit) for name, unit in sorted_by_name(currency, locale()) if unit.id != own]
    rows = [_row(unit, name, published) for name, unit in every if unit.id in near or unit.id in published]
    context = {
        **frame(place, level_of(place), "exchange-rates"),
        "form": form,
        "own": currency(own),
        "rows": [row for row in rows if row["id"] in near],
        "others": [row for row in rows if row["id"] not in near],
        "choices": [
            Choice(unit.id, f"{name} ({unit.code})")
            for name, unit in every
            if unit.id not in near and unit.id not in published
        ],
        "sheet": _sheet(place),
    }
    return page(place, "settings/exchange.html", context, module="settings", status=status)


def _typed(form: Form) -> set[str]:
    """The currencies that have a rate in the form."""
    return {
        name.removeprefix(_FIELD) for name, text in form.values.items() if text and name.startswith(_FIELD)
    }


def _row(unit: Any, name: str, published: Mapping[str, rates.Known]) -> dict[str, Any]:
    known = published.get(unit.id)
    return {
        "id": unit.id,
        "name": name,
        "code": unit.code,
        "field": f"{_FIELD}{unit.id}",
        "published": formats.number(known.rate, locale()) if known else "",
    }


def _used() -> set[str]:
    """The currencies that clients and groups have of their own."""
    own = "settings__currency_id"
    found: set[Any] = set()
    for rows in (Client.objects.live(), Group.objects.live()):
        found |= set(rows.exclude(**{own: None}).order_by().values_list(own, flat=True).distinct())
    return {str(unit) for unit in found}


def _sheet(place: Desk) -> dict[str, Any]:
    """The last published rates: of when, from whom, whether they still count, whether more are to come."""
    last = RateSheet.objects.filter(day__lte=place.on).order_by("-day").first()
    return {
        "day": last.day if last else None,
        "source": last.source if last else "",
        "is_old": last is not None and last.day < place.on - rates.GOOD_FOR,
        "is_fetched": bool(settings.RATES_URL),
        "good_for": rates.GOOD_FOR.days,
    }


urlpatterns = [path("settings/exchange-rates", edit, name="exchange-rates")]
