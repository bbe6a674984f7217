"""Users and what they may do in a company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import changed, operation, tell
from comptoir.kernel.refused import Refused, WrongState
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import rules
from .facts import PasswordChanged, UserCreated, UserInvited, UserUpdated
from .founding import NOTIFICATIONS
from .leaving import archive_user, delete_user, restore_user
from .models import Membership, User
from .passwords import ask_again, refuse_weak
from .tokens import change_login_keys, login_token

__all__ = [
    "archive_user",
    "ask_again_to_join",
    "change_password",
    "delete_user",
    "disconnect_user",
    "invite_user",
    "restore_user",
    "update_preferences",
    "update_user",
]

DETAILS: Final = frozenset(
    {
        "first_name",
        "last_name",
        "email",
        "phone",
        "signature",
        "language_id",
        "custom_value1",
        "custom_value2",
        "custom_value3",
        "custom_value4",
        "user_logged_in_notification",
    }
)
RIGHTS: Final = frozenset({"is_admin", "is_locked", "permissions"})
OWN_TASTE: Final = frozenset({"notifications", "settings", "react_settings", "slack_webhook_url"})


@operation
def invite_user(
    fields: Mapping[str, Any],
    rights: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    on: date,
) -> Membership:
    """Let a person work in the company in scope; they choose their password by the mail that follows.

    Somebody who already works for the account joins with the account they have; a former member comes
    back. ``rights`` are attributes of the membership. Raises Refused at first_name, last_name, email.
    """
    email = rules.refuse_bad_email(fields.get("email"))
    account = current_company().account
    user = User.objects.filter(email=email).first()
    if user is not None and user.account_id != account.pk:
        rules.refuse_taken_email(email)
    if user is None:
        rules.refuse_missing_names(fields.get("first_name"), fields.get("last_name"))
        user = User(account=account, **{name: fields[name] for name in DETAILS & fields.keys()})
        user.email = email
        user.set_unusable_password()
        user.save()
    membership = _joined(user)
    _grant(membership, rights or {})
    membership.save()
    login_token(membership)
    tell(UserCreated(user, actor=by))
    return membership


def _joined(user: User) -> Membership:
    """A new membership, or the one that was left, made fresh."""
    membership: Membership | None = Membership.objects.filter(user=user).first()
    if membership is None:
        return Membership(user=user, notifications=NOTIFICATIONS)
    if not membership.is_deleted:
        raise Refused("email", _("This person already works for this company."))
    membership.archived_at = membership.deleted_at = None
    membership.is_admin = membership.is_locked = False
    membership.permissions = ""
    if user.deleted_at or user.archived_at:
        user.deleted_at = user.archived_at = None
        user.save(update_fields=["deleted_at", "archived_at", "updated_at"])
    return membership


@operation
def ask_again_to_join(membership: Membership, *, by: Actor, on: date) -> Membership:
    """Have the invitation mail sent once more."""
    if membership.is_deleted:
        raise WrongState(_("This user is deleted. Restore them first."))
    tell(UserInvited(membership.user, actor=by))
    return membership


@operation
def update_user(
    membership: Membership,
    fields: Mapping[str, Any],
    rights: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    on: date,
) -> Membership:
    """Change a user's details and, with ``rights``, what they may do here. Absent keys stay.

    Raises Refused at email, user or is_owner; WrongState for a deleted user.
    """
    user = membership.user
    lock(membership, user)
    if membership.is_deleted:
        raise WrongState(_("This user is deleted. Restore them first."))
    details = {name: fields[name] for name in DETAILS & fields.keys()}
    if "email" in details:
        details["email"] = rules.refuse_bad_email(details["email"])
    changes = changed(user, details)
    if changes:
        rules.refuse_foreign_details(user, by)
        rules.refuse_taken_email(user.email, user)
        if "email" in changes:
            user.email_verified_at = None
        user.save()
    changes |= _grant(membership, rights or {})
    membership.save()
    tell(UserUpdated(user, actor=by, changes=changes))
    return membership


def _grant(membership: Membership, rights: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set rights and preferences; the owner's rights are not to be taken."""
    if "is_owner" in rights:
        rules.refuse_new_owner(membership, bool(rights["is_owner"]))
    wanted = {name: rights[name] for name in (RIGHTS | OWN_TASTE) & rights.keys()}
    changes = changed(membership, wanted)
    if RIGHTS & changes.keys():
        if changes.keys() & {"is_admin", "is_locked"}:
            rules.refuse_the_owner(membership)
        membership.permissions_updated_at = timezone.now()
    return changes


@operation
def update_preferences(
    membership: Membership,
    fields: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
) -> Membership:
    """Keep what a person set up for themselves: notifications, settings, react_settings (verbatim)."""
    lock(membership)
    changes = changed(membership, {name: fields[name] for name in OWN_TASTE & fields.keys()})
    membership.save()
    tell(UserUpdated(membership.user, actor=by, changes=dict.fromkeys(changes, ("", ""))))
    return membership


@operation
def disconnect_user(user: User, *, by: Actor, on: date) -> User:
    """Forget the other service that a user signs in with. Raises WrongState for one without a password."""
    lock(user)
    if user.oauth_provider_id and not user.has_usable_password():
        raise WrongState(_("This user has no password yet: choose one first."))
    changes = changed(user, {"oauth_provider_id": ""})
    user.save()
    tell(UserUpdated(user, actor=by, changes=changes))
    return user


@operation
def change_password(user: User, password: str, *, by: Actor, on: date) -> User:
    """Set a password. Every other session and device of the user is signed out.

    Only the person themselves does this, after a check at the door (their old password, or a link sent
    to them). Raises Refused at password.
    """
    refuse_weak(password, user)
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    ask_again(user)
    change_login_keys(user, but=by.token_id)
    tell(PasswordChanged(user, actor=by))
    return user
