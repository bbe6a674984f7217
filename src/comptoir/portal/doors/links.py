"""Links that were mailed: the key goes into a short cookie, and a button uses it.

The button is there because mail scanners open every link: what a link does must not happen by itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.clients.people import update_contact
from comptoir.kernel.refused import Refused
from comptoir.portal import cookies, pages, sessions
from comptoir.portal.doors.arriving import sign_in_as
from comptoir.portal.doors.credentials import with_email
from comptoir.portal.doors.threshold import door
from comptoir.portal.letters import Purpose, key_behind
from comptoir.portal.models import OneTimeKey
from comptoir.portal.passwords import choose_password
from comptoir.portal.requests import address_of, guesses_counted
from comptoir.portal.visits import actor_of, locale_of, today
from comptoir.preferences.languages import of_pages
from comptoir.tenancy.scope import acting_for
from comptoir.ui.forms import Form

_A_WHILE: Final = timedelta(minutes=30)


@require_safe
@door("link")
def arrive(request: HttpRequest, key: str) -> HttpResponse:
    """Take the key out of the address."""
    with guesses_counted(request):
        if key_behind(key) is None:
            raise Http404
    response = pages.to("portal:link")
    cookies.write(response, cookies.LINK, key, _A_WHILE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@door("link")
@sensitive_post_parameters("password", "password_again")
def use(request: HttpRequest) -> HttpResponse:
    """Say what the link does, and do it."""
    with guesses_counted(request):
        row = key_behind(cookies.read(request, cookies.LINK))
        if row is None or not sessions.is_open(row.contact):
            raise Http404
    with acting_for(row.company), translation.override(of_pages(locale_of(row.contact))):
        if request.method != "POST":
            return _shown(request, row, Form())
        try:
            with transaction.atomic():  # what the link does, and that it did
                response = _DOES[Purpose(row.purpose)](request, row)
        except Refused as refused:
            return _shown(request, row, Form({}, refused.errors), status=422)
    cookies.forget(response, cookies.LINK)
    return response


def _sign_in(request: HttpRequest, row: OneTimeKey) -> HttpResponse:
    """Whoever reads this mailbox is every open contact with this address."""
    people = with_email(row.email.lower(), None)
    if row.contact_id not in {one.pk for one in people}:
        raise Http404
    _used_up(row)
    return sign_in_as(request, row.contact, [one.pk for one in people])


def _password(request: HttpRequest, row: OneTimeKey) -> HttpResponse:
    by = actor_of(row.contact, address_of(request))
    choose_password(row.contact, request.POST, by=by, on=today(row.company))
    _used_up(row)
    same = [one for one in with_email(row.email.lower(), None) if _same_password(request, one.password)]
    return sign_in_as(request, row.contact, [one.pk for one in same], done="password")


def _used_up(row: OneTimeKey) -> None:
    """Of two who use a link at the same moment the second finds it gone, and does nothing."""
    if not OneTimeKey.objects.filter(pk=row.pk).delete()[0]:
        raise Http404


def _same_password(request: HttpRequest, encoded: str) -> bool:
    return bool(encoded) and check_password(request.POST.get("password", ""), encoded)


def _email(request: HttpRequest, row: OneTimeKey) -> HttpResponse:
    """The new address is the contact's from now on; the old one signs in no more (S96)."""
    by = actor_of(row.contact, address_of(request))
    update_contact(row.contact, {"email": row.email}, by=by, on=today(row.company))
    OneTimeKey.objects.filter(contact=row.contact).delete()
    here = sessions.behind(cookies.read(request, cookies.PORTAL))
    is_own = here is not None and here.contact_id == row.contact_id and here.is_whole
    return pages.to("portal:profile" if is_own else "portal:login", done="confirmed")


_DOES: Final = {Purpose.SIGN_IN: _sign_in, Purpose.PASSWORD: _password, Purpose.EMAIL: _email}


def _shown(request: HttpRequest, row: OneTimeKey, form: Form, *, status: int = 200) -> HttpResponse:
    faults = [
        text for name, texts in form.errors.items() if not name.startswith("password") for text in texts
    ]
    context = {"form": form, "row": row, "faults": faults, "question": _question(row)}
    return pages.alone(request, "doors/link.html", context, row.company, status=status)


def _question(row: OneTimeKey) -> tuple[str, str]:
    """The sentence, and the word on the button."""
    company = {"company": row.company.name}
    if row.purpose == Purpose.SIGN_IN:
        return _("Sign in to the client area of %(company)s") % company, _("Sign in")
    if row.purpose == Purpose.PASSWORD:
        return _("Choose a password"), _("Save and sign in")
    return _("Confirm your e-mail address"), _("Confirm this address")
