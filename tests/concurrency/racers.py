"""Runs one race in several processes, on the database of the running tests.

Usage: ``python -m tests.concurrency.racers``, with ``{"database", "race", "processes", "wish"}`` as JSON
on its standard input. Prints what each process brought home, as a JSON list. Django is loaded once and
the racers are forked from it, so that a race of eight begins within seconds.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings

FORK = multiprocessing.get_context("fork")


class App:
    """Asks the API's door in this process."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, str]:
        """(status, what the answer says, its version)."""
        from django.test import RequestFactory

        from comptoir.api.door import api

        sent = {
            "X-API-TOKEN": self.token,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        text = json.dumps(body) if body is not None else ""
        request = RequestFactory().generic(method, f"/api/v1/{path}", text, "application/json", headers=sent)
        answer: Any = api(request)
        return answer.status_code, json.loads(answer.content), answer.headers.get("ETag", "")


def main() -> None:
    asked = json.load(sys.stdin)
    settings.DATABASES["default"]["NAME"] = asked["database"]
    django.setup()

    from comptoir.api.registry import registry
    from tests.concurrency import races, races_of_documents

    registry()
    known = {**vars(races_of_documents), **vars(races)}
    count, race = asked["processes"], known[asked["race"]]
    line, home = FORK.Barrier(count), FORK.Queue()
    racers = [
        FORK.Process(target=_run, args=(race, number, asked["wish"], line, home)) for number in range(count)
    ]
    for racer in racers:
        racer.start()
    brought = dict(home.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    json.dump([brought[number] for number in range(count)], sys.stdout)


def _run(race: Callable[..., Any], number: int, wish: Any, line: Any, home: Any) -> None:
    """A racer: ``line.wait()`` is where all of them start together."""
    try:
        home.put((number, race(App(wish["token"]), number, line.wait, **wish["more"])))
    except Exception as error:
        line.abort()
        home.put((number, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
