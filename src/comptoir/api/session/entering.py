"""Signing in and signing up (contract rules 5, apps 3)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.api.authentication import address_of
from comptoir.api.handlers import ask_for_reset_link
from comptoir.api.languages import locale_of
from comptoir.api.session.payload import signed_in
from comptoir.api.throttling import QUESTIONS, limited
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.problems import Problem
from comptoir.contract.reading import required_texts, sentence
from comptoir.contract.secret import refuse_wrong_secret, secret_of
from comptoir.kernel.refused import Refused, WrongState
from comptoir.people import founding, passkeys, second_factor, setup, sign_in
from comptoir.people.limits import OPEN_FORMS, try_once
from comptoir.people.models import User


class Entering(Endpoints):
    """Routes that need no token."""

    path, entity = "login", "session"

    @route("POST", "/login/precheck", auth="public")
    def precheck(call: Call) -> HttpResponse:
        """How this person may sign in; an unknown address gets the answer of most known ones."""
        with limited():
            try_once(QUESTIONS, address_of(call.request))
        email = str(call.body.get("email") or "").strip().lower()
        user = User.objects.filter(email=email).first()
        methods = ["password", "totp"] if user and second_factor.is_on(user) else ["password"]
        if user and passkeys.passkeys(user).exists():
            methods.append("passkey")
        return answers.json({"methods": methods, "secret_required": bool(settings.API_SECRET)})

    @route("POST", "/login", auth="public")
    def login(call: Call) -> HttpResponse:
        """Sign in with e-mail and password; the answer is all that an app starts from."""
        refuse_wrong_secret(call.request)
        user = _known(call)
        sign_in.succeeded(user, address_of(call.request))
        return _welcome(call, user)

    @route("POST", "/oauth_login", auth="public")
    def oauth_login(call: Call) -> HttpResponse:
        """Signing in through another service is not offered."""
        refuse_wrong_secret(call.request)
        raise WrongState(
            _("Signing in with another service is not offered here: use your e-mail and password.")
        )

    @route("POST", "/signup", auth="public")
    def signup(call: Call) -> HttpResponse:
        """Found the first company, with the word that the console shows (X-API-SECRET)."""
        with limited():
            try_once(OPEN_FORMS, "signup", address_of(call.request))
        if not setup.is_due():
            raise WrongState(_("This installation is set up already: ask its administrator to invite you."))
        if not setup.opens(settings.DATA, secret_of(call.request) or str(call.body.get("secret") or "")):
            raise Problem(403, _("Invalid secret"), errors=True)
        on = timezone.localdate()
        wishes = _wishes(call)
        member = founding.found_account(call.body, wishes, on=on, ip=address_of(call.request))
        return _welcome(call, member.user)

    @route("POST", "/reset_password", auth="public")
    def reset_password(call: Call) -> HttpResponse:
        """Have a link mailed with which to choose a new password; the answer tells nothing."""
        refuse_wrong_secret(call.request)
        email = str(call.body.get("email") or "").strip().lower()
        if not email:
            raise Refused("email", sentence("required", "email"))
        with limited():
            try_once(OPEN_FORMS, "reset", address_of(call.request))
        ask_for_reset_link(email)
        return answers.message(_("If somebody here has this address, a link is on its way to it."), 201)


def _known(call: Call) -> User:
    """Who is at the door. Raises Refused for an empty field, Problem 401 for a wrong one, 429."""
    sent = required_texts(call.body, call.who, "email", "password")
    email, ip = sent["email"], address_of(call.request)
    with limited():
        user = sign_in.check(email, sent["password"], ip)
    if user is None:
        raise Problem(401, _("These credentials do not match our records"))
    code = str(call.body.get("one_time_password") or "")
    if second_factor.is_on(user) and not second_factor.passes(user, code):
        if code:
            sign_in.failed(user.email, ip)
        raise Problem(401, _("Invalid one time password"), errors=True)
    return user


def _wishes(call: Call) -> dict[str, Any]:
    """Settings of the first company that a sign-up may name."""
    names = {
        "company_name": "name",
        "name": "name",
        "currency_id": "currency_id",
        "country_id": "country_id",
        "timezone_id": "timezone_id",
        "language_id": "language_id",
    }
    return {setting: call.body[name] for name, setting in names.items() if call.body.get(name)}


def _welcome(call: Call, user: User) -> HttpResponse:
    home = sign_in.home_company(user)
    assert home is not None, "whoever may sign in works for a company"
    with override(locale_of(user, home)):
        return signed_in(call, user)
