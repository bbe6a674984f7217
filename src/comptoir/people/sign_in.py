"""Signing in with e-mail and password, and what is kept of it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from comptoir.activity import systemlog
from comptoir.activity.models import Job
from comptoir.activity.systemlog import Category, Event, Type
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .addresses import network_of
from .limits import BAD_LOGINS_FROM_ONE_PLACE, BAD_LOGINS_OF_ONE, count, forget, refuse_too_many
from .models import Membership, User
from .passwords import confirm

LOG_FAILURE: Final = "people.log_failed_sign_in"


def check(email: str, password: str, ip: str) -> User | None:
    """The user whose e-mail and password these are, or None; the second factor comes after this.

    Known and unknown addresses take the same time (reliability S10). Raises TooManyTries after five bad
    passwords for one account from one place, or twenty from that place (S9).
    """
    email = email.strip().lower()
    refuse_blocked(email, ip)
    user: User | None = User.objects.filter(email=email).first()
    if user is None or not user.has_usable_password():
        make_password(password)
        right = False
    else:
        right = user.check_password(password)
    if user is None or not right or not open_memberships(user):
        failed(email, ip)
        return None
    return user


def refuse_blocked(email: str, ip: str) -> None:
    """Raise TooManyTries where this account or place has failed too often."""
    place = network_of(ip)
    refuse_too_many(BAD_LOGINS_FROM_ONE_PLACE, place)
    refuse_too_many(BAD_LOGINS_OF_ONE, email, place)


def failed(email: str, ip: str) -> None:
    """Count a bad sign-in and leave its log to the worker.

    Whether the address is known is looked up there: here the time that it takes would tell.
    """
    place = network_of(ip)
    with transaction.atomic():
        count(BAD_LOGINS_OF_ONE, email, place)
        count(BAD_LOGINS_FROM_ONE_PLACE, place)
        Job.objects.create(name=LOG_FAILURE, args={"email": email[:190], "ip": ip}, run_at=timezone.now())


def succeeded(user: User, ip: str) -> None:
    """Keep when and from where; gated actions do not ask for the password again for a while."""
    forget(BAD_LOGINS_OF_ONE, user.email, network_of(ip))
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    company = home_company(user)
    if company is not None:
        confirm(user, company)
    log(user, Event.USER_ACTION, Type.LOGIN_SUCCESS, ip)


def open_memberships(user: User) -> list[Membership]:
    """The companies a user may work in now, the account's default one first."""
    rows = Membership.everywhere.active().filter(user=user, is_locked=False, company__deleted_at=None)
    found = list(rows.select_related("company", "company__account").order_by("pk")) if user.is_active else []
    for each in found:
        each.user = getattr(user, "_wrapped", user)  # request.user is a stand-in; locks need the row
    return sorted(found, key=lambda each: each.company_id != each.company.account.default_company_id)


def home_company(user: User) -> Company | None:
    """Where a user lands: the account's default company if it is open to them, else their first."""
    return next((membership.company for membership in open_memberships(user)), None)


def log(user: User, event: Event, type_: Type, ip: str) -> None:
    """Write a sign-in to the system log of a company that the user works for."""
    membership = Membership.everywhere.live().filter(user=user).select_related("company").first()
    if membership is None:
        return
    with acting_for(membership.company):
        seen = {"email": user.email, "ip": ip}
        systemlog.record(Category.SECURITY, event, type_, user_id=user.pk, log=seen)
