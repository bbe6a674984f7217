"""Questions that a settings page asks before it saves: is this name free, does this mail server work."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.contract import problems
from comptoir.contract.actions import read_params
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields import Flag, Text, Whole
from comptoir.delivery.mail.trial import send_trial
from comptoir.kernel.refused import Refused
from comptoir.people.limits import QUARTER, Limit, TooManyTries, try_once
from comptoir.preferences import secrets
from comptoir.preferences.cascade import Preferences
from comptoir.tenancy.models import Company

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
TRIALS: Final = Limit("smtp-trial", 20, QUARTER)
"""Tries of a mail server by one person: enough to get it right, too few to look around a network."""

_SMTP: Final = {
    "smtp_host": Text(),
    "smtp_port": Whole(least=1, most=65_535),
    "smtp_encryption": Text(),
    "smtp_username": Text(),
    "smtp_password": Text(),
    "smtp_local_domain": Text(),
    "smtp_verify_peer": Flag(),
}


class Checks(Endpoints):
    path, entity = "check_subdomain", "company"

    @route("POST", "/check_subdomain", verb="edit")
    def subdomain(call: Call) -> HttpResponse:
        """Whether no other company of the installation has this subdomain."""
        wanted = str(call.body.get("subdomain") or "").strip().lower()
        if not _LABEL.fullmatch(wanted):
            raise Refused("subdomain", _("Use letters, digits and hyphens only."))
        if Company.objects.filter(subdomain__iexact=wanted).exclude(pk=call.who.company.pk).exists():
            raise Refused("subdomain", _("Another company uses this subdomain."))
        return call.message(_("This subdomain is free."))

    @route("POST", "/smtp/check", verb="edit")
    def smtp(call: Call) -> HttpResponse:
        """Send a test message to oneself by the server that is named, and say what it answered.

        What is not sent along is taken from what is saved; a masked password is the saved one, which
        no other server gets.
        """
        try:
            try_once(TRIALS, str(call.who.actor.user_id))
        except TooManyTries as wait:
            raise problems.Problem(
                503, _("Too many requests"), headers={"Retry-After": str(wait.retry_after)}
            ) from None
        company = _with(call.who.company, read_params(_SMTP, call))
        preferences = Preferences(({**company.settings, "email_sending_method": "smtp"},))
        send_trial(company, preferences, _own_address(call), locale=call.who.locale)
        return call.message(_("The message has been handed over to the mail server."))


def _with(company: Company, sent: dict[str, Any]) -> Company:
    """The company as if it were saved with what was sent; nothing is."""
    tried = Company.objects.get(pk=company.pk)
    tried.smtp_password = secrets.kept_password(tried, sent)
    sent.pop("smtp_password", None)
    tried.switches = {**tried.switches, **sent}
    return tried


def _own_address(call: Call) -> str:
    return str(call.who.user.email)  # type: ignore[attr-defined]
