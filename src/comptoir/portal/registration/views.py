"""The form for strangers, and the texts that they accept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.activity.actors import Actor
from comptoir.delivery.pdf.prose import prose
from comptoir.kernel.refused import Refused
from comptoir.portal import pages
from comptoir.portal.companies import company_of, takes_registrations
from comptoir.portal.doors.arriving import sign_in_as
from comptoir.portal.doors.threshold import door
from comptoir.portal.registration.fields import options_of, shown_fields
from comptoir.portal.registration.operations import register_client
from comptoir.portal.registration.reading import HONEYPOT, read
from comptoir.portal.requests import address_of, count_form
from comptoir.portal.visits import today
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from comptoir.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
@door()
@sensitive_post_parameters("password", "password_again")
def register(request: HttpRequest, company_key: str = "") -> HttpResponse:
    """The form; whoever fills in the field that nobody sees is no person, and hears nothing of it."""
    company = company_of(company_key)
    if company is None:
        raise Http404
    if not takes_registrations(company):
        return pages.refusal(request, "unregistered", company=company)
    if request.method != "POST":
        return _form(request, company, Form(_starting(company)))
    count_form(request, "register")
    if request.POST.get(HONEYPOT):
        return pages.to("portal:login", company.company_key)
    try:
        contact = _registered(request, company)
    except Refused as refused:
        return _form(request, company, Form(request.POST, refused.errors), status=422)
    return sign_in_as(request, contact, [], done="welcome")


@require_safe
@door()
def terms(request: HttpRequest, company_key: str) -> HttpResponse:
    """The terms of use and the privacy policy."""
    company = company_of(company_key)
    texts = _texts(company) if company is not None else {}
    if not any(texts.values()):
        raise Http404
    return pages.alone(request, "doors/terms.html", texts, company)


def _registered(request: HttpRequest, company: Company) -> Any:
    person, fields = read(company, request.POST, accepts=any(_texts(company).values()))
    name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip() or person["email"]
    by = Actor("contact", None, name[:190], ip=address_of(request))
    with acting_for(company):
        contact = register_client(company, person, fields, by=by, on=today(company))
    contact.company = contact.client.company = company
    return contact


def _starting(company: Company) -> dict[str, str]:
    chosen = Preferences((company.settings,))
    return {"country_id": str(chosen.country_id), "currency_id": str(chosen.currency_id)}


def _texts(company: Company) -> dict[str, str]:
    chosen = Preferences((company.settings,))
    return {
        "terms": prose(str(chosen.client_portal_terms), {}),
        "policy": prose(str(chosen.client_portal_privacy_policy), {}),
    }


def _form(request: HttpRequest, company: Company, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "inputs": [(field, options_of(field)) for field in shown_fields(company)],
        "honeypot": HONEYPOT,
        "accepts": any(_texts(company).values()),
        "company_key": company.company_key,
        "rule": _("At least 7 characters, with a small letter, a capital and a digit."),
    }
    return pages.alone(request, "doors/register.html", context, company, status=status)
