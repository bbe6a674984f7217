"""What a signed-in app asks about its session: refresh, sign out, hand over to a browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.api.authentication import Caller
from comptoir.api.handover import new_word
from comptoir.api.session.payload import refreshed
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.problems import Forbidden, password_needed
from comptoir.people.passwords import ask_again
from comptoir.people.tokens import change_login_keys


class Staying(Endpoints):
    path, entity = "refresh", "session"

    @route("POST", "/refresh")
    def refresh(call: Call) -> HttpResponse:
        """All that an app starts from, again; ``updated_at`` cuts the long lists to what changed."""
        return refreshed(call, caller_of(call))

    @route("POST", "/logout")
    def logout(call: Call) -> HttpResponse:
        """Sign every device of the user out; tokens of integrations stay."""
        caller = caller_of(call)
        if caller.token.is_system:
            change_login_keys(caller.user)
            ask_again(caller.user)
        return call.message(_("You are signed out."))

    @route("POST", "/password_timeout")
    def password_timeout(call: Call) -> HttpResponse:
        """Whether what asks for the password may go on without: 412 where it must be typed again."""
        if not caller_of(call).password_ok():
            raise password_needed()
        return call.message(_("The password was typed not long ago."))

    @route("GET", "/ping")
    def ping(call: Call) -> HttpResponse:
        """Who I am, and where."""
        caller = caller_of(call)
        name = f"{caller.user.first_name} {caller.user.last_name}"
        return answers.json({"company_name": caller.company.name, "user_name": name})

    @route("POST", "/one_time_token")
    def hand_over(call: Call) -> HttpResponse:
        """A word that signs a browser in once: /token_hash_router?hash=…"""
        page = call.body.get("return_url")
        word = new_word(app_of(call).user, page if isinstance(page, str) else "")
        return answers.json({"hash": word})


def caller_of(call: Call) -> Caller:
    """The caller, as this door made it."""
    assert isinstance(call.who, Caller), "only a public route has no caller"
    return call.who


def app_of(call: Call) -> Caller:
    """The caller, if a person signed in for this token. Raises Forbidden for an integration's."""
    caller = caller_of(call)
    if not caller.token.is_system:
        raise Forbidden
    return caller
