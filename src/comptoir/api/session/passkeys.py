"""Passkeys on the wire (contract routes.json settings/passkeys): seen, added, removed, and signed in with.

The recordings do not know them: the shapes of bodies are WebAuthn's own.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.api.authentication import address_of
from comptoir.api.languages import locale_of
from comptoir.api.session.payload import signed_in
from comptoir.api.session.staying import app_of
from comptoir.api.throttling import QUESTIONS, limited
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.keys import read_key
from comptoir.contract.problems import Problem, not_found
from comptoir.contract.secret import refuse_wrong_secret
from comptoir.kernel import ids
from comptoir.people import passkeys, sign_in
from comptoir.people.limits import try_once


class Passkeys(Endpoints):
    """Only a signed-in app may touch them: an integration's token speaks for nobody's sign-in."""

    path, entity = "settings/passkeys", "session"

    @route("GET", "/settings/passkeys")
    def listed(call: Call) -> HttpResponse:
        """One's own."""
        return answers.json({"data": [_shown(row) for row in passkeys.passkeys(app_of(call).user)]})

    @route("POST", "/settings/passkeys/options", password=True)
    def begin(call: Call) -> HttpResponse:
        """The challenge for a new device."""
        return answers.json({"data": passkeys.begin_adding(app_of(call).user)})

    @route("POST", "/settings/passkeys", password=True)
    def add(call: Call) -> HttpResponse:
        """Keep the device that answered with ``credential``; ``name`` is how its owner calls it."""
        credential = call.body.get("credential")
        row, codes = passkeys.add_passkey(
            app_of(call).user,
            credential if isinstance(credential, dict) else {},
            str(call.body.get("name") or ""),
            by=call.who.actor,
            on=call.who.today,
        )
        return answers.json({"data": _shown(row), "recovery_codes": codes})

    @route("DELETE", "/settings/passkeys/{id}", password=True)
    def remove(call: Call) -> HttpResponse:
        """Take one away."""
        key = read_key(call.params["id"])
        row = passkeys.passkeys(app_of(call).user).filter(pk=key or 0).first()
        if row is None:
            raise not_found()
        passkeys.remove_passkey(row, by=call.who.actor, on=call.who.today)
        return call.message(_("The passkey is removed."))

    @route("POST", "/passkeys/login/options", auth="public")
    def ask(call: Call) -> HttpResponse:
        """The challenge with which a device signs its owner in; ``ceremony`` comes back with the answer."""
        refuse_wrong_secret(call.request)
        with limited():
            try_once(QUESTIONS, address_of(call.request))
        word, options = passkeys.begin_entering()
        return answers.json({"data": options, "ceremony": word})

    @route("POST", "/passkeys/login", auth="public")
    def enter(call: Call) -> HttpResponse:
        """Sign in with ``ceremony`` and ``credential``; the answer is all that an app starts from."""
        refuse_wrong_secret(call.request)
        ip, credential = address_of(call.request), call.body.get("credential")
        with limited():
            sign_in.refuse_blocked("", ip)
        sent = credential if isinstance(credential, dict) else {}
        user = passkeys.entering(str(call.body.get("ceremony") or ""), sent)
        home = sign_in.home_company(user) if user else None
        if user is None or home is None:
            sign_in.failed("", ip)
            raise Problem(401, _("This passkey opens nothing here."))
        sign_in.succeeded(user, ip)
        with override(locale_of(user, home)):
            return signed_in(call, user)


def _shown(row: Authenticator) -> dict[str, Any]:
    return {
        "id": ids.encode(row.pk),
        "name": row.wrap().name,
        "created_at": int(row.created_at.timestamp()),
        "last_used_at": int(row.last_used_at.timestamp()) if row.last_used_at else 0,
    }
