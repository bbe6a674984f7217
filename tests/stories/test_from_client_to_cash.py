"""The main job, told through the API: from a new client to the last cent, everything right at each step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client as Browser

from comptoir.activity import jobs, worker
from comptoir.config import audit
from comptoir.people.founding import found_account
from tests.stories.asking import App
from tests.unit.delivery.mail_sink import Sink, listening
from tests.unit.delivery.printed import pages

NB = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
PASSWORD = "a-long-walk-by-the-sea"
LINES = [
    {"product_key": "Design", "notes": "Two days of drawing", "cost": 450, "quantity": 2},
    {"product_key": "Print", "notes": "Posters", "cost": 12.5, "quantity": 8},
]
TERMS = {"discount": 5, "is_amount_discount": False, "tax_name1": "VAT", "tax_rate1": 20}
PRINTED = (
    "Atelier Blue Invoice 0001 From Atelier Blue United States "
    "Billed to Orchard & Sons United States paul@orchard.example Client number 0001 "
    "Invoice date Mar 2, 2026 Due date Mar 16, 2026 Balance due by Mar 16, 2026 $1,140.00 "
    "Description Unit price Quantity Amount "
    "Design Two days of drawing $450.00 2 $900.00 Print Posters $12.50 8 $100.00 "
    "Subtotal $1,000.00 Discount (5%) −$50.00 Net total $950.00 VAT 20% $190.00 Total $1,140.00 "
    "Paid to date $0.00 Balance due $1,140.00 Atelier Blue"
)
PRINTED_IN_FRENCH = (
    "Atelier Blue Facture 0001 Émetteur Atelier Blue États-Unis "
    "Facturé à Les Épis France claire@epis.example Nº de client 0001 "
    "Date de facture 2 mars 2026 Échéance 1 avr. 2026 Reste à payer avant le 1 avr. 2026 1 481,40 € "
    "Description Prix unitaire Quantité Montant Conseil Une journée 1 234,50 € 1 1 234,50 € "
    "Sous-total 1 234,50 € TVA 20 % 246,90 € Total TTC 1 481,40 € Déjà payé 0,00 € "
    "Reste à payer 1 481,40 € Atelier Blue"
)


@pytest.fixture
def letterbox(settings: Any) -> Iterator[Sink]:
    """A real mail server, and the installation that uses it."""
    with listening() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def app(db: None) -> Iterator[App]:
    """Ada has founded Atelier Blue; it is ten o'clock on 2 March 2026."""
    with time_machine.travel(datetime(2026, 3, 2, 10, tzinfo=UTC)):
        call_command("createcachetable", verbosity=0)
        ada = {"email": "ada@atelier.example", "password": PASSWORD, "first_name": "Ada", "last_name": "Lund"}
        atelier = {
            "name": "Atelier Blue",
            "country_id": "840",
            "currency_id": "1",
            "pdf_email_attachment": True,
        }
        found_account(ada, atelier, on=date(2026, 3, 2))
        jobs.discover()
        yield App()


def work_off() -> None:
    """The worker does what is due."""
    while job := worker.run_once():
        job.refresh_from_db()
        assert job.state == "done", job.error


def figures(app: App, client: str) -> tuple[Any, ...]:
    """Balance, paid to date, open credit, unapplied money."""
    row = app("GET", f"clients/{client}")
    return row["balance"], row["paid_to_date"], row["credit_balance"], row["payment_balance"]


def ledger(app: App, client: str) -> list[tuple[Any, Any]]:
    """(movement, balance after it), the oldest first."""
    rows = app("GET", f"clients/{client}?include=ledger")["ledger"]
    return [(row["adjustment"], row["balance"]) for row in reversed(rows)]


def happened(app: App, invoice: str) -> list[str]:
    """Activity types of an invoice, the oldest first (contract rules 17)."""
    rows = app("POST", "activities/entity", {"entity": "invoice", "entity_id": invoice})
    return [str(row["activity_type_id"]) for row in reversed(rows)]


def system_log(app: App, client: str) -> list[tuple[int, int]]:
    """(category, event), the oldest first (contract rules 18)."""
    rows = app("GET", f"clients/{client}?include=system_logs")["system_logs"]
    return [(row["category_id"], row["event_id"]) for row in reversed(rows)]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def pdf_in(letter: EmailMessage) -> tuple[str, str]:
    """Its name, and the text of its only page."""
    (attached,) = letter.iter_attachments()
    (page,) = pages(attached.get_content())
    return str(attached.get_filename()), page


def test_from_client_to_cash(app: App, letterbox: Sink) -> None:
    # sign in
    (company,) = app.sign_in("ada@atelier.example", PASSWORD)
    assert (company["company"]["settings"]["name"], company["is_owner"]) == ("Atelier Blue", True)

    # a client with two contacts, of whom one receives documents
    paul = {"first_name": "Paul", "last_name": "Verger", "email": "paul@orchard.example", "send_email": True}
    nina = {"first_name": "Nina", "email": "nina@orchard.example", "send_email": False}
    orchard = {"name": "Orchard & Sons", "contacts": [paul, nina], "settings": {"payment_terms": "14"}}
    client = app("POST", "clients", orchard)
    assert (client["number"], client["display_name"]) == ("0001", "Orchard & Sons")
    assert [contact["first_name"] for contact in client["contacts"]] == ["Paul", "Nina"]

    # an invoice with two lines, a discount and a tax: a draft, which nobody owes
    invoice = app("POST", "invoices", {"client_id": client["id"], "line_items": LINES, **TERMS})
    assert (invoice["number"], invoice["status_id"], invoice["due_date"]) == ("0001", "1", "")
    assert (invoice["amount"], invoice["total_taxes"], invoice["balance"]) == (1140, 190, 0)
    assert [line["line_total"] for line in invoice["line_items"]] == [900, 100]
    assert [one["client_contact_id"] for one in invoice["invitations"]] == [client["contacts"][0]["id"]]
    assert figures(app, client["id"]) == (0, 0, 0, 0)
    assert ledger(app, client["id"]) == []
    assert happened(app, invoice["id"]) == ["4"]

    # its PDF says that it is a draft
    (page,) = pages(app("GET", f"invoices/{invoice['id']}/download"))
    assert page.startswith("Atelier Blue Invoice 0001 Draft ")
    assert system_log(app, client["id"]) == [(4, 50)]

    # by mail to Paul: now it is owed, by the 16th
    (mailed,) = app("POST", "invoices/bulk", {"action": "email", "ids": [invoice["id"]]})
    assert (mailed["status_id"], mailed["balance"], mailed["due_date"]) == ("2", 1140, "2026-03-16")
    assert figures(app, client["id"]) == (1140, 0, 0, 0)
    assert ledger(app, client["id"]) == [(1140, 1140)]
    assert happened(app, invoice["id"]) == ["4", "53", "6"]
    assert letterbox.messages == []
    work_off()
    (letter,) = letterbox.messages
    link = mailed["invitations"][0]["link"]
    assert letter["To"] == "Paul Verger <paul@orchard.example>"
    assert letter["Subject"] == "Invoice 0001 – Atelier Blue"
    assert link in text_of(letter)
    assert pdf_in(letter) == ("invoice-0001.pdf", PRINTED)
    (sent,) = app("GET", f"invoices/{invoice['id']}")["invitations"]
    assert (sent["email_status"], sent["viewed_date"]) == ("delivered", "")
    assert system_log(app, client["id"]) == [(4, 50), (4, 50), (2, 30)]

    # Paul follows the link, reads it and takes the PDF along: it is viewed, once
    paul_at_home = Browser()
    seen = paul_at_home.get(urlsplit(link).path, follow=True)
    shown = " ".join(seen.content.decode().split())
    assert seen.status_code == 200
    assert link.rpartition("/")[2] not in seen.request["PATH_INFO"]
    for words in ("Invoice 0001", "$1,140.00", "By Mar 16, 2026", "Two days of drawing"):
        assert words in shown
    taken = paul_at_home.get(seen.request["PATH_INFO"] + "/pdf")
    (page,) = pages(taken.getvalue())
    assert "Balance due by Mar 16, 2026 $1,140.00" in page
    paul_at_home.get(seen.request["PATH_INFO"])
    (viewed,) = app("GET", f"invoices/{invoice['id']}")["invitations"]
    assert viewed["viewed_date"].startswith("2026-03-02 10:0")
    assert happened(app, invoice["id"]) == ["4", "53", "6", "7"]

    # a part of it is paid
    part = [{"invoice_id": invoice["id"], "amount": 500}]
    payment = app("POST", "payments", {"client_id": client["id"], "amount": 500, "invoices": part})
    assert (payment["amount"], payment["applied"], payment["number"]) == (500, 500, "0001")
    now = app("GET", f"invoices/{invoice['id']}")
    assert (now["status_id"], now["balance"], now["paid_to_date"]) == ("3", 640, 500)
    assert figures(app, client["id"]) == (640, 500, 0, 0)
    assert ledger(app, client["id"]) == [(1140, 1140), (-500, 640)]
    assert happened(app, invoice["id"]) == ["4", "53", "6", "7", "10"]

    # more than the rest is refused, and nothing moves
    much = [{"invoice_id": invoice["id"], "amount": Decimal("640.01")}]
    refusal = app(
        "POST", "payments", {"client_id": client["id"], "amount": 700, "invoices": much}, status=422
    )
    assert list(refusal["errors"]) == ["invoices.0.invoice_id"]
    assert figures(app, client["id"]) == (640, 500, 0, 0)

    # the rest is paid, with twenty cents too much, which stay unapplied
    rest = [{"invoice_id": invoice["id"], "amount": 640}]
    app("POST", "payments", {"client_id": client["id"], "amount": Decimal("640.2"), "invoices": rest})
    now = app("GET", f"invoices/{invoice['id']}?include=payments")
    assert (now["status_id"], now["balance"], now["paid_to_date"]) == ("4", 0, 1140)
    assert sorted(each["number"] for each in now["payments"]) == ["0001", "0002"]
    assert figures(app, client["id"]) == (0, Decimal("1140.2"), 0, Decimal("0.2"))
    assert ledger(app, client["id"]) == [(1140, 1140), (-500, 640), (-640, 0)]
    assert happened(app, invoice["id"]) == ["4", "53", "6", "7", "10", "10", "54"]
    assert "Paid" in paul_at_home.get(seen.request["PATH_INFO"]).content.decode()

    # and everything that is stored is what it is made of
    assert audit.examine() == []


def test_a_french_client_is_written_to_in_french(app: App, letterbox: Sink) -> None:
    app.sign_in("ada@atelier.example", PASSWORD)
    claire = {"first_name": "Claire", "last_name": "Martin", "email": "claire@epis.example"}
    settings = {"language_id": "4", "currency_id": "3", "payment_terms": "30"}
    bakery = {"name": "Les Épis", "country_id": "250", "contacts": [claire], "settings": settings}
    client = app("POST", "clients", bakery)
    line = {"product_key": "Conseil", "notes": "Une journée", "cost": 1234.5, "quantity": 1}
    taxed = {"tax_name1": "TVA", "tax_rate1": 20}
    invoice = app("POST", "invoices", {"client_id": client["id"], "line_items": [line], **taxed})
    app("POST", "invoices/bulk", {"action": "email", "ids": [invoice["id"]]})
    work_off()

    (letter,) = letterbox.messages
    assert letter["Subject"] == "Facture 0001 – Atelier Blue"
    assert "1 481,40" in text_of(letter).replace(NARROW, " ").replace(NB, " ")
    name, page = pdf_in(letter)
    assert name == "invoice-0001.pdf"
    assert page == PRINTED_IN_FRENCH
    french = Browser().get(urlsplit(invoice["invitations"][0]["link"]).path, follow=True)
    shown = french.content.decode()
    assert '<html lang="fr"' in shown
    assert "Facture 0001" in shown
    assert "Télécharger le PDF" in shown
