"""What one user may do and sees in one company (contract schemas.json company_user)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.contract import answers, envelopes, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fetching import fetch
from comptoir.contract.fields import Constant, Deleted, Flag, Json, Moment, Secret, Text
from comptoir.contract.fields.nested import take_all
from comptoir.contract.idempotency import once
from comptoir.contract.plans import Plan
from comptoir.contract.reading import Reading
from comptoir.contract.relations import Made
from comptoir.contract.shapes import Row, Shape
from comptoir.contract.views import View
from comptoir.kernel.refused import WrongState
from comptoir.people.models import Membership
from comptoir.people.operations import update_preferences, update_user


class CompanyUserShape(Shape):
    model = Membership

    permissions = Text()
    notifications = Json()
    settings = Json()
    react_settings = Json()
    is_owner = Flag()
    is_admin = Flag()
    is_locked = Flag()
    updated_at = Moment()
    archived_at = Moment()
    created_at = Moment()
    is_deleted = Deleted()
    permissions_updated_at = Moment()
    ninja_portal_url = Constant("")
    slack_webhook_url = Secret()


def company_users(keys: Sequence[int], view: View) -> Mapping[int, Row]:
    """What each user, by key, may do in the company in scope."""
    members = dict(Membership.objects.filter(user_id__in=keys).values_list("pk", "user_id"))
    rows = fetch(Plan(CompanyUserShape, None, {}), list(members), view)
    return dict(zip(members.values(), rows, strict=True))


OF_USERS = Made(make=company_users, otherwise=None)


class CompanyUsers(Endpoints):
    """Rights of a user, which administrators set, and what people set up for themselves."""

    path, entity = "company_users", "user"

    @route("POST", "/company_users", verb="edit")
    def invite(call: Call) -> HttpResponse:
        """Nobody joins without a mail that asks them: see POST users."""
        raise WrongState(_("Invite a person with POST users: rights go along in company_user."))

    @route("PUT", "{id}", verb="edit")
    def change(call: Call) -> HttpResponse:
        """Change rights and preferences of a user; without administration only one's own preferences."""
        membership = _member(call)
        return once(call, lambda: lambda: _change(call, membership, _sent(call)))

    @route("PUT", "{id}/preferences", verb="edit")
    def prefer(call: Call) -> HttpResponse:
        """Keep what an app remembers for its user (react_settings), exactly as it came."""
        membership = _member(call)

        def work() -> HttpResponse:
            update_preferences(membership, _sent(call), by=call.who.actor, on=call.who.today)
            row = call.registry.fetch("users", [membership.user_id], "company_user", call.view)
            return answers.json(envelopes.item(row[0], call))

        return once(call, lambda: work)


def _change(call: Call, membership: Membership, sent: dict[str, Any]) -> HttpResponse:
    if call.who.may("edit", "user"):
        update_user(membership, {}, sent, by=call.who.actor, on=call.who.today)
    else:
        update_preferences(membership, sent, by=call.who.actor, on=call.who.today)
    row = company_users([membership.user_id], call.view)[membership.user_id]
    return answers.json(envelopes.item(row, call))


def _member(call: Call) -> Membership:
    """The membership of the user in the path. Raises Problem 400, Forbidden for somebody else's."""
    found = Membership.objects.filter(user_id=call.key()).select_related("user", "company").first()
    if found is None:
        raise problems.not_found()
    if found.user_id != call.who.actor.user_id:
        call.need("edit")
    assert isinstance(found, Membership)
    return found


def _sent(call: Call) -> dict[str, Any]:
    """The body, or its ``company_user``, by attribute. Raises Refused."""
    body = call.body.get("company_user")
    reading = Reading(call.who)
    sent = take_all(CompanyUserShape.fields, body if isinstance(body, dict) else call.body, reading)
    reading.settle()
    return sent
