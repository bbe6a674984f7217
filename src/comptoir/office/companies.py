"""Work for another of one's companies."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from comptoir.kernel import ids
from comptoir.office.desk import COMPANY_KEY, Desk, desk


@require_POST
@desk()
def switch(place: Desk, key: str) -> HttpResponse:
    """Change the company of this session; the session's id changes with it."""
    wanted = ids.decode(key)
    if wanted not in {each.company_id for each in place.memberships}:
        raise PermissionDenied
    place.request.session[COMPANY_KEY] = wanted
    place.request.session.cycle_key()
    return redirect("/")


urlpatterns = [path("companies/<str:key>/switch", switch, name="switch-company")]
