"""Generated numbers: the next one of each series while its pattern is typed, and the gaps in a series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.clients.models import Client
from comptoir.kernel.refused import Refused
from comptoir.numbering import counters
from comptoir.numbering.gaps import gaps
from comptoir.numbering.models import Counter
from comptoir.numbering.patterns import Context, frame
from comptoir.numbering.rules import is_gap_free
from comptoir.numbering.series import counted_as, scope_of
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings import reading
from comptoir.office.settings.layout import BY_KEY
from comptoir.office.settings.levels import Level, level_of
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue.numbers import SERIES
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice

VARIABLES: Final = (
    ("{$counter}", _("The counter of the company")),
    ("{$client_counter}", _("A counter of the client's own")),
    ("{$group_counter}", _("A counter of the group's own")),
    ("{$year}", _("The year")),
    ("{$date:Y-m}", _("The date, written as you say: Y-m-d, d.m.y, Ym …")),
    ("{$client_number}", _("The number of the client")),
    ("{$client_id_number}", _("The client's ID number, else its number")),
    ("{$client_custom1}", _("A custom field of the client, 1 to 4")),
    ("{$user_id}", _("The number of the user who saves")),
)


def following(place: Desk, level: Level, settings: Mapping[str, Any]) -> dict[str, str]:
    """The next number of each series if ``settings`` were this level's own."""
    preferences = Preferences((settings, *level.layers[1:]))
    client = level.row if isinstance(level.row, Client) else Client(number="0001", id_number="")
    context = Context(on=place.on, user=place.membership.user, client=client, group_id=_group(level))
    return {series: _next(series, preferences, context, settings) for series in SERIES}


def _group(level: Level) -> int | None:
    return (
        level.row.group_id
        if isinstance(level.row, Client)
        else level.row.pk
        if level.key == "group"
        else None
    )


def _next(series: str, preferences: Preferences, context: Context, settings: Mapping[str, Any]) -> str:
    pattern = preferences[f"{series}_number_pattern"]
    counted = counted_as(series, preferences)
    scope = scope_of(series, pattern, context) if context.client and context.client.pk else ""
    typed = settings.get(f"{counted}_number_counter")
    counter = int(typed) if typed and not scope else counters.peek(counted, scope)
    return frame(pattern, context).number(counter, preferences.counter_padding)


def frozen() -> frozenset[str]:
    """Counters that the law keeps from being moved: their series has begun."""
    begun = set(Counter.objects.filter(scope="").values_list("series", flat=True))
    return frozenset(f"{series}_number_counter" for series in begun if is_gap_free(series))


@require_POST
@desk()
def preview(place: Desk) -> HttpResponse:
    """The next numbers of what stands in the form; each swaps itself into its place."""
    level = level_of(place)
    keys = [key for _section, names in BY_KEY["numbers"].at(level.key) for key in names]
    try:
        typed = reading.read(keys, place.request.POST, level).settings
    except Refused:
        return HttpResponse(status=204)
    found = following(place, level, {**level.own, **typed})
    shown = [(series, number) for series, number in found.items() if f"{series}_number_pattern" in keys]
    return part(place, "settings/next.html", {"next": shown})


@require_GET
@desk("edit", "company")
def missing(place: Desk) -> HttpResponse:
    """Which invoices and credits are missing from their series: what an auditor asks."""
    from comptoir.office.settings.pages import frame as framed

    level = level_of(place)
    found = [
        {"label": str(label), "report": gaps(_numbers(model), place.preferences[f"{series}_number_pattern"])}
        for series, label, model in (("invoice", _("Invoices"), Invoice), ("credit", _("Credits"), Credit))
    ]
    return page(
        place, "settings/gaps.html", {**framed(place, level, "numbers"), "reports": found}, module="settings"
    )


def _numbers(model: Any) -> list[str]:
    return list(model.objects.exclude(number="").values_list("number", flat=True))


urlpatterns = [
    path("settings/numbers/next", preview, name="next-numbers"),
    path("settings/numbers/gaps", missing, name="number-gaps"),
]
