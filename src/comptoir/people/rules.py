"""When a change to people is refused."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.kernel.refused import Refused

from .models import Membership, User


def refuse_bad_email(email: object) -> str:
    """The address in the form it is kept in. Raises Refused at email."""
    text = str(email or "").strip().lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Refused("email", _("Enter a valid email address.")) from None
    return text


def refuse_taken_email(email: str, user: User | None = None) -> None:
    """An address belongs to one person of the installation."""
    if User.objects.filter(email=email).exclude(pk=user.pk if user else None).exists():
        raise Refused("email", _("Somebody else already uses this email address."))


def refuse_missing_names(first_name: object, last_name: object) -> None:
    """Both are asked for when a user is created (contract schemas, user)."""
    names = {"first_name": first_name, "last_name": last_name}
    missing = {field: [_("Enter a name.")] for field, name in names.items() if not str(name or "").strip()}
    long = {
        field: [_("A name has at most 100 characters.")]
        for field, name in names.items()
        if len(str(name or "")) > 100
    }
    if missing or long:
        raise Refused.many({**missing, **long})


def refuse_the_owner(membership: Membership) -> None:
    """The owner is never locked, archived, deleted or stripped of rights: nobody could undo it."""
    if membership.is_owner:
        raise Refused("user", _("The owner of the company cannot be removed or restricted."))


def refuse_oneself(membership: Membership, by: Actor) -> None:
    """Nobody throws themselves out: the mistake could not be undone."""
    if by.user_id == membership.user_id:
        raise Refused("user", _("You cannot do this to yourself."))


def refuse_foreign_details(user: User, by: Actor) -> None:
    """Name and address of a user belong to that user, and to administrators of all their companies.

    Otherwise an administrator of one company could take over an account that opens another: by a new
    e-mail address and a forgotten password.
    """
    if by.is_system or by.user_id == user.pk:
        return
    companies = _companies_of(user)
    if any(membership.is_owner for membership in companies):
        raise Refused("user", _("Only the owner may change these details."))
    ruled = Membership.everywhere.active().filter(user_id=by.user_id)
    bossed = {membership.company_id for membership in ruled if membership.is_boss}
    if not {membership.company_id for membership in companies} <= bossed:
        raise Refused("user", _("This person also works for another company: only they may change this."))


def refuse_new_owner(membership: Membership, wanted: bool) -> None:
    """Ownership is not handed over by a form field."""
    if wanted != membership.is_owner:
        raise Refused("is_owner", _("A company has one owner."))


def _companies_of(user: User) -> list[Membership]:
    return list(Membership.everywhere.live().filter(user=user))
