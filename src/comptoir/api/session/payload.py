"""The answer of login, refresh and signup: one row for each company that is open to the user."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from comptoir.api.authentication import Caller
from comptoir.api.session.rows import Payload
from comptoir.contract import answers, envelopes
from comptoir.contract.calls import Call
from comptoir.contract.filters import read_time
from comptoir.contract.paging import Page
from comptoir.people.models import Membership, Token, User
from comptoir.people.sign_in import open_memberships
from comptoir.people.tokens import LOGIN, login_token
from comptoir.tenancy.scope import acting_for


def signed_in(call: Call, user: User) -> HttpResponse:
    """Everything of every company, for somebody who has just proved who they are."""
    pairs = [(member, login_token(member, _app(call))) for member in open_memberships(user)]
    return _answer(call, pairs, since=None, whole=True)


def refreshed(call: Call, caller: Caller) -> HttpResponse:
    """The same for who has a token: all of it, the big lists cut to what changed since ``updated_at``.

    An integration's token opens one company, and gets that one.
    """
    pairs = [(caller.membership, caller.token)]
    if caller.token.is_system and call.query.get("current_company") not in ("true", "1"):
        others = [m for m in open_memberships(caller.user) if m.pk != caller.membership.pk]
        pairs += [(member, login_token(member, caller.token.name)) for member in others]
    whole = call.query.get("first_load") in ("true", "1")
    since = None if whole else read_time(call.query.get("updated_at", ""))
    return _answer(call, pairs, since=since, whole=whole or since is None)


def _answer(
    call: Call, pairs: list[tuple[Membership, Token]], *, since: datetime | None, whole: bool
) -> HttpResponse:
    caller = Caller(*pairs[0], call.request)
    payload = Payload(call.registry, caller, since, whole=whole)
    bossed = {member.is_boss for member, _ in pairs}
    rows = [
        payload.row(member, token, mixed=len(bossed) > 1 and not member.is_boss) for member, token in pairs
    ]
    figures = Page().figures(call.query, call.link, len(rows), len(rows))
    with acting_for(caller.company):  # its static lists say rates of exchange
        return answers.json(envelopes.page(rows, figures, call))


def _app(call: Call) -> str:
    """How an app calls itself; the name of its token."""
    return call.request.headers.get("X-CLIENT-PLATFORM", "").strip() or LOGIN
