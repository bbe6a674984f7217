"""What a client reads in the portal is what staff print: one account, whatever was entered late."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.test import Client as Browser

from comptoir.clients.models import Client, Contact
from comptoir.insight.statements import Statement, Wish, statement_of
from comptoir.kernel import ids
from comptoir.tenancy.scope import acting_for
from tests.stories.asking import App
from tests.stories.test_differences import app, client, clock, figures, paid, sent
from tests.unit.delivery.printed import pages

__all__ = ["app", "client", "clock"]

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def account(client: str, days: tuple[date, date], on: date) -> Statement:
    """The figures that the office prints."""
    row = Client.everywhere.select_related("company").get(pk=ids.decode(client))
    with acting_for(row.company):
        return statement_of(row, Wish(*days, opening=True), on=on)


def enter(client: str) -> Browser:
    browser = Browser(headers={"accept-language": "en"})
    contact = Contact.everywhere.get(client_id=ids.decode(client))
    assert browser.get(f"/client/key_login/{contact.contact_key}").status_code == 302
    return browser


def asked(days: tuple[date, date]) -> dict[str, str]:
    return {"start": days[0].isoformat(), "end": days[1].isoformat()}


def sheet(portal: Browser, days: tuple[date, date]) -> list[tuple[str, str, Decimal]]:
    """Each line of the portal's account: day, words, balance after it."""
    answer = portal.get("/client/statement/csv", asked(days))
    _head, *rows = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    return [(row[0], row[1], Decimal(row[4])) for row in rows]


def shown(portal: Browser, days: tuple[date, date]) -> str:
    page = portal.get("/client/statement", asked(days)).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def live(app: App, client: str, clock: Any) -> dict[str, Any]:
    """It is 10 April: an invoice was dated back, a payment came after March, a credit helped."""
    clock.move_to(datetime(2026, 3, 5, 10, tzinfo=UTC))
    first = sent(app, client, 100, date="2026-03-05")
    third = sent(app, client, 60, date="2026-03-20")
    gone = sent(app, client, 999, date="2026-03-21")
    paid(app, first, 40, date="2026-03-06")
    clock.move_to(datetime(2026, 4, 10, 10, tzinfo=UTC))
    late = sent(app, client, 25, date="2026-03-31")
    paid(app, first, 60, date="2026-04-02")
    app("POST", "invoices/bulk", {"action": "cancel", "ids": [gone["id"]]})
    credit = app(
        "POST", "credits?mark_sent=true", {"client_id": client, "line_items": [{"cost": 50, "quantity": 1}]}
    )
    parts, uses = [{"invoice_id": third["id"], "amount": 60}], [{"credit_id": credit["id"], "amount": 20}]
    app("POST", "payments", {"client_id": client, "invoices": parts, "credits": uses})
    app("POST", "payments", {"client_id": client, "amount": 7})
    return {"first": first, "third": third, "late": late}


def test_the_portal_shows_the_figures_that_the_office_prints(app: App, client: str, clock: Any) -> None:
    rows, portal = live(app, client, clock), enter(client)
    march, april = (account(client, days, date(2026, 4, 10)) for days in (MARCH, APRIL))
    assert (march.opening, march.invoiced, march.paid, march.closing) == (0, 185, 40, 145)
    assert (april.opening, april.invoiced, april.paid, april.closing) == (145, 0, 120, 25)
    assert (april.unapplied, april.credit) == (7, 30)
    assert figures(app, client) == (25, 167, 30, 7)
    first, third, late = (rows[name]["number"] for name in ("first", "third", "late"))
    assert sheet(portal, MARCH) == [
        ("2026-03-01", "Opening balance", Decimal(0)),
        ("2026-03-05", f"Invoice {first}", Decimal(100)),
        ("2026-03-06", "Payment 0001", Decimal(60)),
        ("2026-03-20", f"Invoice {third}", Decimal(120)),
        ("2026-03-31", f"Invoice {late}", Decimal(145)),
    ]
    assert sheet(portal, APRIL) == [
        ("2026-04-01", "Opening balance", Decimal(145)),
        ("2026-04-02", "Payment 0002", Decimal(85)),
        ("2026-04-10", "Payment 0003", Decimal(25)),
    ]
    for days, made in ((MARCH, march), (APRIL, april)):
        said = shown(portal, days)
        paper = " ".join(pages(portal.get("/client/statement/raw", asked(days)).content))
        for name, figure in (
            ("Opening balance", made.opening),
            ("Billed", made.invoiced),
            ("Settled", made.paid),
            ("Closing balance", made.closing),
        ):
            assert f"{name} ${figure:.2f}" in said
        for figure in (made.opening, made.closing):
            assert f"${figure:.2f}" in paper


def test_a_refund_and_a_reversal_leave_the_last_line_at_the_closing_balance(
    app: App, client: str, clock: Any
) -> None:
    rows, portal = live(app, client, clock), enter(client)
    payment = app("GET", "payments?sort=id|asc")[0]
    back = {"id": payment["id"], "invoices": [{"invoice_id": rows["first"]["id"], "amount": 15}]}
    app("POST", "payments/refund", back)
    app("POST", f"invoices/{rows['late']['id']}/reverse")
    for days in (MARCH, APRIL):
        made = account(client, days, date(2026, 4, 10))
        lines = sheet(portal, days)
        assert (lines[0][2], lines[-1][2]) == (made.opening, made.closing)
        assert f"Closing balance ${made.closing:.2f}" in shown(portal, days)
    assert account(client, APRIL, date(2026, 4, 10)).closing == figures(app, client)[0] == 15
    assert ("2026-04-10", "Payment 0001, refunded") in [line[:2] for line in sheet(portal, APRIL)]
