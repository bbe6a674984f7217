"""The contact's own details, e-mail and password; the client's name and addresses (S97, S98, S100)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib.auth.hashers import check_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from comptoir.clients.logos import remove_logo, set_logo
from comptoir.clients.operations import update_client
from comptoir.clients.people import update_contact
from comptoir.clients.receiving import choose_mails
from comptoir.files.logos import picture_at
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.people.limits import BAD_LOGINS_OF_ONE, TooManyTries, count, refuse_too_many, try_once
from comptoir.portal import mails, pages
from comptoir.portal.doors.arriving import enter
from comptoir.portal.letters import Purpose, mail_key, refuse_no_address
from comptoir.portal.passwords import choose_password
from comptoir.portal.requests import MAILS_TO_ONE, place_of
from comptoir.portal.visits import Visit, visit
from comptoir.reference import country, language
from comptoir.reference.names import name_in, sorted_by_name
from comptoir.ui.forms import Form

OWN: Final = ("first_name", "last_name", "phone", "language_id")
ADDRESS: Final = ("address1", "address2", "postal_code", "city", "state", "country_id")
OF_CLIENT: Final = (
    "name", "vat_number", "phone", "website", *ADDRESS, *(f"shipping_{name}" for name in ADDRESS)
)  # fmt: skip
"""All of the client that a contact may write: no notes, no settings, nobody else."""

_SPOKEN: Final = ("1", "20", "4", "13", "40")
"""Languages that the pages are written in."""

Act = Callable[[Visit], HttpResponse]


@require_GET
@visit()
def show(there: Visit) -> HttpResponse:
    return _page(there, "", Form())


@require_GET
@visit()
def edit(there: Visit, key: str) -> HttpResponse:
    """The older address of the page: one's own alone."""
    if ids.decode(key) != there.contact.pk:
        raise Http404
    return pages.to("portal:profile")


@require_POST
@visit()
def save_contact(there: Visit) -> HttpResponse:
    """Names, phone and language of this contact; nobody else changes (S98)."""
    return _saved(there, "contact", _save_contact)


@require_POST
@visit()
def choose_own_mails(there: Visit) -> HttpResponse:
    """Which mails this contact receives (S98)."""
    return _saved(there, "mails", _choose_own_mails)


@require_POST
@visit()
def save_client(there: Visit) -> HttpResponse:
    """Name, numbers and addresses of the client, where the company allows it (S100)."""
    if not there.preferences.enable_client_profile_update:
        raise PermissionDenied
    return _saved(there, "client", _save_client)


@require_POST
@visit()
def save_logo(there: Visit) -> HttpResponse:
    """The client's logo: another picture, or none (S100)."""
    if not there.preferences.enable_client_profile_update:
        raise PermissionDenied
    return _saved(there, "logo", _save_logo)


@require_safe
@visit()
def logo(there: Visit) -> HttpResponseBase:
    """The picture, for the people of this client alone."""
    found = picture_at(there.client.logo_path)
    if found is None:
        raise Http404
    found.headers["X-Content-Type-Options"] = "nosniff"
    return found


@require_POST
@visit()
def change_email(there: Visit) -> HttpResponse:
    """Mail a link to the new address; the old one stays until it is opened (S101)."""
    return _saved(there, "email", _change_email)


@require_POST
@sensitive_post_parameters("old_password", "password", "password_again")
@visit()
def change_password(there: Visit) -> HttpResponse:
    """The contact's own password; every other session of theirs ends (reliability S11)."""
    return _saved(there, "password", _change_password)


@require_POST
@visit()
def add_contact(there: Visit) -> HttpResponse:
    """People are added by the company alone, whatever a form sends (S72)."""
    raise PermissionDenied


def _saved(there: Visit, form: str, act: Act) -> HttpResponse:
    """Run it; what was refused is shown in its own form. A form that names contacts is forged (S72)."""
    sent = there.request.POST
    if any(name.startswith("contacts") for name in sent):
        raise PermissionDenied
    try:
        return act(there)
    except Refused as refused:
        return _page(there, form, Form(sent, refused.errors), status=422)
    except TooManyTries as wait:
        return pages.limited(there.request, wait)


def _save_contact(there: Visit) -> HttpResponse:
    fields = _picked(there.request.POST, OWN)
    if fields.get("language_id") not in ("", None, *_SPOKEN):
        raise Refused("language_id", _("Choose one of the list."))
    update_contact(there.contact, fields, by=there.actor, on=there.on)
    return pages.to("portal:profile", done="saved")


def _choose_own_mails(there: Visit) -> HttpResponse:
    choose_mails(there.contact, mails.read(there.request.POST), by=there.actor, on=there.on)
    return pages.to("portal:profile", done="mails")


def _save_client(there: Visit) -> HttpResponse:
    update_client(there.client, _picked(there.request.POST, OF_CLIENT), by=there.actor, on=there.on)
    return pages.to("portal:profile", done="saved")


def _save_logo(there: Visit) -> HttpResponse:
    sent = there.request.FILES.get("logo")
    if "remove" in there.request.POST:
        remove_logo(there.client, by=there.actor, on=there.on)
    elif sent is None:
        raise Refused("logo", _("Choose a picture first."))
    else:
        set_logo(there.client, sent, by=there.actor, on=there.on)
    return pages.to("portal:profile", done="saved")


def _change_email(there: Visit) -> HttpResponse:
    email = there.request.POST.get("email", "").strip()
    refuse_no_address(email)
    if email.lower() == there.contact.email.lower():
        raise Refused("email", _("This is your address already."))
    _prove(there)
    try_once(MAILS_TO_ONE, email.lower())
    with transaction.atomic():
        mail_key(there.contact, Purpose.EMAIL, email)
    return pages.to("portal:profile", done="confirm")


def _change_password(there: Visit) -> HttpResponse:
    _prove(there)
    choose_password(there.contact, there.request.POST, by=there.actor, on=there.on)
    companions = there.session.companions
    return enter(
        there.request, there.contact, pages.to("portal:profile", done="password"), companions=companions
    )


def _prove(there: Visit) -> None:
    """The present password, if there is one. Raises Refused at ``old_password``, and TooManyTries."""
    contact, place = there.contact, place_of(there.request)
    if not contact.password:
        return
    refuse_too_many(BAD_LOGINS_OF_ONE, "portal-key", str(contact.pk), place)
    if not check_password(there.request.POST.get("old_password", ""), contact.password):
        count(BAD_LOGINS_OF_ONE, "portal-key", str(contact.pk), place)
        raise Refused("old_password", _("This is not your password."))


def _picked(sent: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: sent[name] for name in names if name in sent}


def _page(there: Visit, wrong: str, form: Form, *, status: int = 200) -> HttpResponse:
    """All forms; ``wrong`` names the one that shows again what was typed."""
    contact = there.contact
    contact.refresh_from_db()
    stored = {
        "contact": Form({name: getattr(contact, name) for name in OWN}),
        "client": Form(_of_client(there)),
    }
    forms = {
        **dict.fromkeys(("email", "password", "mails", "logo"), Form()),
        **stored,
        **({wrong: form} if wrong else {}),
    }
    context = {
        "forms": forms,
        "email": contact.email,
        "mails": mails.inputs(contact),
        "has_password": bool(contact.password),
        "may_edit_client": bool(there.preferences.enable_client_profile_update),
        "languages": _languages(),
        "countries": [(row.id, name) for name, row in sorted_by_name(country.rows, there.locale)],
        "urls": {name: reverse(f"portal:profile-{name}") for name in forms},
        "rule": _("At least 7 characters, with a small letter, a capital and a digit."),
    }
    return pages.page(there, "profile.html", context, status=status)


def _of_client(there: Visit) -> dict[str, Any]:
    return {name: getattr(there.client, name) for name in OF_CLIENT}


def _languages() -> list[tuple[str, str]]:
    """Each in its own words."""
    rows = [language(key) for key in _SPOKEN]
    return [(row.id, name_in(row, row.locale).capitalize()) for row in rows if row is not None]
