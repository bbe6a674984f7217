"""Accounts with other services: none is connected here, and what is left of one is dropped (routes.json)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.resources.users import Users
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.idempotency import once
from comptoir.contract.prepared import row_of
from comptoir.contract.problems import not_found
from comptoir.kernel.refused import WrongState
from comptoir.people.models import User
from comptoir.people.operations import disconnect_user


class Connections(Endpoints):
    path, entity = "connected_account", "user"

    @route("POST", "/connected_account")
    def connect(call: Call) -> HttpResponse:
        """Signing in through another service is not offered."""
        raise WrongState(
            _("Signing in with another service is not offered here: use your e-mail and password.")
        )

    @route("POST", "/connected_account/gmail")
    def connect_gmail(call: Call) -> HttpResponse:
        """Mail leaves by SMTP."""
        raise WrongState(_("Mail is sent by SMTP here: set a mail server in the settings."))

    @route("POST", "/users/{id}/disconnect_mailer")
    def drop_mailer(call: Call) -> HttpResponse:
        """Forget the service that sends a user's mail: there is none, and the user is shown."""
        return call.one(_user(call).pk, Users)

    @route("POST", "/users/{id}/disconnect_oauth")
    def drop_sign_in(call: Call) -> HttpResponse:
        """Forget the service that a user signs in with; their password is what opens the door."""
        user = _user(call)

        def work() -> HttpResponse:
            disconnect_user(user, by=call.who.actor, on=call.who.today)
            return call.one(user.pk, Users)

        return once(call, lambda: work)


def _user(call: Call) -> User:
    """A user of the company, oneself or for administrators. Raises Problem 400, Forbidden."""
    found = row_of(Users, call.key())
    if not isinstance(found, User):
        raise not_found()
    call.need("edit", found)
    return found
