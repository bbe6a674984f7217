"""Browser tests drive the machine's own Chromium against a real server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

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


@pytest.fixture(scope="session")
def kept() -> dict[str, Any]:
    """The cookies of whoever has signed in, for the tests after: a person signs in once a day, too."""
    return {}


@pytest.fixture
def desk(browser: Browser, served: Served, kept: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """`desk("/clients")` opens a page of the office, the owner signed in; faults of scripts fail the test."""
    heard: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str, **options: Any) -> Page:
        wanted = {"locale": "fr-FR", "viewport": {"width": 1360, "height": 860}, **kept, **options}
        contexts.append(browser.new_context(base_url=served.url, **wanted))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: heard.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(path)
        if "/account/login" in page.url:
            _sign_in(page, served)
            kept["storage_state"] = contexts[-1].storage_state()
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def _sign_in(page: Page, served: Served) -> None:
    page.goto("/account/login/")
    page.locator("#id-login").fill(served.email)
    page.locator("#id-password").fill(served.password)
    page.locator("form:has(#id-password) button[type=submit]").first.click()
    page.wait_for_url(served.url + "/")


def _is_fault(message: ConsoleMessage) -> bool:
    """A refused form is no fault of a page: browsers note each answer of 4xx."""
    return message.type == "error" and "status of 4" not in message.text
