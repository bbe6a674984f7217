"""Very many jobs at once: as few questions as for some, each once for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from comptoir.activity import bell, outbox
from comptoir.activity.models import Job
from comptoir.activity.outbox import queue, queue_all
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Order = tuple[str, dict[str, Any], str]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    monkeypatch.setattr(outbox, "_AT_ONCE", 3)
    company = factories.account_with_company()
    with acting_for(company), time_machine.travel(NOON, tick=False):
        yield company


def orders(*numbers: int) -> Iterator[Order]:
    return (("mail.one", {"client": n}, f"one:{n}") for n in numbers)


def test_all_are_left_with_their_arguments_in_their_order(home: Company) -> None:
    queue_all(orders(5, 3, 4, 1, 2))
    columns = ("company_id", "name", "args", "key", "state", "run_at")
    assert list(Job.objects.order_by("pk").values_list(*columns)) == [
        (home.pk, "mail.one", {"client": n}, f"one:{n}", "queued", NOON) for n in (5, 3, 4, 1, 2)
    ]


def test_one_question_for_each_portion(home: Company, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        queue_all(orders(*range(7)))
    assert Job.objects.count() == 7


def test_what_was_queued_before_is_passed_over(home: Company) -> None:
    queue("mail.one", {"client": 2, "first": True}, key="one:2")
    Job.objects.update(state=Job.State.DONE)
    queue_all(orders(1, 2, 3, 2))
    queue_all(orders(3, 4))
    found = Job.objects.order_by("pk").values_list("key", "state")
    assert list(found) == [("one:2", "done"), ("one:1", "queued"), ("one:3", "queued"), ("one:4", "queued")]


def test_the_worker_is_woken_once(
    home: Company, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(bell, "ring", lambda: rung.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        queue_all(orders(*range(7)))
    assert rung == [1]


def test_nothing_is_left_of_what_failed(home: Company) -> None:
    def broken() -> Iterator[Order]:
        yield from orders(1, 2, 3, 4)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), transaction.atomic():
        queue_all(broken())
    assert not Job.objects.exists()
