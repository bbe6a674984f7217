"""A company with one client, and several processes let loose on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
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


class House:
    """A company with one client; ``race`` lets several processes loose on it."""

    def __init__(self) -> None:
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
        database = str(connection.settings_dict["NAME"])
        asked = {"database": database, "race": name, "processes": processes, "wish": wish}
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        run = subprocess.run(
            [sys.executable, "-m", "tests.concurrency.racers"],
            cwd=ROOT, env=environment, input=json.dumps(asked), capture_output=True, text=True, timeout=90,
            check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        answers = json.loads(run.stdout)
        assert [answer for answer in answers if isinstance(answer, str)] == []
        return list(answers)

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


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    yield House()
    with transaction.atomic(), erasing():  # the database would refuse to be emptied for the next test
        Entry.everywhere.all().delete()
    forget_seals()


def flat(answers: list[list[Any]]) -> list[Any]:
    return [one for answer in answers for one in answer]


def pairs(answers: list[list[Any]]) -> list[list[Any]]:
    """What two racers brought home of each turn, the smaller answer first."""
    return [sorted(pair) for pair in zip(*answers, strict=True)]
