"""Rows S27 and S28: who the people of a client are, and the ways into the portal as each of them."""

from __future__ import annotations

import html
import re

from django.test import Client as Browser

from comptoir.clients.models import Client
from comptoir.kernel import ids

from .conftest import House, text


def details(house: House, client: Client) -> str:
    answer = house.office.get(f"/clients/{ids.encode(client.pk)}/tab/details")
    return html.unescape(answer.content.decode())


def test_s27_every_contact_is_listed_with_all_that_is_known(house: House) -> None:
    house.company_put(custom_fields={"contact1": "Role", "contact2": "Since|date"})
    people = [
        {"first_name": "Ann", "last_name": "Bell", "email": "ann@example.com", "phone": "01 02 03 04 05",
         "custom_value1": "Buyer", "custom_value2": "2025-03-01"},
        {"email": "ben@example.com"},
        {},
    ]  # fmt: skip
    client = house.client(name="Bistro", contacts=people)
    body = details(house, client)
    said = text(house.office.get(f"/clients/{ids.encode(client.pk)}/tab/details"))
    for word in ("Ann Bell", "Empty contact", "Role: Buyer", "Since: Mar 1, 2025"):
        assert word in said, word
    for link in ("mailto:ann@example.com", "tel:01 02 03 04 05", "mailto:ben@example.com"):
        assert f'href="{link}"' in body, link


def test_s27_numbers_and_addresses_stand_once_with_a_way_to_copy_and_to_the_map(house: House) -> None:
    client = house.client(
        name="Bistro", website="bistro.example", phone="04 99", vat_number="FR83404833048", id_number="M-7",
        address1="1 rue Neuve", city="Lyon", postal_code="69001", country_id="250",
        shipping_address1="2 quai Sud", shipping_city="Sète",
    )  # fmt: skip
    body = details(house, client)
    for value in ("04 99", "FR83404833048", "M-7"):
        assert body.count(f'data-copy="{value}"') == 1, value
    assert 'href="https://bistro.example"' in body
    assert body.count("1 rue Neuve\n69001 Lyon\nFrance</bdi>") == 1
    assert body.count("2 quai Sud\nSète") == 2  # once shown, once to copy
    maps = re.findall(r'href="(https://www\.openstreetmap\.org/search[^"]+)"', body)
    assert len(maps) == 2
    assert "1+rue+Neuve%2C+69001+Lyon%2C+France" in maps[0]


def test_s28_each_contact_has_a_silent_view_and_a_link_to_copy(house: House) -> None:
    people = [{"first_name": "Ann"}, {"first_name": "Ben"}]
    client = house.client(name="Bistro", contacts=people)
    body = details(house, client)
    for contact in client.contacts.live():
        silent = f"/client/key_login/{contact.contact_key}?silent=true&client_hash={client.client_hash}"
        view = re.search(rf'<a[^>]*href="{re.escape(silent)}"[^>]*>', body)
        assert view
        assert 'target="_blank"' in view[0]
        assert f'data-copy="http://127.0.0.1:8000/client/key_login/{contact.contact_key}"' in body
        browser = Browser()
        page = browser.get(silent, follow=True)
        assert page.status_code == 200
        assert contact.first_name in text(browser.get("/client/profile"))
    assert body.count("View the portal") == 2


def test_s28_a_deleted_client_has_no_way_in(house: House) -> None:
    client = house.client(name="Bistro", contacts=[{"first_name": "Ann"}])
    key = client.contacts.live().get().contact_key
    house.office.post("/clients/bulk", {"action": "delete", "ids": [ids.encode(client.pk)]})
    assert "key_login" not in details(house, client)
    assert Browser().get(f"/client/key_login/{key}").status_code == 404
