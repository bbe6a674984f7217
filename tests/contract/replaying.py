"""Replays recorded requests of the public contract against a real `comptoir serve`.

The recordings are no part of this repository: COMPTOIR_RECORDINGS names their folder, or they lie in
``../shared/contract/golden`` beside it. ``recordings.txt`` lists the scenarios that must pass.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Final

from tests.serving import Served, clean_environment

HERE: Final = Path(__file__).parent
EMAIL: Final = "golden@example.com"
PASSWORD: Final = "a-letter-from-the-north"

_FOUND: Final = """
import sys
from datetime import date
from comptoir.config.cli import load_django
load_django()
from comptoir.people.founding import found_account
person = {"email": sys.argv[1], "password": sys.argv[2], "first_name": "Ada", "last_name": "Byron"}
settings = {"name": "Golden Ltd", "country_id": "840", "currency_id": "1", "language_id": "1"}
found_account(person, settings, on=date.today())
"""


def recordings() -> Path | None:
    """The folder of recordings, if there is one."""
    named = os.environ.get("COMPTOIR_RECORDINGS")
    folder = Path(named) if named else HERE.parents[2] / "shared" / "contract" / "golden"
    return folder if (folder / "replay.py").is_file() else None


def listed() -> list[str]:
    """The scenarios that must pass."""
    lines = (HERE / "recordings.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def prepare(served: Served) -> None:
    """Found the recorded company behind another one, whose rows have the ids that it must not see."""
    stranger = Api(served.url, served.email, served.password)
    for name in ("Albert", "Berthe"):
        client = stranger.post("clients", {"name": name})["data"]["id"]
        stranger.post("invoices", {"client_id": client, "line_items": [{"cost": 1, "quantity": 1}]})
    environ = clean_environment(COMPTOIR_DATA=str(served.data))
    subprocess.run([sys.executable, "-c", _FOUND, EMAIL, PASSWORD], env=environ, check=True)


def replay(served: Served, folder: Path, report: Path) -> dict[str, list[Any]]:
    """Every scenario, by name, with its differences.

    The one that asks what changed since this very second goes first: the others are done sooner than that.
    """
    first = _replay(served, folder, report, "--only", "login-shape")
    return _replay(served, folder, report) | first


def _replay(served: Served, folder: Path, report: Path, *more: str) -> dict[str, list[Any]]:
    words = (served.url, EMAIL, PASSWORD, "--json", str(report), *more)
    subprocess.run(
        [sys.executable, str(folder / "replay.py"), *words], check=False, stdout=subprocess.DEVNULL
    )
    return {scenario["name"]: scenario["bad"] for scenario in json.loads(report.read_text())}


class Api:
    """An app that has signed in."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.url = url
        self.token = ""
        self.company = self.post("login", {"email": email, "password": password})["data"][0]
        self.token = self.company["token"]["token"]

    def post(self, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "X-API-TOKEN": self.token}
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}", json.dumps(body).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
