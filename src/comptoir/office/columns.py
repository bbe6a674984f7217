"""Which columns a member wants in a list; remembered with the membership."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comptoir.office.desk import Desk, desk
from comptoir.office.lists.tastes import keep
from comptoir.office.pages import came_from


@require_POST
@desk()
def choose(place: Desk, name: str) -> HttpResponse:
    """Keep the ticked columns of one list, and go back to it."""
    keep(place, "columns", name, place.request.POST.getlist("columns"))
    return redirect(came_from(place, "/"))


urlpatterns = [path("columns/<slug:name>", choose, name="columns")]
