"""A desk to sit at: Alice owns a French company, Carol keeps a few of its books; Dora owns another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client as Browser

from comptoir.clients.groups import create_group
from comptoir.clients.models import Client, Group
from comptoir.clients.operations import create_client
from comptoir.people.founding import found_account
from comptoir.people.models import Membership
from comptoir.people.operations import invite_user
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.noon import noon_of

ON = date(2026, 11, 24)
PASSWORD = "correct horse battery"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRENCH = {"country_id": "250", "currency_id": "3", "language_id": "1", "timezone_id": "41"}

_noon = noon_of(ON)


@dataclass
class Office:
    """Who works here, and a browser for each."""

    alice: Membership
    carol: Membership
    dora: Membership
    group: Group
    client: Client

    @property
    def company(self) -> Company:
        return Company.objects.get(pk=self.alice.company_id)

    def browser(self, member: Membership | None = None) -> Browser:
        browser = Browser(headers={"accept-language": "en"})
        browser.force_login((member or self.alice).user, backend=BACKEND)
        return browser


def found(name: str, company: str, **settings: Any) -> Membership:
    person = {
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "first_name": name.title(),
        "last_name": "X",
    }
    return found_account(person, {"name": company, **settings}, on=ON)


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """Everybody, with Alice's company in scope."""
    cache.clear()
    alice, dora = found("alice", "Atelier Alice", **FRENCH), found("dora", "Dora Ltd")
    with acting_for(alice.company):
        by = alice.actor()
        fields = {"email": "carol@example.com", "first_name": "Carol", "last_name": "X"}
        carol = invite_user(fields, {"permissions": "view_client,create_invoice"}, by=by, on=ON)
        carol.user.set_password(PASSWORD)
        carol.user.save()
        group = create_group({"name": "Large accounts", "settings": {"payment_terms": "60"}}, by=by, on=ON)
        client = create_client({"name": "Bistro", "group": group}, by=by, on=ON)
        yield Office(alice, carol, dora, group, client)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """With the cache table, which no migration makes."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
