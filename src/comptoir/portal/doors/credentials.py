"""E-mail and password of contacts: checked, counted, logged."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from comptoir.activity.models import Job
from comptoir.clients.models import Contact
from comptoir.people.limits import (
    BAD_LOGINS_FROM_ONE_PLACE,
    BAD_LOGINS_OF_ONE,
    count,
    forget,
    refuse_too_many,
)
from comptoir.portal.sessions import open_contacts
from comptoir.tenancy.models import Company

LOG_FAILURE: Final = "portal.log_failed_sign_in"
_MOST: Final = 12


def right_contacts(email: str, password: str, company: Company | None, place: str, ip: str) -> list[Contact]:
    """Whose e-mail and password these are, the one who was here last first; several where one person is
    a contact of several companies (C10).

    Known and unknown addresses take the same time. Raises TooManyTries (reliability S9).
    """
    email = email.strip().lower()
    refuse_too_many(BAD_LOGINS_FROM_ONE_PLACE, "portal", place)
    refuse_too_many(BAD_LOGINS_OF_ONE, "portal", email, place)
    known = [one for one in with_email(email, company) if one.password]
    found = [one for one in known if check_password(password, one.password)]
    if not known:
        make_password(password)
    if not found:
        _failed(email, place, ip)
        return []
    forget(BAD_LOGINS_OF_ONE, "portal", email, place)
    return sorted(found, key=lambda one: one.last_login.timestamp() if one.last_login else 0, reverse=True)


def with_email(email: str, company: Company | None) -> list[Contact]:
    """Everybody with this e-mail who may sign in, of one company or of all."""
    rows = Contact.everywhere.annotate(lowered=Lower("email")).filter(lowered=email, deleted_at=None)
    rows = rows.filter(company=company) if company is not None else rows
    people = list(rows.select_related("company", "client__group").order_by("pk")[:_MOST]) if email else []
    for one in people:
        one.client.company = one.company
    return open_contacts(people)


def _failed(email: str, place: str, ip: str) -> None:
    """Count it; whether the address is known is looked up by the worker, where time tells nobody."""
    with transaction.atomic():
        count(BAD_LOGINS_OF_ONE, "portal", email, place)
        count(BAD_LOGINS_FROM_ONE_PLACE, "portal", place)
        Job.objects.create(name=LOG_FAILURE, args={"email": email[:190], "ip": ip}, run_at=timezone.now())
