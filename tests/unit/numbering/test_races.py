"""Several processes draw at once, on whichever database the tests run on (reliability D3)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from comptoir.clients.models import Client
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .conftest import new_company

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = Path(__file__).with_name("drawing_process.py")
PROCESSES = 3
EACH = 40


def race(company: Company, folder: Path, *mode: str) -> list[str]:
    """What the processes drew, all starting at the same moment."""
    start = folder / "start"
    words = [str(connection.settings_dict["NAME"]), str(company.pk), str(EACH), str(start), *mode]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), *words], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    end = time.monotonic() + 60
    while len(list(folder.glob("start.*"))) < PROCESSES and time.monotonic() < end:
        time.sleep(0.01)
    start.touch()
    answers = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    return [number for answer in answers for number in answer.split()]


def test_parallel_draws_give_every_number_once_and_miss_none(tmp_path: Path) -> None:
    company = new_company()
    numbers = race(company, tmp_path)
    assert sorted(numbers) == [f"{n:04}" for n in range(1, PROCESSES * EACH + 1)]
    with acting_for(company):
        assert sorted(Client.objects.values_list("number", flat=True)) == sorted(numbers)


def test_without_the_lock_the_same_race_shows_duplicates(tmp_path: Path) -> None:
    numbers = race(new_company(), tmp_path, "unguarded")
    assert len(numbers) == PROCESSES * EACH
    assert len(set(numbers)) < len(numbers)
