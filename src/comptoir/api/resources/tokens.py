"""API tokens (contract schemas.json token). Whole only for whoever made it or typed a password (T29)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse

from comptoir.activity.actors import Actor
from comptoir.api.resources.wire import Dated
from comptoir.contract import answers, envelopes, writing
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Derived, Flag, Key, Text
from comptoir.contract.filters import flag
from comptoir.contract.idempotency import once
from comptoir.contract.resources import Resource
from comptoir.people import tokens
from comptoir.people.models import Membership, Token


def masked(seed: int) -> str:
    """What a list shows of a token."""
    return Token(key_seed=seed).masked


def rename(token: Token, fields: dict[str, Any], *, by: Actor, on: date) -> Token:
    return tokens.rename_token(token, fields.get("name", token.name), by=by, on=on)


class Tokens(Dated, Resource):
    path, entity, model = "tokens", "token", Token
    shown = False
    passwords = frozenset({"update"})

    id = Key("pk", writable=False)
    user_id = Key(writable=False)
    token = Derived(masked, "key_seed")
    name = Text(required=True)
    is_system = Flag(writable=False)

    search = ("name",)
    filters = {"is_system": flag("is_system")}
    update = rename
    removes = "archive"
    actions = {
        "archive": tokens.revoke_token,
        "delete": partial(tokens.revoke_token, delete=True),
        "restore": tokens.restore_token,
    }

    @route("GET", "create", verb="create")
    def start(call: Call) -> HttpResponse:
        """A blank token."""
        return writing.show_blank(call)

    @route("POST", "/tokens", verb="create", password=True)
    def make(call: Call) -> HttpResponse:
        """Make a token with the rights of its maker, and show it whole."""

        def prepare() -> Any:
            name = writing.read_values(call).get("name", "")
            return lambda: _made(call, name)

        return once(call, prepare)

    @route("GET", "{id}", verb="view")
    def show(call: Call) -> HttpResponse:
        """Show a token: whole, and put on record, when the password is known; else masked."""
        token = call.row("view")
        return _whole(call, token) if _may_read(call, token) else call.one(token.pk)

    @route("GET", "{id}/edit", verb="view")
    def edit(call: Call) -> HttpResponse:
        """Show a token, masked."""
        return call.one(call.row("view").pk)


def _made(call: Call, name: str) -> HttpResponse:
    membership = Membership.objects.get(user_id=call.who.actor.user_id)
    token = tokens.create_token(membership, name, by=call.who.actor, on=call.who.today)
    return _shown(call, token, token.value)


def _may_read(call: Call, token: Token) -> bool:
    """One's own, or for the owner everybody's: an administrator cannot borrow the owner's rights."""
    membership = Membership.objects.get(user_id=call.who.actor.user_id)
    return (membership.is_owner or token.user_id == membership.user_id) and call.who.password_ok()


def _whole(call: Call, token: Token) -> HttpResponse:
    return _shown(call, token, tokens.show_token(token, by=call.who.actor, on=call.who.today))


def _shown(call: Call, token: Token, value: str) -> HttpResponse:
    row = call.registry.fetch("tokens", [token.pk], view=call.view)[0]
    return answers.json(envelopes.item({**row, "token": value}, call))
