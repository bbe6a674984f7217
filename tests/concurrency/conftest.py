"""A company with one client, and several processes let loose on it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.kernel import ids
from comptoir.ledger.handlers import erasing
from comptoir.ledger.models import Entry
from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from comptoir.sales.invoices import operations as invoices
from comptoir.tenancy.scope import acting_for
from tests import factories
from tests.emptying import forget_seals

ROOT = Path(__file__).parents[2]
ON = date(2026, 3, 2)


Start = Callable[[dict[str, Any]], Any]
"""Lets a race begin and answers what its processes brought home, or what went wrong."""


class House:
    """A company with one client; ``race`` lets several processes loose on it."""

    def __init__(self, start: Start) -> None:
        self.start = start
        call_command("createcachetable", verbosity=0)
        self.company = factories.account_with_company()
        person = factories.user(self.company, is_owner=True)
        self.by: dict[str, Any] = {"by": factories.actor(person), "on": ON}
        with acting_for(self.company):
            self.client: Client = create_client({"name": "Orchard"}, **self.by)
            self.token = login_token(Membership.objects.get(user=person)).value

    def race(self, name: str, processes: int, **more: Any) -> list[Any]:
        """What each process brought home."""
        wish = {"token": self.token, "more": {"client": ids.encode(self.client.pk), **more}}
        answers = self.start({"race": name, "processes": processes, "wish": wish})
        assert isinstance(answers, list), answers
        assert [answer for answer in answers if isinstance(answer, str)] == []
        return answers

    def owed(self, count: int) -> list[str]:
        """Issued invoices of 100."""
        with acting_for(self.company):
            fields = {"client": self.client, "line_items": [{"cost": 100, "quantity": 1}]}
            made = [invoices.create_invoice(fields, **self.by) for _ in range(count)]
            return [ids.encode(invoices.mark_sent(one, **self.by).pk) for one in made]

    def figures(self) -> tuple[int, int, int, int]:
        """Of the client: balance, paid to date, open credit, unapplied money."""
        with acting_for(self.company):
            self.client.refresh_from_db()
            one = self.client
        told = (one.balance, one.paid_to_date, one.credit_balance, one.payment_balance)
        return tuple(int(figure) for figure in told)  # type: ignore[return-value]


@pytest.fixture(scope="session")
def starter(django_db_setup: None) -> Iterator[Start]:
    """Waits for races with everything loaded, on the database of this process's tests."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = (sys.executable, "-m", "tests.concurrency.racers", str(connection.settings_dict["NAME"]))
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        asks, answers = process.stdin, process.stdout
        assert asks is not None
        assert answers is not None

        def start(race: dict[str, Any]) -> Any:
            asks.write(f"{json.dumps(race)}\n")
            asks.flush()
            assert select.select([answers], [], [], 90)[0], f"no answer to {race['race']}"
            return json.loads(answers.readline() or '"The starter is gone."')

        yield start
        asks.close()  # it ends where its input does


@pytest.fixture
def house(transactional_db: None, starter: Start) -> Iterator[House]:
    yield House(starter)
    with transaction.atomic(), erasing():  # the database would refuse to be emptied for the next test
        Entry.everywhere.all().delete()
    forget_seals()


def flat(answers: list[list[Any]]) -> list[Any]:
    return [one for answer in answers for one in answer]


def pairs(answers: list[list[Any]]) -> list[list[Any]]:
    """What two racers brought home of each turn, the smaller answer first."""
    return [sorted(pair) for pair in zip(*answers, strict=True)]
