"""Browser tests drive the machine's own Chromium against a real server."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Served
from tools import chromium

HERE = Path(__file__).parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Skips, or fails in CI, where no Chromium is installed."""
    path = chromium.found()
    if path is None:
        reason = "No Chromium is installed (Debian: apt install chromium)."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def base_url(served: Served) -> str:
    """So that `page.goto("/clients")` works."""
    return served.url
