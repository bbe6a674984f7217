"""Leaving a company, and coming back."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.tenancy.locking import lock

from . import rules
from .facts import UserArchived, UserDeleted, UserRestored
from .models import Membership, User
from .tokens import login_token, revoke_all


@operation
def archive_user(membership: Membership, *, by: Actor, on: date) -> Membership:
    """Close the company to a user for now; sign-in and tokens stop at once."""
    _refuse_removing(membership, by)
    membership.archived_at = membership.archived_at or timezone.now()
    membership.save(update_fields=["archived_at", "updated_at"])
    tell(UserArchived(membership.user, actor=by))
    return membership


@operation
def delete_user(membership: Membership, *, by: Actor, on: date) -> Membership:
    """Take a user out of the company (the wire's detach, too). Their records and their name stay."""
    _refuse_removing(membership, by)
    now = timezone.now()
    membership.archived_at = membership.archived_at or now
    membership.deleted_at = membership.deleted_at or now
    membership.save(update_fields=["archived_at", "deleted_at", "updated_at"])
    revoke_all(membership)
    _close_account(membership.user)
    tell(UserDeleted(membership.user, actor=by))
    return membership


@operation
def restore_user(membership: Membership, *, by: Actor, on: date) -> Membership:
    """Let an archived or deleted user in again, with the rights they had."""
    lock(membership, membership.user)
    membership.archived_at = membership.deleted_at = None
    membership.save(update_fields=["archived_at", "deleted_at", "updated_at"])
    _close_account(membership.user)
    login_token(membership)
    tell(UserRestored(membership.user, actor=by))
    return membership


def _refuse_removing(membership: Membership, by: Actor) -> None:
    lock(membership, membership.user)
    rules.refuse_the_owner(membership)
    rules.refuse_oneself(membership, by)


def _close_account(user: User) -> None:
    """A user is deleted exactly while no company keeps them."""
    kept = Membership.everywhere.live().filter(user=user).exists()
    user.deleted_at = None if kept else (user.deleted_at or timezone.now())
    user.save(update_fields=["deleted_at", "updated_at"])
