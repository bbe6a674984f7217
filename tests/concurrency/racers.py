"""Runs races in several processes each, on the database of the running tests.

Usage: ``python -m tests.concurrency.racers DATABASE``. A race is a line ``{"race", "processes", "wish"}`` of
JSON on standard input, its answer a line on standard output: a list of what each process brought home, or
a text about what went wrong. Django is loaded once for all races: each is forked from a process that has
never asked the database, and its racers from it, so that a race of eight begins at once.
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
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()

    from comptoir.api.registry import registry
    from tests.concurrency import races, races_of_documents

    registry()
    known = {**vars(races_of_documents), **vars(races)}
    for line in sys.stdin:
        asked = json.loads(line)
        hold = FORK.Process(target=_hold, args=(known[asked["race"]], asked["processes"], asked["wish"]))
        hold.start()
        hold.join()
        if hold.exitcode:
            _tell(f"The race {asked['race']} ended with {hold.exitcode}.")


def _hold(race: Callable[..., Any], count: int, wish: Any) -> None:
    line, home = FORK.Barrier(count), FORK.Queue()
    racers = [FORK.Process(target=_run, args=(race, number, wish, line, home)) for number in range(count)]
    for racer in racers:
        racer.start()
    brought = dict(home.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    _tell([brought[number] for number in range(count)])


def _tell(answer: Any) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def _run(race: Callable[..., Any], number: int, wish: Any, line: Any, home: Any) -> None:
    """A racer: ``line.wait()`` is where all of them start together."""
    try:
        home.put((number, race(App(wish["token"]), number, line.wait, **wish["more"])))
    except Exception as error:
        line.abort()
        home.put((number, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
