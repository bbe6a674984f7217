"""What the rows of the Clients page stand on: Alice's company, by its pages, its API and its portal."""

from __future__ import annotations

import html
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

from comptoir.activity.jobs import discover, registered
from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client, Contact
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.people.founding import found_account
from comptoir.people.models import Membership
from comptoir.people.operations import invite_user
from comptoir.people.tokens import login_token
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.noon import noon_of
from tests.stories.asking import App

ON = date(2026, 11, 24)
FRENCH_ID, GERMAN_ID = "4", "3"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRENCH = {"country_id": "250", "currency_id": "3", "language_id": "1", "timezone_id": "41"}
PERSON = {"email": "alice@example.com", "password": "correct horse battery", "first_name": "Alice"}

_noon = noon_of(ON)


@dataclass
class House:
    """Alice at her desk (``office``), a program of hers (``api``), and a browser for each contact."""

    alice: Membership
    office: Browser
    api: App

    @property
    def company(self) -> Company:
        return Company.objects.get(pk=self.alice.company_id)

    def client(self, **fields: Any) -> Client:
        """One made through the API, as a row."""
        return self.row(self.api("POST", "clients", fields)["id"])

    def row(self, key: str) -> Client:
        return Client.objects.get(pk=ids.decode(key))

    def shown(self, client: Client) -> Any:
        """The client as the API shows it."""
        return self.api("GET", f"clients/{ids.encode(client.pk)}")

    def put(self, client: Client, **fields: Any) -> Any:
        return self.api("PUT", f"clients/{ids.encode(client.pk)}", fields)

    def group(self, name: str = "Members", /, **settings: Any) -> Any:
        return self.api("POST", "group_settings", {"name": name, "settings": settings})

    def wishes(self, **settings: Any) -> None:
        """Settings of the company."""
        self.company_put(settings=settings)

    def company_put(self, **fields: Any) -> Any:
        return self.api("PUT", f"companies/{ids.encode(self.alice.company_id)}", fields)

    def invoice(self, client: Client, **fields: Any) -> Any:
        """Of one line of 100, sent unless ``sent=False``."""
        sent = fields.pop("sent", True)
        line = {"product_key": "Day", "cost": 100, "quantity": 1}
        body = {"client_id": ids.encode(client.pk), "line_items": [line], **fields}
        return self.api("POST", "invoices?mark_sent=true" if sent else "invoices", body)

    def speaks_french(self) -> None:
        """Alice reads her pages in French from now on."""
        self.alice.user.language_id = FRENCH_ID
        self.alice.user.save()

    def mails(self) -> list[MailDelivery]:
        """Everything that has been written to somebody, oldest first."""
        return list(MailDelivery.objects.order_by("pk"))

    def link(self, mail: MailDelivery, path: str) -> str:
        """The address in a mail that begins with ``path``."""
        found = re.search(rf"https?://[^/\s]+({re.escape(path)}[^\s>]+)", mail.text)
        assert found, mail.text
        return found[1]

    def pdf(self, invoice: Any) -> str:
        """The words printed on an invoice."""
        import pypdfium2 as pdfium

        key = invoice["invitations"][0]["key"]
        paper = pdfium.PdfDocument(self.api("GET", f"invoice/{key}/download"))
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())


def member(house: House, permissions: str, name: str = "carol") -> Browser:
    """The browser of somebody else of the company who has these rights."""
    fields = {"email": f"{name}@example.com", "first_name": name.title(), "last_name": "X"}
    made = invite_user(fields, {"permissions": permissions}, by=house.alice.actor(), on=ON)
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(made.user, backend=BACKEND)
    return browser


def person(email: str) -> Contact:
    found: Contact = Contact.objects.select_related("client").get(
        email=email, deleted_at=None, client__deleted_at=None
    )
    return found


def portal(contact: Contact) -> Browser:
    """A browser that came in by the contact's own link."""
    browser = Browser()
    assert browser.get(f"/client/key_login/{contact.contact_key}").status_code == 302
    return browser


def signs_in(email: str, password: str) -> Browser | None:
    """A browser signed in to the portal, or nobody."""
    browser = Browser()
    answer = browser.post("/client/login", {"email": email, "password": password})
    return browser if answer.status_code == 302 else None


def text(answer: Any) -> str:
    """What a reader sees: without tags, spaces of every kind made one."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def faults(answer: Any) -> dict[str, list[str]]:
    """The errors of the form that a page shows."""
    return {name: [str(one) for one in texts] for name, texts in answer.context["form"].errors.items()}


def edit_url(client: Client) -> str:
    return f"/clients/{ids.encode(client.pk)}/edit"


def form_of(house: House, client: Client) -> dict[str, Any]:
    """What a browser would send back of the client's form, unchanged."""
    values = dict(house.office.get(edit_url(client)).context["form"].values)
    people = values.pop("contacts")
    flat = {f"contacts.{n}.{key}": value for n, one in enumerate(people) for key, value in one.items()}
    sent = {**values, **flat, "is_tax_exempt": values["is_tax_exempt"]}
    return {key: "1" if value is True else "" if value is False else value for key, value in sent.items()}


def work(of: str = "") -> None:
    """What the worker does with the jobs that wait, those of one room by the beginning of their names."""
    for waiting in Job.objects.filter(state=Job.State.QUEUED, name__startswith=of).order_by("pk"):
        known = registered(waiting.name)
        assert known is not None, waiting.name
        with acting_for(waiting.company) if waiting.company else nullcontext():
            known.work(**waiting.args)
        Job.objects.filter(pk=waiting.pk).update(state=Job.State.DONE)


def told() -> list[str]:
    """Everything that has happened, by its name, oldest first."""
    return list(Activity.objects.order_by("pk").values_list("fact", flat=True))


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
    alice = found_account({**PERSON, "last_name": "Martin"}, {"name": "Atelier Bleu", **FRENCH}, on=ON)
    office = Browser(headers={"accept-language": "en"})
    office.force_login(alice.user, backend=BACKEND)
    with acting_for(alice.company):
        yield House(alice, office, App(login_token(alice).value))
