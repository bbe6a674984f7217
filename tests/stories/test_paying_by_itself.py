"""A rent that pays itself, told through the API and the portal with a moved clock: a card that stops working,
three tries, a letter for each, a new card, and everything paid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client as Browser

from comptoir.activity import jobs, worker
from comptoir.activity.models import Activity, SystemLog
from comptoir.clients.models import Contact
from comptoir.collecting.handlers import charge_due
from comptoir.collecting.models import Attempt
from comptoir.config.audit import examine
from comptoir.delivery.mail.models import MailDelivery
from comptoir.gateways.models import StoredMethod
from comptoir.gateways.registry import STRIPE
from comptoir.people.models import Membership
from comptoir.people.tokens import login_token
from comptoir.sales.recurring.schedule import run_all
from comptoir.tenancy.scope import acting_for
from tests import factories, stripe_double
from tests.stories.asking import App

HERE = "http://127.0.0.1:8000"


@dataclass
class Tenancy:
    """A landlord with a token, a tenant in the portal, and Stripe."""

    app: App
    desk: stripe_double.Desk
    client: str
    gateway: str

    def tenant(self) -> Browser:
        """The tenant, come in by the contact's key."""
        browser = Browser()
        browser.get(f"/client/key_login/{Contact.objects.get().contact_key}")
        return browser

    def store(self, card: str) -> StoredMethod:
        """The tenant stores a card on Stripe's page, and wants it charged."""
        browser = self.tenant()
        page = browser.post("/client/payment_methods/add", {"way": f"{self.gateway}-1"}).content.decode()
        found = re.search(r'content="0;url=([^"]+)"', page)
        assert found is not None
        browser.get(self.desk.pay(found[1], card).removeprefix(HERE))
        method: StoredMethod = StoredMethod.objects.latest("pk")
        return method

    def until(self, since: date, last: date) -> None:
        """Let the days pass: invoices are made in the morning, what is due is charged, the worker works."""
        day = since
        while day <= last:
            for hour, work in ((6, charge_due), (9, run_all)):
                with time_machine.travel(datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)):
                    for _ in range(2):  # as two workers would
                        work()
                        labour()
            day += timedelta(days=1)

    def invoices(self) -> list[tuple[str, Decimal, Decimal, bool]]:
        """Number, amount, balance and whether it pays itself, as the API shows them."""
        rows = self.app("GET", "invoices?sort=id|asc")
        return [(one["number"], one["amount"], one["balance"], one["auto_bill_enabled"]) for one in rows]


def labour() -> None:
    while worker.run_once() is not None:
        pass


@pytest.fixture
def rent(db: None, stripe: stripe_double.Desk) -> Iterator[Tenancy]:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    jobs.discover()
    company = factories.account_with_company(timezone_id="41", entity_send_time=8)
    person = factories.user(company, is_owner=True)
    with acting_for(company):
        app = App(login_token(Membership.objects.get(user=person)).value)
        quiet = {"require_billing_address": False, "require_shipping_address": False}
        sent = {"gateway_key": STRIPE, "config": stripe_double.CONFIG, "token_billing": "optin", **quiet}
        gateway = app("POST", "company_gateways", sent)["id"]
        people = [{"first_name": "Paul", "email": "paul@verger.test", "send_email": True}]
        client = app("POST", "clients", {"name": "Verger", "contacts": people})["id"]
        yield Tenancy(app, stripe, client, gateway)


@time_machine.travel(datetime(2026, 3, 1, 5, tzinfo=UTC))
def test_a_card_that_fails_is_tried_three_times_and_told_and_a_new_one_pays(rent: Tenancy) -> None:
    line = {"product_key": "Rent", "cost": 800, "quantity": 1}
    sent = {
        "client_id": rent.client, "frequency_id": "5", "next_send_date": "2026-03-02", "auto_bill": "optin",
        "line_items": [line], "due_date_days": "on_receipt",
    }  # fmt: skip
    made = rent.app("POST", "recurring_invoices?start=true", sent)
    assert (made["auto_bill"], made["auto_bill_enabled"]) == ("optin", False)
    bad = rent.store(stripe_double.DECLINED_LATER)
    answer = rent.tenant().post(f"/client/recurring_invoices/{made['id']}/auto_bill", {"auto_bill": "on"})
    assert answer.url.endswith("?done=auto_bill_on")
    assert rent.app("GET", f"recurring_invoices/{made['id']}")["auto_bill_enabled"] is True

    rent.until(date(2026, 3, 2), date(2026, 3, 3))
    [(_number, amount, balance, enabled)] = rent.invoices()
    assert (amount, balance, enabled) == (800, 800, True)
    assert Attempt.objects.filter(by_itself=True, state="failed").count() == 1

    rent.until(date(2026, 3, 4), date(2026, 3, 9))
    [(_number, amount, balance, enabled)] = rent.invoices()
    assert (amount, balance, enabled) == (800, 800, False)
    tries = Attempt.objects.filter(by_itself=True, method=bad)
    assert [(one.state, one.said) for one in tries] == [("failed", "Your card was declined.")] * 3
    assert sorted(one.created_at.date() for one in tries) == [date(2026, 3, 3 + n) for n in range(3)]
    assert Activity.objects.filter(code=144).count() == 3
    assert SystemLog.objects.filter(category_id=1, event_id=22).count() == 3
    letters = MailDelivery.objects.filter(template="payment_failed")
    assert [one.recipient for one in letters] == ["paul@verger.test"] * 3
    told = rent.app("POST", "activities/entity", {"entity": "invoice", "entity_id": rent_of(rent)})
    assert [one["activity_type_id"] for one in told].count(144) == 3
    assert rent.app("GET", f"clients/{rent.client}")["balance"] == 800

    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC)):
        good = rent.store(stripe_double.GOOD)
        browser = rent.tenant()
        listed = rent.app("GET", f"client_gateway_tokens?client_id={rent.client}&sort=id|asc")
        assert [one["is_default"] for one in listed] == [True, False]
        browser.post(f"/client/payment_methods/{listed[1]['id']}/prefer")
        browser.post(f"/client/recurring_invoices/{made['id']}/auto_bill", {"auto_bill": "on"})
    rent.until(date(2026, 3, 11), date(2026, 4, 3))
    first, second = rent.invoices()
    assert (first[2], second[1], second[2]) == (0, 800, 0)
    paid = rent.app("GET", "payments?sort=id|asc")
    assert [(one["amount"], one["type_id"], one["is_manual"]) for one in paid] == [(800, "5", False)] * 2
    assert [one["date"] for one in paid] == ["2026-03-11", "2026-04-03"]
    assert Attempt.objects.filter(by_itself=True, method=good, state="paid").count() == 2
    assert Activity.objects.filter(code=143).count() == 2
    client = rent.app("GET", f"clients/{rent.client}")
    assert (client["balance"], client["paid_to_date"]) == (0, 1600)
    assert examine() == []


def rent_of(rent: Tenancy) -> str:
    """The id of the first invoice."""
    return str(rent.app("GET", "invoices?sort=id|asc")[0]["id"])
