"""The company's look: name, logo, colour, its own style sheet and its own words around the page."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comptoir.clients.models import Client
from comptoir.delivery.pdf.prose import prose
from comptoir.files.logos import logo
from comptoir.portal import cookies, sessions
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy import keys
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from comptoir.ui.brand import stylesheet

_A_DAY: Final = "private, max-age=86400"


def of(company: Company | None, client: Client | None = None) -> dict[str, Any]:
    """The context of every page; nothing where no company is known."""
    if company is None:
        return {}
    chosen = client.preferences if client is not None else Preferences((company.settings,))
    css = _css(chosen)
    return {
        "company": {
            "name": str(chosen["name"]) or company.name,
            "logo": _url("portal:logo", company, str(company.switch("logo_path")))
            if _has_logo(company)
            else "",
            "address": ", ".join(
                part for part in (chosen.address1, f"{chosen.postal_code} {chosen.city}".strip()) if part
            ),
            "phone": chosen.phone,
            "email": chosen.email,
            "vat_number": chosen.vat_number,
        },
        "brand_css": _url("portal:brand", company, css) if css else "",
        "own_head": prose(str(chosen.portal_custom_head), {}),
        "own_footer": prose(str(chosen.portal_custom_footer), {}),
    }


@require_safe
def css(request: HttpRequest) -> HttpResponse:
    """The colour and the company's own rules, those of the client who is signed in where it has some."""
    company = _asked(request)
    session = sessions.behind(cookies.read(request, cookies.PORTAL))
    layers = Preferences((company.settings,))
    if session is not None and session.company_id == company.pk:
        layers = session.contact.client.preferences
    return HttpResponse(
        _css(layers), content_type="text/css; charset=utf-8", headers={"Cache-Control": _A_DAY}
    )


@require_safe
def picture(request: HttpRequest) -> HttpResponseBase:
    """The company's logo."""
    company = _asked(request)
    with acting_for(company):
        answer = logo(company)
    if answer is None:
        raise Http404
    answer.headers["Cache-Control"] = _A_DAY
    return answer


def _css(preferences: Preferences) -> str:
    return stylesheet(str(preferences.primary_color), str(preferences.portal_custom_css))


def _has_logo(company: Company) -> bool:
    return bool(company.switch("logo_path"))


def _asked(request: HttpRequest) -> Company:
    company = Company.objects.filter(company_key=request.GET.get("company", ""), deleted_at=None).first()
    if company is None:
        raise Http404
    return company


def _url(name: str, company: Company, content: str) -> str:
    """With a version that changes with the content, so that browsers may keep it."""
    return f"{reverse(name)}?{urlencode({'company': company.company_key, 'v': keys.digest(content)[:8]})}"
