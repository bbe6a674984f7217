"""A cast: Alice owns one company, Bob administers it, Carol keeps its books; Dora owns another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command

from comptoir.activity.models import Activity, SystemLog
from comptoir.people.founding import found_account
from comptoir.people.models import Membership, User
from comptoir.people.operations import invite_user
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

ON = date(2026, 11, 24)
PASSWORD = "correct horse battery"


@dataclass
class Cast:
    alice: Membership
    bob: Membership
    carol: Membership
    dora: Membership

    @property
    def company(self) -> Company:
        return self.alice.company


def found(name: str, company: str) -> Membership:
    person = {
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "first_name": name.title(),
        "last_name": "X",
    }
    return found_account(person, {"name": company}, on=ON)


def invite(name: str, by: Membership, **rights: Any) -> Membership:
    fields = {"email": f"{name}@example.com", "first_name": name.title(), "last_name": "X"}
    membership = invite_user(fields, rights, by=by.actor(), on=ON)
    membership.user.set_password(PASSWORD)
    membership.user.save()
    return membership


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, with Alice's company in scope and no tries counted."""
    cache.clear()
    alice, dora = found("alice", "Alice Ltd"), found("dora", "Dora Ltd")
    with acting_for(alice.company):
        bob = invite("bob", alice, is_admin=True)
        carol = invite("carol", alice, permissions="view_client,create_product,edit_invoice,view_reports")
        yield Cast(alice, bob, carol, dora)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """With the cache table, which no migration makes."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


def told() -> list[tuple[str, int | None, str]]:
    """What the stream says: fact, wire code, who; newest last."""
    rows = Activity.everywhere.order_by("pk")
    return [(row.fact, row.code, row.actor_name) for row in rows]


def logged() -> list[tuple[int, int, int]]:
    rows = SystemLog.everywhere.order_by("pk")
    return [(row.category_id, row.event_id, row.type_id) for row in rows]


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@example.com")
