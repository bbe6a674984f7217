"""Draws numbers in a process of its own, on the database of the running tests.

Usage: drawing_process.py DATABASE COMPANY COUNT START [unguarded], where START is a file whose
appearance begins the race. Prints the numbers drawn, one a line.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import django
from django.conf import settings


def draw_and_save(count: int) -> list[str]:
    from django.db import transaction

    from comptoir.clients.models import Client
    from comptoir.numbering.drawing import draw
    from comptoir.numbering.patterns import Context
    from comptoir.preferences.cascade import Preferences

    numbers = []
    for _ in range(count):
        with transaction.atomic():
            number = draw("client", Preferences(()), Context(on=date(2026, 11, 24)), Client.objects.all())
            Client.objects.create(number=number)
        numbers.append(number)
    return numbers


def draw_unguarded(count: int) -> list[str]:
    """Look, then write: what a counter without a lock does."""
    from comptoir.numbering import counters

    numbers = []
    for _ in range(count):
        counter = counters.peek("client", "")
        time.sleep(0.001)
        counters.put("client", "", counter + 1)
        numbers.append(f"{counter:04}")
    return numbers


def main() -> None:
    database, company, count, start, *mode = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = database
    django.setup()

    from comptoir.tenancy.models import Company
    from comptoir.tenancy.scope import acting_for

    with acting_for(Company.objects.get(pk=company)):
        Path(f"{start}.{time.time_ns()}").touch()
        while not Path(start).exists():
            time.sleep(0.005)
        sys.stdout.write("\n".join((draw_unguarded if mode else draw_and_save)(int(count))))


if __name__ == "__main__":
    main()
