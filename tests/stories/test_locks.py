"""When invoices close to edits (setting ``lock_invoices``), by the API and by the page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.config import audit
from comptoir.ledger.models import Entry
from comptoir.people.models import User
from comptoir.sales.invoices.models import Invoice
from comptoir.sealing.models import Seal
from tests.stories.asking import App
from tests.stories.test_differences import again, app, client, clock, figures, invoice, paid, sent

__all__ = ["app", "client", "clock"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHANGED = {"line_items": [{"cost": 7, "quantity": 1}]}
STAGES = ("draft", "sent", "partial", "paid", "cancelled")
LOCKED = {
    "off": set[str](),
    "when_sent": {"sent", "partial", "paid", "cancelled"},
    "when_paid": {"partial", "paid"},
}


def say(app: App, rule: str, client: str = "") -> None:
    """The company's rule, or the client's own."""
    where = f"clients/{client}" if client else f"companies/{app('GET', 'companies')[0]['id']}"
    app("PUT", where, {"settings": {"lock_invoices": rule}})


def lives(app: App, client: str) -> dict[str, Any]:
    """An invoice of 100 at each stage."""
    rows = {name: invoice(app, client, query="" if name == "draft" else "?mark_sent=true") for name in STAGES}
    paid(app, rows["partial"], 30)
    paid(app, rows["paid"], 100)
    app("POST", "invoices/bulk", {"action": "cancel", "ids": [rows["cancelled"]["id"]]})
    return rows


def everything() -> tuple[Any, ...]:
    """What must stay when an edit is refused."""
    tables = (Entry, Activity, Seal)
    sums = list(Invoice.everywhere.order_by("pk").values_list("amount", "balance", "updated_at"))
    return tuple(table.everywhere.count() for table in tables), sums, Client.everywhere.get().balance


@pytest.fixture
def office(app: App) -> Browser:
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(User.objects.get(), backend=BACKEND)
    return browser


def refused_by_api(app: App, row: Any) -> bool:
    """Refused, it says why and nothing has moved."""
    before = everything()
    locked = app("GET", f"invoices/{row['id']}?is_locked=true")["is_locked"]
    if not locked:
        app("PUT", f"invoices/{row['id']}", CHANGED)
        return False
    told = app("PUT", f"invoices/{row['id']}", CHANGED, status=422)
    assert told["message"] == told["errors"]["number"]
    assert told["message"].startswith(f"Invoice {row['number']} is locked.")
    assert everything() == before
    return True


def refused_by_page(office: Browser, row: Any) -> bool:
    """The editor does not open, and a form that was open before saves nothing."""
    before, at = everything(), f"/invoices/{row['id']}"
    shown = office.get(f"{at}/edit")
    if shown.status_code == 200:
        return False
    assert shown.url == at
    answer = office.post(f"{at}/edit", {"public_notes": "Later"}, follow=True)
    page = answer.content.decode()
    assert "A sent invoice is locked: cancel it, or correct it by a credit note." in page
    assert f'href="{at}/edit"' not in page
    assert everything() == before
    return True


@pytest.mark.parametrize("of_the_client", [False, True])
@pytest.mark.parametrize("rule", list(LOCKED))
def test_a_rule_locks_what_it_says_and_nothing_moves(
    app: App, client: str, office: Browser, rule: str, of_the_client: bool
) -> None:
    rows = lives(app, client)
    say(app, rule, client if of_the_client else "")
    assert {name for name, row in rows.items() if refused_by_page(office, row)} == LOCKED[rule]
    assert {name for name, row in rows.items() if refused_by_api(app, row)} == LOCKED[rule]
    assert audit.examine() == []


def test_the_clients_own_rule_goes_before_the_companys(app: App, client: str, office: Browser) -> None:
    rows = lives(app, client)
    say(app, "when_sent")
    say(app, "when_paid", client)
    assert {name for name, row in rows.items() if refused_by_api(app, row)} == LOCKED["when_paid"]


@pytest.mark.parametrize(
    ("day", "locked"), [((3, 30), False), ((3, 31), True), ((4, 1), True), ((12, 31), True)]
)
def test_a_month_is_closed_on_its_last_day(
    app: App, client: str, clock: Any, office: Browser, day: tuple[int, int], locked: bool
) -> None:
    row, draft = sent(app, client, date="2026-03-02"), invoice(app, client, date="2026-03-02")
    say(app, "end_of_month")
    clock.move_to(datetime(2026, *day, 12, tzinfo=UTC))
    office.force_login(User.objects.get(), backend=BACKEND)
    assert refused_by_page(office, row) is locked
    assert refused_by_api(app, row) is locked
    assert not refused_by_api(app, draft)  # in no books yet


def test_a_month_ends_where_the_company_is(app: App, client: str, clock: Any) -> None:
    """At noon of 30 March in London it is the 31st where the day begins."""
    row = sent(app, client, date="2026-03-02")
    say(app, "end_of_month")
    clock.move_to(datetime(2026, 3, 30, 12, tzinfo=UTC))
    assert not refused_by_api(app, row)
    company = app("GET", "companies")[0]
    app("PUT", f"companies/{company['id']}", {"settings": {"timezone_id": "113"}})
    assert refused_by_api(app, row)


def test_what_is_locked_is_still_paid_cancelled_and_archived(app: App, client: str) -> None:
    """Only edits are refused (contract rules 11)."""
    say(app, "when_sent")
    rows = [sent(app, client) for _n in range(3)]
    for action, row in zip(("mark_paid", "cancel", "archive"), rows, strict=True):
        app("POST", "invoices/bulk", {"action": action, "ids": [row["id"]]})
    assert [again(app, "invoices", row)["status_id"] for row in rows] == ["4", "5", "2"]
    assert figures(app, client) == (100, 100, 0, 0)
