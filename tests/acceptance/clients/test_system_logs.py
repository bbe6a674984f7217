"""Rows S48 to S50: what the server did for a client, and whether it worked."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import SystemLog
from comptoir.activity.systemlog import Category, Event, Type, record
from comptoir.clients.models import Client
from comptoir.delivery.documents import printing
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.kernel import ids

from .conftest import House, portal, signs_in, text, work


def logs(house: House, client: Client, query: str = "") -> Any:
    return house.office.get(f"/clients/{ids.encode(client.pk)}/tab/logs{query}")


def told(house: House, client: Client, query: str = "") -> list[tuple[str, bool]]:
    """“Category › event”, and whether it went well; newest first."""
    shown = logs(house, client, query).context["logs"]
    return [(f"{log['category']} › {log['event']}", log["ok"]) for log in shown]


def send(house: House, invoice: Any) -> None:
    asked = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"}
    house.api("POST", "emails", asked)
    work()


def test_s48_rows_come_newest_first_with_their_detail(house: House) -> None:
    client = house.client(name="Bistro")
    for n in range(60):
        record(Category.PDF, Event.PDF, Type.PDF_SUCCESS, client_id=client.pk, log={"number": f"F-{n}"})
    first = logs(house, client)
    assert [log["summary"] for log in first.context["logs"]] == [f"F-{n}" for n in range(59, 9, -1)]
    rest = house.office.get(first.context["next_url"]).context["logs"]
    assert [log["summary"] for log in rest] == [f"F-{n}" for n in range(9, -1, -1)]
    body = first.content.decode()
    assert body.count("<details>") == 50
    assert "PDF › PDF made" in text(first)
    assert "&quot;number&quot;: &quot;F-59&quot;" in body
    assert "<time " in body


def test_s48_they_read_in_french_and_are_of_this_client_alone(house: House) -> None:
    client, other = house.client(name="Bistro"), house.client(name="Other")
    record(Category.PDF, Event.PDF, Type.PDF_FAILED, client_id=client.pk, log={"error": "no font"})
    record(Category.PDF, Event.PDF, Type.PDF_SUCCESS, client_id=other.pk, log={})
    house.alice.user.language_id = "13"
    house.alice.user.save()
    page = logs(house, client)
    assert len(page.context["logs"]) == 1
    assert "PDF › Échec PDF" in text(page)


def test_s49_every_pdf_writes_a_row(house: House) -> None:
    client = house.client(
        name="Bistro", contacts=[{"first_name": "Ann", "email": "ann@example.com", "send_email": True}]
    )
    invoice = house.invoice(client)
    key = invoice["invitations"][0]["key"]

    def rows() -> int:
        return SystemLog.objects.filter(client_id=client.pk, category_id=Category.PDF).count()

    house.office.get(f"/invoices/{invoice['id']}/pdf")
    assert rows() == 1
    house.api("GET", f"invoice/{key}/download")
    assert rows() == 2
    contact = client.contacts.live().get()
    portal(contact).get(f"/client/invoices/{invoice['id']}/pdf")
    assert rows() == 3
    house.office.get(f"/clients/{ids.encode(client.pk)}/statement/pdf")
    assert rows() == 4
    house.api(
        "POST",
        "emails",
        {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"},
    )
    work()
    assert rows() == 5
    documents = [row.log["document"] for row in SystemLog.objects.filter(category_id=Category.PDF)]
    assert documents.count("statement") == 1


def test_s50_success_says_which_document_how_large_and_how_long(house: House) -> None:
    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    house.api("GET", f"invoice/{invoice['invitations'][0]['key']}/download")
    (shown,) = logs(house, client).context["logs"]
    row = SystemLog.objects.get(client_id=client.pk)
    assert shown["ok"] is True
    assert shown["summary"] == (
        f"{invoice['number']} · {round(row.log['size'] / 1000)} kB · {row.log['milliseconds']} ms"
    )
    assert row.log["size"] > 1000


def test_s50_a_failure_says_why(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: Any, **_more: Any) -> bytes:
        raise PdfFailed("The design is broken.")

    client = house.client(name="Bistro")
    invoice = house.invoice(client)
    monkeypatch.setattr(printing, "print_document", breaks)
    house.api("GET", f"invoice/{invoice['invitations'][0]['key']}/download", status=500)
    assert told(house, client) == [("PDF › PDF failed", False)]
    assert "The design is broken." in text(logs(house, client))
    assert told(house, client, "?outcome=failed") == [("PDF › PDF failed", False)]
    assert told(house, client, "?outcome=done") == []
    assert told(house, client, f"?category={int(Category.MAIL)}") == []


def test_s50_mails_and_sign_ins_are_told_too(house: House) -> None:
    person = {"first_name": "Ann", "email": "ann@example.com", "send_email": True, "password": "Bonjour2026"}
    client = house.client(name="Bistro", contacts=[person])
    invoice = house.invoice(client)
    house.api(
        "POST",
        "emails",
        {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"},
    )
    work()
    assert ("E-mail › Sent", True) in told(house, client)
    assert signs_in("ann@example.com", "wrong") is None
    work()
    assert told(house, client)[0] == ("Security › Sign-in failed", False)
