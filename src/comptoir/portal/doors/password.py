"""The password between a link and what it leads to, where the company protects its portal (S97)."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.people.limits import BAD_LOGINS_OF_ONE, count, forget, refuse_too_many
from comptoir.portal import cookies, pages, sessions
from comptoir.portal.doors.arriving import enter
from comptoir.portal.doors.threshold import door
from comptoir.portal.models import ContactSession
from comptoir.portal.passwords import choose_password
from comptoir.portal.requests import address_of, place_of
from comptoir.portal.visits import actor_of, spoken_to, today
from comptoir.tenancy.scope import acting_for
from comptoir.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
@door()
@sensitive_post_parameters("password", "password_again")
def password(request: HttpRequest) -> HttpResponse:
    """Type it, or choose it if there is none yet; then on to what the link was for."""
    here = sessions.behind(cookies.read(request, cookies.PORTAL))
    if here is None or not here.awaits_password:
        return pages.to("portal:home")
    with acting_for(here.company), spoken_to(here):
        if request.method != "POST":
            return _form(request, here, Form())
        try:
            _prove(request, here)
        except Refused as refused:
            return _form(request, here, Form({}, refused.errors), status=422)
        return enter(request, here.contact, _target(here), key_digest=here.key_digest)


def _prove(request: HttpRequest, here: ContactSession) -> None:
    """Raises Refused at ``password``, and TooManyTries."""
    contact, place = here.contact, place_of(request)
    if not contact.password:
        by = actor_of(contact, address_of(request))
        choose_password(contact, request.POST, by=by, on=today(here.company))
        return
    refuse_too_many(BAD_LOGINS_OF_ONE, "portal-key", str(contact.pk), place)
    if not check_password(request.POST.get("password", ""), contact.password):
        count(BAD_LOGINS_OF_ONE, "portal-key", str(contact.pk), place)
        raise Refused("password", _("This is not your password."))
    forget(BAD_LOGINS_OF_ONE, "portal-key", str(contact.pk), place)


def _target(here: ContactSession) -> HttpResponseRedirect:
    if not here.opens:
        return pages.to("portal:home")
    kind, pk, _digest = here.opens[-1]
    return pages.to(f"portal:{kind}", ids.encode(pk))


def _form(request: HttpRequest, here: ContactSession, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_new": not here.contact.password, "email": here.contact.email}
    return pages.alone(request, "doors/password.html", context, here.company, status=status)
