"""Rows S91 to S94: the address to bill, the address to deliver to."""

from __future__ import annotations

import re

import pytest

from comptoir.clients.models import Client

from .conftest import House, edit_url, form_of, person, portal, text

SIX = ("address1", "address2", "city", "state", "postal_code", "country_id")
LYON = dict(zip(SIX, ("1 rue A", "Bât. B", "Lyon", "Rhône", "69001", "250"), strict=True))
BOSTON = dict(zip(SIX, ("1 A Street", "Apt B", "Boston", "MA", "02101", "840"), strict=True))


def shipping(address: dict[str, str]) -> dict[str, str]:
    return {f"shipping_{name}": value for name, value in address.items()}


def test_s91_six_fields_and_countries_are_a_list(house: House) -> None:
    page = house.office.get("/clients/new")
    for name in SIX:
        assert f'name="{name}"' in page.content.decode()
    countries = dict(page.context["choices"]["countries"])
    assert len(countries) >= 240
    assert (countries["250"], countries["840"]) == ("France", "United States")


def test_s91_a_country_that_is_none_is_refused(house: House) -> None:
    answer = house.office.post("/clients/new", {"name": "A", "country_id": "9999"})
    assert answer.status_code == 422
    assert Client.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "lines"),
    [(LYON, "1 rue A Bât. B 69001 Lyon"), (BOSTON, "1 A Street Apt B Boston, MA 02101")],
)
def test_s91_the_order_of_city_and_postal_code_follows_the_country(
    house: House, address: dict[str, str], lines: str
) -> None:
    client = house.client(name="A", **address)
    details = text(house.office.get(edit_url(client).replace("edit", "tab/details")))
    assert lines in details
    assert lines in house.pdf(house.invoice(client))


def test_s92_documents_and_portal_show_the_address_without_gaps(house: House) -> None:
    people = [{"email": "ann@a.example"}]
    client = house.client(
        name="A", address1="1 rue A", postal_code="69001", city="Lyon", country_id="250", contacts=people
    )
    invoice = house.invoice(client)
    assert "A 1 rue A 69001 Lyon France" in house.pdf(invoice)
    page = text(portal(person("ann@a.example")).get(f"/client/invoices/{invoice['id']}"))
    assert "1 rue A 69001 Lyon France" in page


def test_s92_an_issued_document_keeps_its_address(house: House) -> None:
    client = house.client(name="A", **LYON)
    issued = house.invoice(client)
    draft = house.invoice(client, sent=False)
    house.put(client, address1="9 rue Z")
    assert "1 rue A" in house.pdf(issued)
    assert "9 rue Z" in house.pdf(draft)


def test_s93_delivery_has_six_fields_of_its_own(house: House) -> None:
    client = house.client(name="A", **LYON)
    house.office.post(edit_url(client), form_of(house, client) | shipping(BOSTON))
    shown = house.shown(client)
    assert {name: shown[name] for name in SIX} == LYON
    assert {name: shown[f"shipping_{name}"] for name in SIX} == BOSTON


def test_s93_it_is_printed_where_the_setting_wants_it(house: House) -> None:
    client = house.client(name="A", **LYON, **shipping(BOSTON))
    assert "1 A Street" not in house.pdf(house.invoice(client))
    house.wishes(show_shipping_address=True)
    assert "1 A Street Apt B Boston, MA 02101 United States" in house.pdf(house.invoice(client))


def test_s94_the_button_copies_stands_under_the_delivery_address(house: House) -> None:
    page = house.office.get("/clients/new").content.decode()
    section = page[page.index('id="id-shipping_address1"') : page.index('class="save-bar"')]
    assert re.search(r"<button[^>]*x-on:click=\"copy\"[^>]*>.*?Copy billing", section, re.DOTALL)
    house.speaks_french()
    assert "Copier facturation" in text(house.office.get("/clients/new"))
