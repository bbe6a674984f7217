"""The cast: plain functions that make the few rows every test stands on.

``home = account_with_company()``, ``alice = user(home)``, ``with acting_for(home): …``; operations are
called with ``by=actor(alice)``.
"""

from __future__ import annotations

import secrets
from typing import Any

from comptoir.activity.actors import Actor
from comptoir.people.models import Membership, User
from comptoir.tenancy.models import Account, Company


def account_with_company(name: str = "Atelier Durand", **settings: Any) -> Company:
    """A company of a new account: in the United States, in dollars, unless ``settings`` say otherwise."""
    account = Account.objects.create(name=name, key=secrets.token_hex(16))
    account.default_company = _company(account, name, settings)
    account.save()
    return account.default_company


def second_company(beside: Company, name: str = "Bureau Lopez", **settings: Any) -> Company:
    """One more company of the same account."""
    return _company(beside.account, name, settings)


def _company(account: Account, name: str, settings: dict[str, Any]) -> Company:
    return Company.objects.create(
        account=account,
        company_key=secrets.token_hex(16),
        settings={"name": name, "country_id": "840", "currency_id": "1", **settings},
    )


def user(
    company: Company,
    email: str = "alice@example.com",
    *,
    is_owner: bool = False,
    is_admin: bool = False,
    permissions: str = "",
) -> User:
    """A member of staff of ``company``; with no flag and no permission she may do nothing."""
    first_name = email.partition("@")[0].title()
    person = User.objects.create(account=company.account, email=email, first_name=first_name)
    Membership.everywhere.create(
        company=company, user=person, is_owner=is_owner, is_admin=is_admin, permissions=permissions
    )
    return person


def actor(person: User) -> Actor:
    """Who the activity names when ``person`` does something."""
    return Actor("user", person.pk, person.name)
