"""The company's logo: shown, replaced, taken away."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.files import logos, shelves
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from comptoir.ui import toasts


def link(company: Company) -> str:
    """Where everybody sees it: mails and documents carry this address (contract schemas, company)."""
    return f"{settings.BASE_URL}/api/v1/companies/{ids.encode(company.pk)}/logo/{company.logo_key}"


@require_GET
@desk()
def show(place: Desk) -> HttpResponse:
    """The picture, for the pages of the office."""
    found = logos.logo(place.company)
    if found is None:
        raise Http404
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Cache-Control"] = "private, max-age=300"
    return found  # type: ignore[return-value]


@require_POST
@desk("edit", "company")
def upload(place: Desk) -> HttpResponse:
    """Keep a picture as the logo."""
    sent = place.request.FILES.get("logo")
    if sent is None:
        toasts.add(place.request, _("Choose a picture first."), "error")
    else:
        try:
            logos.set_logo(place.company, sent, link(place.company), by=place.actor, on=place.on)
            toasts.add(place.request, _("The logo is saved."))
        except Refused as refused:
            toasts.add(place.request, str(refused.sentence), "error")
    return redirect("office:settings-page", "company")


@require_POST
@desk("edit", "company")
def remove(place: Desk) -> HttpResponse:
    """Go without a logo."""
    before = str(place.company.switch("logo_path"))
    fields = {"logo_path": "", "settings": {"company_logo": ""}}
    update_company(place.company, fields, by=place.actor, on=place.on)
    shelves.remove_once_committed([before] if before else [])
    toasts.add(place.request, _("The logo is gone."))
    return redirect("office:settings-page", "company")


urlpatterns = [
    path("company/logo", show, name="company-logo"),
    path("company/logo/upload", upload, name="upload-logo"),
    path("company/logo/remove", remove, name="remove-logo"),
]
