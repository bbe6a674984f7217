"""Members of staff (contract schemas.json user): a person, as one company sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.api.resources.company_users import OF_USERS, CompanyUserShape
from comptoir.api.resources.wire import CustomValues
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import route
from comptoir.contract.fields import Code, Constant, Email, Flag, Json, Key, Moment, Secret, Text
from comptoir.contract.fields.keys import read_key
from comptoir.contract.fields.nested import take_all
from comptoir.contract.filters import Filter, Rows, when, words
from comptoir.contract.idempotency import once
from comptoir.contract.reading import Reading
from comptoir.contract.requesters import Requester
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.people import operations
from comptoir.people.models import Membership, User

_SECOND_FACTOR = (
    "EXISTS (SELECT 1 FROM mfa_authenticator a WHERE a.user_id = {t}.id AND a.type <> 'recovery_codes')"
)
_HAS_PASSWORD = "{t}.password <> '' AND substr({t}.password, 1, 1) <> '!'"  # noqa: S105 - a condition


class Rights(Json):
    """The ``company_user`` of a user, on its way in; what goes out is the include of that name."""

    hidden = True

    def bind(self, model: type[Any]) -> None:
        self.attribute = self.name

    def sources(self, vendor: str) -> list[str]:
        return []

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        if not isinstance(value, dict):
            return reading.fault(where, "object")
        return take_all(CompanyUserShape.fields, value, reading, f"{where}.")


def _members(**which: Any) -> Callable[[Requester], Q]:
    """Users by the state of their membership in the company in scope."""
    return lambda _: Q(pk__in=Membership.objects.filter(**which).values("user_id"))


def _without(rows: Rows, value: str, who: Requester) -> Rows:
    return rows.exclude(pk=read_key(value))


_LIVE = {"deleted_at": None}
FILTERS: dict[str, Filter] = {
    "status": words(
        {
            "active": _members(archived_at=None, **_LIVE),
            "archived": _members(archived_at__isnull=False, **_LIVE),
            "deleted": _members(deleted_at__isnull=False),
        }
    ),
    "is_deleted": lambda rows, value, who: rows.filter(_members(deleted_at__isnull=value != "1")(who)),
    "with_trashed": lambda rows, value, who: (
        rows.filter(_members(**_LIVE)(who)) if value == "false" else rows
    ),
    "hideOwnerUsers": when(_members(is_owner=False)),
    "hideRemovedUsers": when(_members(**_LIVE)),
    "sending_users": when(~Q(oauth_provider_id="")),
    "without": _without,
}


def _on_member(change: Callable[..., Membership]) -> Callable[..., User]:
    """An operation on memberships as one on users of the company in scope."""

    def run(user: User, *, by: Actor, on: date) -> User:
        change(_membership(user), by=by, on=on)
        return user

    return run


def _membership(user: User) -> Membership:
    found: Membership = Membership.objects.select_related("user", "company").get(user=user)
    return found


def invite(fields: dict[str, Any], *, by: Actor, on: date) -> User:
    """A password sent along is not looked at: the person chooses one by the mail they get (C21)."""
    rights = fields.pop("company_user", None)
    fields.pop("password", None)
    return operations.invite_user(fields, rights, by=by, on=on).user


def change(user: User, fields: dict[str, Any], *, by: Actor, on: date) -> User:
    rights: Mapping[str, Any] | None = fields.pop("company_user", None)
    password = fields.pop("password", "")
    operations.update_user(_membership(user), fields, rights, by=by, on=on)
    if password:
        user.refresh_from_db()
        operations.change_password(user, password, by=by, on=on)
    return user


class Users(CustomValues, Resource):
    path, entity, model = "users", "user", User
    passwords = frozenset({"blank", "create", "show", "update", "bulk", "delete"})

    id = Key("pk", writable=False)
    first_name = Text()
    last_name = Text()
    email = Email()
    phone = Text()
    signature = Text()
    language_id = Code()
    password = Secret()
    company_user = Rights()
    last_login = Moment()
    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()
    is_deleted = Constant(False)
    email_verified_at = Moment()
    last_confirmed_email_address = Text(writable=False)
    google_2fa_secret = Flag(sql=_SECOND_FACTOR)
    has_password = Flag(sql=_HAS_PASSWORD)
    oauth_provider_id = Text(writable=False)
    oauth_user_token = Constant("")
    verified_phone_number = Constant(False)
    user_logged_in_notification = Flag(default=True)
    referral_code = Constant("")
    referral_meta = Constant({"free": 0, "pro": 0, "enterprise": 0})

    includes = {"company_user": OF_USERS}
    default_includes = ("company_user",)
    also_known = ("companies", "company_users")
    search = ("first_name", "last_name", "email", "phone")
    filters = FILTERS
    create, update = invite, change
    actions = {
        "archive": _on_member(operations.archive_user),
        "restore": _on_member(operations.restore_user),
        "delete": _on_member(operations.delete_user),
    }

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        found: QuerySet[Any] = User.objects.filter(pk__in=Membership.objects.values("user_id"))
        return found

    @classmethod
    def finish(cls, row: Row, view: View) -> None:
        """Whether somebody is away is said of this company, not of the others they work for."""
        member = row["company_user"]
        row["archived_at"] = max(row["archived_at"], member["archived_at"])
        row["is_deleted"] = member.pop("is_deleted")

    @classmethod
    def blank(cls, row: Row, view: View) -> None:
        row["company_user"] = CompanyUserShape.empty()

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        """Rights are given by administrators; a password is changed by its owner alone."""
        if not reading.who.may("edit", "user"):
            values.pop("company_user", None)
        own = reading.row is None or reading.row.pk == reading.who.actor.user_id
        if values.get("password") and not own:
            reading.refuse("password", _("Only they themselves can change their password."))

    @route("DELETE", "{id}/detach_from_company", verb="edit", password=True)
    def detach(call: Call) -> HttpResponse:
        """Take a user out of the company; what they made stays."""
        return _tell(call, operations.delete_user, _("The user has left the company."))

    @route("POST", "{id}/invite", verb="edit", password=True)
    def invite_again(call: Call) -> HttpResponse:
        """Send the invitation once more."""
        return _tell(call, operations.ask_again_to_join, _("The invitation is on its way."))

    @route("POST", "/user/{id}/reconfirm", verb="edit")
    def reconfirm(call: Call) -> HttpResponse:
        """Send the invitation once more (older apps)."""
        return _tell(call, operations.ask_again_to_join, _("The invitation is on its way."))


def _tell(call: Call, change: Callable[..., Membership], sentence: str) -> HttpResponse:
    """Run a change of a member that answers with a message."""
    user = call.row("edit")

    def work() -> HttpResponse:
        _on_member(change)(user, by=call.who.actor, on=call.who.today)
        return call.message(sentence)

    return once(call, lambda: work)
