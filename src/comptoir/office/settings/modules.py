"""Which modules the company uses: what its menu, its clients' pages and its portal show."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.office.desk import Desk, desk
from comptoir.office.modules import MODULES
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.preferences.operations import update_company
from comptoir.ui import toasts
from comptoir.ui.forms import Form


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk) -> HttpResponse:
    """Switch modules on and off; what is in them stays."""
    offered = [each for each in MODULES if each.bit and each.list_url]
    mask = place.company.enabled_modules
    if place.request.method == "POST":
        for each in offered:
            mask = mask | each.bit if place.request.POST.get(each.key) == "1" else mask & ~each.bit
        update_company(place.company, {"enabled_modules": mask}, by=place.actor, on=place.on)
        toasts.add(place.request, _("The modules are saved."))
        return redirect("office:modules")
    context = {
        **frame(place, level_of(place), "modules"),
        "modules": offered,
        "form": Form({each.key: bool(mask & each.bit) for each in offered}),
    }
    return page(place, "settings/modules.html", context, module="settings")


urlpatterns = [path("settings/modules", edit, name="modules")]
