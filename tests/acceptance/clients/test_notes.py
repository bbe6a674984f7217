"""Rows S78 to S82: notes that clients read and notes that they never read; what kind of client it is."""

from __future__ import annotations

import json

import pytest

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.placeholders.catalogue import ALIASES, CATALOGUE
from comptoir.kernel import ids

from .conftest import House, edit_url, form_of, person, portal, text

SECRET = "PAYS-LATE-WATCH-OUT"
PUBLIC = "Delivery by the back door.\nRing twice."
KINDS = ("invoices", "quotes", "credits", "recurring_invoices")


def ann(house: House) -> Client:
    people = [{"first_name": "Ann", "email": "ann@a.example"}]
    return house.client(name="A", public_notes=PUBLIC, private_notes=SECRET, contacts=people)


def document(house: House, kind: str, client: Client, **fields: object) -> dict[str, object]:
    line = {"product_key": "Day", "cost": 100, "quantity": 1}
    body = {"client_id": ids.encode(client.pk), "line_items": [line], **fields}
    body |= {"frequency_id": "5"} if kind == "recurring_invoices" else {}
    made: dict[str, object] = house.api("POST", kind, body)
    return made


def test_s78_public_notes_keep_their_lines_and_the_portal_shows_them(house: House) -> None:
    client = ann(house)
    house.office.post(edit_url(client), form_of(house, client) | {"public_notes": "One\r\nTwo"})
    assert house.shown(client)["public_notes"].splitlines() == ["One", "Two"]
    invoice = house.invoice(client)
    page = portal(person("ann@a.example")).get(f"/client/invoices/{invoice['id']}")
    assert "One Two" in text(page)


@pytest.mark.parametrize("kind", KINDS)
def test_s79_a_new_document_starts_with_the_clients_public_notes(house: House, kind: str) -> None:
    client = ann(house)
    made = document(house, kind, client)
    assert made["public_notes"] == PUBLIC
    assert document(house, kind, client, public_notes="Mine")["public_notes"] == "Mine"
    house.put(client, public_notes="Changed later")
    assert house.api("GET", f"{kind}/{made['id']}")["public_notes"] == PUBLIC
    assert document(house, kind, client)["public_notes"] == "Changed later"


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits"])
def test_s79_the_form_of_a_new_document_starts_with_them_too(house: House, kind: str) -> None:
    client = ann(house)
    page = house.office.get(f"/{kind}/new?client={ids.encode(client.pk)}")
    assert page.context["form"].value("public_notes") == PUBLIC


def test_s79_public_notes_are_printed(house: House) -> None:
    assert "Delivery by the back door. Ring twice." in house.pdf(house.invoice(ann(house)))


def test_s80_private_notes_are_on_nothing_that_leaves_the_house(house: House) -> None:
    client = ann(house)
    every = " ".join(f"${name}" for name in sorted({*ALIASES, *(entry.name for entry in CATALOGUE)}))
    tries = f"{every} $client.private_notes $client.notes_privées $private_notes"
    house.wishes(email_template_invoice=tries, pdf_email_attachment=True)
    house.company_put(custom_fields={"client1": "One"})
    invoice = house.invoice(client, terms=tries, footer=tries)
    house.api("POST", "invoices/bulk", {"ids": [invoice["id"]], "action": "email"})
    quote = document(house, "quotes?mark_sent=true", client, terms=tries)
    assert SECRET not in house.pdf(invoice)
    (mail,) = MailDelivery.objects.all()
    assert SECRET not in f"{mail.subject}{mail.html}{mail.text}"
    browser = portal(person("ann@a.example"))
    for path in (
        "",
        "invoices",
        f"invoices/{invoice['id']}",
        f"quotes/{quote['id']}",
        "profile",
        "statement",
    ):
        page = browser.get(f"/client/{path}")
        assert page.status_code == 200, path
        assert SECRET not in page.content.decode(), path
    sheet = browser.get("/client/statement/csv")
    assert SECRET.encode() not in (sheet.getvalue() if sheet.streaming else sheet.content)


def test_s80_no_placeholder_stands_for_private_notes(house: House) -> None:
    names = {entry.name for entry in CATALOGUE} | {entry.french for entry in CATALOGUE} | set(ALIASES)
    assert [name for name in names if "private" in name or "privée" in name or "privee" in name] == []


def test_s80_staff_sees_private_notes(house: House) -> None:
    client = ann(house)
    assert SECRET in text(house.office.get(f"/clients/{ids.encode(client.pk)}"))
    assert house.shown(client)["private_notes"] == SECRET


def test_s81_sizes_are_a_list(house: House) -> None:
    client = ann(house)
    options = house.office.get(edit_url(client)).context["choices"]["sizes"]
    assert [label.replace(" ", "") for _id, label in options] == [
        "1-3", "4-10", "11-50", "51-100", "101-500", "500+",
    ]  # fmt: skip
    house.office.post(edit_url(client), form_of(house, client) | {"size_id": "3"})
    assert house.shown(client)["size_id"] == "3"


def test_s82_industries_are_a_translated_list(house: House) -> None:
    client = ann(house)
    english = dict(house.office.get(edit_url(client)).context["choices"]["industries"])
    house.speaks_french()
    french = dict(house.office.get(edit_url(client)).context["choices"]["industries"])
    assert len(english) >= 30
    assert english.keys() == french.keys()
    assert (english["3"], french["3"]) == ("Aerospace", "Aérospatiale")
    assert json.dumps(french).count("Aerospace") == 0


@pytest.mark.parametrize(("key", "value", "other"), [("size_id", "3", "4"), ("industry_id", "3", "5")])
def test_s81_s82_lists_are_narrowed_by_size_and_industry(
    house: House, key: str, value: str, other: str
) -> None:
    house.client(name="Here", **{key: value})
    house.client(name="There", **{key: other})
    page = text(house.office.get(f"/clients?{key}={value}"))
    assert "Here" in page
    assert "There" not in page
