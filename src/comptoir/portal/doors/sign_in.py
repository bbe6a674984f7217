"""Sign in with e-mail and password, ask for a link by mail, sign out, switch to another client."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.activity.models import Job
from comptoir.clients.models import Contact
from comptoir.kernel import ids
from comptoir.people.limits import try_once
from comptoir.portal import cookies, pages, sessions
from comptoir.portal.companies import company_of, takes_registrations
from comptoir.portal.doors.arriving import sign_in_as
from comptoir.portal.doors.credentials import right_contacts
from comptoir.portal.doors.threshold import door
from comptoir.portal.models import OneTimeKey
from comptoir.portal.requests import MAILS_TO_ONE, address_of, count_form, place_of
from comptoir.portal.visits import Visit, visit
from comptoir.ui.forms import Form

MAIL_LINKS: Final = "portal.mail_links"


@require_http_methods(["GET", "HEAD", "POST"])
@door()
@sensitive_post_parameters("password")
def login(request: HttpRequest, company_key: str = "") -> HttpResponse:
    """The form; it says the same of an unknown address and of a wrong password."""
    company = company_of(company_key)
    if request.method != "POST":
        return _form(request, company_key, Form({"email": request.GET.get("email", "")}))
    email, password = request.POST.get("email", ""), request.POST.get("password", "")
    people = right_contacts(email, password, company, place_of(request), address_of(request))
    if not people:
        wrong = _("This e-mail and this password do not belong together.")
        return _form(request, company_key, Form({"email": email}, {"": [wrong]}), status=422)
    return sign_in_as(request, people[0], [one.pk for one in people])


@require_POST
@door()
def mail_link(request: HttpRequest, company_key: str = "") -> HttpResponse:
    """Mail a link to sign in with; whether the address is known is not said."""
    return _mailed(request, company_key, OneTimeKey.Purpose.SIGN_IN)


@require_safe
@door()
def forgotten(request: HttpRequest, company_key: str = "") -> HttpResponse:
    """Ask for a new password."""
    context = {"form": Form({"email": request.GET.get("email", "")}), "company_key": company_key}
    return pages.alone(request, "doors/forgotten.html", context, company_of(company_key))


@require_POST
@door()
def mail_reset(request: HttpRequest, company_key: str = "") -> HttpResponse:
    """Mail a link to choose a new password with."""
    return _mailed(request, company_key, OneTimeKey.Purpose.PASSWORD)


@require_http_methods(["GET", "POST"])
@door()
def logout(request: HttpRequest) -> HttpResponse:
    """End the contact's session; staff who are signed in stay so."""
    session = sessions.behind(cookies.read(request, cookies.PORTAL))
    response = pages.to("portal:login", done="signed_out")
    if session is not None:
        response = pages.to("portal:login", session.company.company_key, done="signed_out")
        sessions.end(session)
    cookies.forget(response, cookies.PORTAL)
    return response


@require_POST
@visit()
def switch(there: Visit, key: str) -> HttpResponse:
    """Go on as another contact that is the same person."""
    pk = ids.decode(key)
    if pk is None or pk not in there.session.companions:
        raise Http404
    found = Contact.everywhere.filter(pk=pk).select_related("company", "client__group")
    person = next(iter(sessions.open_contacts(list(found))), None)
    if person is None:
        raise Http404
    return sign_in_as(there.request, person, [*there.session.companions, there.contact.pk])


def _form(request: HttpRequest, company_key: str, form: Form, *, status: int = 200) -> HttpResponse:
    company = company_of(company_key)
    context = {
        "form": form,
        "company_key": company_key,
        "may_register": company is not None and takes_registrations(company),
        "register_key": company.company_key if company is not None else "",
    }
    return pages.alone(request, "doors/login.html", context, company, status=status)


def _mailed(request: HttpRequest, company_key: str, purpose: str) -> HttpResponse:
    """The worker looks the address up: here the time that it takes would tell (reliability S10)."""
    company, email = company_of(company_key), request.POST.get("email", "").strip().lower()[:190]
    count_form(request, "mail")
    try_once(MAILS_TO_ONE, email)
    args = {"email": email, "company": company.pk if company else None, "purpose": str(purpose)}
    with transaction.atomic():
        Job.objects.create(name=MAIL_LINKS, args=args, run_at=timezone.now())
    return pages.to("portal:login", *([company_key] if company_key else []), done="mailed")
