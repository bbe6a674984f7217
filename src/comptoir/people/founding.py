"""Founding a company: account, company, owner and the owner's token, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import Refused
from comptoir.preferences import secrets
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.writing import overlay
from comptoir.reference.zones import zone_of
from comptoir.tenancy.models import Account, Company
from comptoir.tenancy.scope import acting_for

from .facts import CompanyFounded
from .models import Membership, User
from .passwords import refuse_weak
from .rules import refuse_bad_email, refuse_taken_email
from .tokens import login_token

MOST_COMPANIES: Final = 10
"""Per account (contract schemas, company)."""

NOTIFICATIONS: Final = {"email": ["invoice_sent_all"]}
_KEY_LENGTH: Final = 32


def found_account(
    person: Mapping[str, Any], settings: Mapping[str, Any], *, on: date, ip: str = ""
) -> Membership:
    """Open the first company of a new account for a new person: email, password, names, language_id.

    The door has asked whether this is allowed (``setup``). Raises Refused at email, password or settings.
    """
    email = refuse_bad_email(person.get("email"))
    refuse_taken_email(email)
    names = {
        name: person[name] for name in ("first_name", "last_name", "phone", "language_id") if name in person
    }
    owner = User(email=email, **names)
    refuse_weak(str(person.get("password") or ""), owner)
    owner.set_password(person["password"])
    with transaction.atomic():
        account = Account.objects.create(
            name=str(settings.get("name") or ""), key=get_random_string(_KEY_LENGTH)
        )
        owner.account = account
        owner.save()
        by = Actor("user", owner.pk, owner.name, ip=ip)
        return found_company(account, settings, owner=owner, by=by, on=on)


def found_company(
    account: Account, settings: Mapping[str, Any], *, owner: User, by: Actor, on: date
) -> Membership:
    """Open a further company of an account; ``settings`` as a PUT would send them (name, country_id …).

    Keys to somebody else's service are told to a company that stands. Answers the owner's membership,
    whose company is then put in scope by the door. Raises Refused at name when the account has ten
    companies, at settings when one is faulty.
    """
    if account.companies.filter(deleted_at=None).count() >= MOST_COMPANIES:
        raise Refused("name", _("An account holds at most ten companies."))
    home = str(settings.get("country_id") or Preferences(({},)).country_id)
    words = {key: value for key, value in settings.items() if key not in secrets.KEYS}
    kept = overlay({}, {"timezone_id": zone_of(home), **words})
    with transaction.atomic():
        company = Company.objects.create(
            account=account, company_key=get_random_string(_KEY_LENGTH), settings=kept
        )
        if account.default_company_id is None:
            account.default_company = company
            account.save(update_fields=["default_company", "updated_at"])
        with acting_for(company):
            return _open(company, owner, by=by, on=on)


@operation
def _open(company: Company, owner: User, *, by: Actor, on: date) -> Membership:
    membership: Membership = Membership.objects.create(
        user=owner, is_owner=True, is_admin=True, notifications=NOTIFICATIONS
    )
    login_token(membership)
    tell(CompanyFounded(company, actor=by))
    return membership
