"""Codes of an authenticator app beside the password (contract rules 5)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.session.staying import app_of
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.people import second_factor


class SecondFactor(Endpoints):
    """Only a signed-in app may switch it: an integration's token speaks for nobody's sign-in."""

    path, entity = "settings", "session"

    @route("GET", "/settings/enable_two_factor")
    def begin(call: Call) -> HttpResponse:
        """A new secret, and the picture that the authenticator reads."""
        user, secret = app_of(call).user, second_factor.new_secret()
        shown = {"secret": secret, "qrCode": second_factor.picture(user, secret)}
        return answers.json({"data": shown})

    @route("POST", "/settings/enable_two_factor")
    def switch_on(call: Call) -> HttpResponse:
        """Ask for codes from now on; the first one proves that the app has the secret."""
        user = app_of(call).user
        secret, code = (str(call.body.get(name) or "") for name in ("secret", "one_time_password"))
        codes = second_factor.switch_on(user, secret, code, by=call.who.actor, on=call.who.today)
        return call.message(_("Two-factor sign-in is on."), recovery_codes=codes)

    @route("POST", "/settings/disable_two_factor")
    def switch_off(call: Call) -> HttpResponse:
        """Ask for the password alone."""
        second_factor.switch_off(app_of(call).user, by=call.who.actor, on=call.who.today)
        return call.message(_("Two-factor sign-in is off."))
