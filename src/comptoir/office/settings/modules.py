"""Which modules the company uses: what its menu, its clients' pages and its portal show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.kernel.refused import Stale
from comptoir.office.desk import Desk, desk
from comptoir.office.modules import MODULES, Module
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.office.versions import Conflict, save_if_current, told, version_of
from comptoir.preferences.operations import update_company
from comptoir.ui import toasts
from comptoir.ui.forms import Form


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk) -> HttpResponse:
    """Switch modules on and off; what is in them stays."""
    offered = [each for each in MODULES if each.bit and each.list_url]
    if place.request.method == "GET":
        return _draw(place, offered, _on(place, offered) | {"version": version_of(_on(place, offered))})
    sent = place.request.POST
    wanted = {each.key: sent.get(each.key) == "1" for each in offered}
    try:
        save_if_current(
            place.company,
            sent.get("version", ""),
            lambda: _on(place, offered),
            lambda: _save(place, offered, wanted),
        )
    except Stale:
        now = _on(place, offered)
        shown = [
            (str(each.label), _word(now[each.key]), _word(wanted[each.key]))
            for each in offered
            if now[each.key] != wanted[each.key]
        ]
        return _draw(place, offered, wanted | {"version": version_of(now)}, told(place.company, shown))
    toasts.add(place.request, _("The modules are saved."))
    return redirect("office:modules")


def _on(place: Desk, offered: Sequence[Module]) -> dict[str, bool]:
    return {each.key: bool(place.company.enabled_modules & each.bit) for each in offered}


def _word(on: bool) -> str:
    return _("On") if on else _("Off")


def _save(place: Desk, offered: Sequence[Module], wanted: Mapping[str, bool]) -> None:
    mask = place.company.enabled_modules
    for each in offered:
        mask = mask | each.bit if wanted[each.key] else mask & ~each.bit
    update_company(place.company, {"enabled_modules": mask}, by=place.actor, on=place.on)


def _draw(
    place: Desk, offered: Sequence[Module], values: Mapping[str, Any], shown: Conflict | None = None
) -> HttpResponse:
    context = {
        **frame(place, level_of(place), "modules"),
        "modules": offered,
        "form": Form(values),
        "conflict": shown,
        "edit_url": reverse("office:modules"),
    }
    return page(place, "settings/modules.html", context, module="settings", status=409 if shown else 200)


urlpatterns = [path("settings/modules", edit, name="modules")]
