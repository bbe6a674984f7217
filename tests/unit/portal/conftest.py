"""A company with two clients: Anna and Ben are contacts of Verger, Cleo of Marchand. Staff: Alice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client as Browser

from comptoir.activity.actors import Actor
from comptoir.activity.jobs import discover, registered
from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client, Contact
from comptoir.clients.operations import create_client
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.operations import add_gateway
from comptoir.gateways.registry import STRIPE
from comptoir.kernel import ids
from comptoir.people.models import User
from comptoir.portal.models import ContactSession
from comptoir.preferences.operations import update_company
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as send_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice
from comptoir.sales.invoices.operations import mark_sent as send_invoice
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.operations import create_quote
from comptoir.sales.quotes.operations import mark_sent as send_quote
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories, stripe_double

ON = date(2026, 3, 2)
PASSWORD = "Verger2026"
LINE = {"product_key": "Design", "notes": "Two days", "cost": 100, "quantity": 2}


@dataclass
class House:
    """The company in scope, its people, and what they are sent."""

    company: Company
    staff: User
    alice: Actor
    verger: Client
    marchand: Client

    @property
    def anna(self) -> Contact:
        return self.person("anna@verger.example")

    @property
    def ben(self) -> Contact:
        return self.person("ben@verger.example")

    @property
    def cleo(self) -> Contact:
        return self.person("cleo@marchand.example")

    def person(self, email: str) -> Contact:
        return Contact.objects.select_related("client").get(email=email)

    def invoice(self, client: Client | None = None, *, sent: bool = True, **fields: Any) -> Invoice:
        fields = {"client": client or self.verger, "date": ON, "line_items": [LINE], **fields}
        invoice = create_invoice(fields, by=self.alice, on=ON)
        return send_invoice(invoice, by=self.alice, on=ON) if sent else invoice

    def quote(self, client: Client | None = None, **fields: Any) -> Quote:
        fields = {"client": client or self.verger, "date": ON, "line_items": [LINE], **fields}
        return send_quote(create_quote(fields, by=self.alice, on=ON), by=self.alice, on=ON)

    def credit(self, client: Client | None = None) -> Any:
        fields = {"client": client or self.verger, "date": ON, "line_items": [LINE]}
        return send_credit(create_credit(fields, by=self.alice, on=ON), by=self.alice, on=ON)

    def wishes(self, **settings: Any) -> None:
        """Set settings, and switches by their names, of the company."""
        update_company(self.company, {"settings": settings}, by=self.alice, on=ON)

    def switch(self, **switches: Any) -> None:
        update_company(self.company, switches, by=self.alice, on=ON)

    def key(self, document: Any, contact: Contact) -> str:
        return str(document.invitations.get(contact=contact).key)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """With the cache table, which no migration makes."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
    discover()


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Any) -> Iterator[House]:
    settings.MEDIA_ROOT = tmp_path / "public" / "storage"
    cache.clear()
    company = factories.account_with_company(currency_id="3", country_id="276", language_id="1")
    alice = factories.user(company, is_owner=True)
    by = factories.actor(alice)
    with acting_for(company):
        verger = _client("Verger", by, ("anna", PASSWORD), ("ben", ""))
        marchand = _client("Marchand", by, ("cleo", ""))
        yield House(company, alice, by, verger, marchand)


def _client(name: str, by: Actor, *people: tuple[str, str]) -> Client:
    contacts = [
        {
            "first_name": first.title(),
            "last_name": "X",
            "email": f"{first}@{name.lower()}.example",
            "password": password,
        }
        for first, password in people
    ]
    return create_client(
        {"name": name, "private_notes": "SECRET-OF-STAFF", "contacts": contacts}, by=by, on=ON
    )


def enter(contact: Contact, **query: str) -> Browser:
    """A browser that came in by the contact's key."""
    browser = Browser()
    assert browser.get(f"/client/key_login/{contact.contact_key}", query).status_code == 302
    return browser


def stripe_gateway(house: House, **fields: Any) -> CompanyGateway:
    """Stripe, keeping methods where the client ticks it; it asks nothing but what ``fields`` say."""
    quiet = {"require_billing_address": False, "require_shipping_address": False}
    said = {"gateway_key": STRIPE, "config": stripe_double.CONFIG, "token_billing": "optin", **quiet}
    return add_gateway({**said, **fields}, by=house.alice, on=ON)


def text(answer: Any) -> str:
    """What a page says, tags and idle space taken out."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def figures() -> list[Any]:
    """Everything a contact could have moved."""
    rows = [model.objects.order_by("pk").values() for model in (Client, Contact, Invoice, Quote)]
    return [*map(list, rows), Activity.objects.count()]


def told() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("fact", flat=True))


def sessions() -> int:
    return int(ContactSession.everywhere.count())


def last_activity() -> Activity:
    return Activity.objects.order_by("-pk")[0]


def address(document: Any, key: str = "invoices") -> str:
    """The page of a document."""
    return f"/client/{key}/{ids.encode(document.pk)}"


def work() -> None:
    """Do what the portal has left to the worker."""
    for job in Job.objects.filter(name__startswith="portal.", state=Job.State.QUEUED):
        known = registered(job.name)
        assert known is not None
        with acting_for(job.company) if job.company else nullcontext():
            known.work(**job.args)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)


def fetched(browser: Browser, path: str, **query: str) -> tuple[int, bytes]:
    """Status and bytes of an answer that may be streamed: read to its end it closes its file."""
    answer = browser.get(path, query)
    content = answer.getvalue()
    return answer.status_code, content
