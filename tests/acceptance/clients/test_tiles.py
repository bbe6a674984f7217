"""Rows S18 to S22: a tile for each kind of record, which lists, and whose plus creates."""

from __future__ import annotations

from typing import Any

import pytest

from comptoir.clients.models import Client
from comptoir.kernel import ids

from .conftest import House, text

NINE = (
    "Groups",
    "Invoices",
    "Payments",
    "Recurring invoices",
    "Quotes",
    "Credits",
    "Projects",
    "Tasks",
    "Expenses",
)


def tiles(house: House, client: Client) -> dict[str, Any]:
    shown = house.office.get(f"/clients/{ids.encode(client.pk)}").context["tiles"]
    return {str(tile.label): tile for tile in shown}


def test_s18_a_tile_counts_and_lists_the_records_of_the_client_alone(house: House) -> None:
    client, other = house.client(name="Bistro"), house.client(name="Other")
    made = [house.invoice(client)["number"] for _n in range(4)]
    house.invoice(other)
    shelved = house.api("GET", f"invoices?client_id={ids.encode(client.pk)}")[0]["id"]
    house.api("POST", "invoices/bulk", {"action": "archive", "ids": [shelved]})
    tile = tiles(house, client)["Invoices"]
    assert tile.count == "3 active • 1 archived"
    assert tiles(house, client)["Quotes"].count == "None"
    page = house.office.get(tile.list_url)
    assert len(page.context["list"].table.rows) == 3
    (chip,) = page.context["list"].chips
    assert chip.value == "Bistro"
    cleared = house.office.get(chip.remove_url).context["list"]
    assert (len(cleared.table.rows), cleared.chips) == (4, [])
    assert len(made) == 4


def test_s18_the_tile_reads_in_french(house: House) -> None:
    house.alice.user.language_id = "13"
    house.alice.user.save()
    client = house.client(name="Bistro")
    for _n in range(2):
        house.invoice(client)
    shown = tiles(house, client)
    assert (shown["Factures"].count, shown["Devis"].count) == ("2 actifs", "Aucun")


def test_s19_the_kinds_stand_in_their_order(house: House) -> None:
    house.company_put(enabled_modules=32767)
    labels = list(tiles(house, house.client(name="Bistro")))
    assert labels == [label for label in NINE if label in labels]
    assert set(labels) >= {"Groups", "Invoices", "Payments", "Recurring invoices", "Quotes", "Credits"}


@pytest.mark.parametrize(
    ("bit", "label"), [(4096, "Invoices"), (1, "Recurring invoices"), (4, "Quotes"), (2, "Credits")]
)
def test_s19_a_module_that_is_off_has_no_tile(house: House, bit: int, label: str) -> None:
    client = house.client(name="Bistro")
    assert label in tiles(house, client)
    house.company_put(enabled_modules=house.company.enabled_modules & ~bit)
    assert label not in tiles(house, client)


def test_s19_the_groups_tile_opens_the_group_or_offers_to_choose_one(house: House) -> None:
    client = house.client(name="Bistro")
    tile = tiles(house, client)["Groups"]
    assert (tile.count, tile.list_url, tile.add_label) == ("None", tile.add_url, "Choose a group")
    assert (tile.lists_in_dialog, tile.adds_in_dialog) == (True, True)
    group = house.group("Members")
    dialog = house.office.get(tile.add_url)
    assert "Members" in text(dialog)
    house.office.post(tile.add_url, {"group_id": group["id"]})
    tile = tiles(house, client)["Groups"]
    assert (tile.count, tile.list_url) == ("Members", f"/groups/{group['id']}")
    assert (tile.lists_in_dialog, house.office.get(tile.list_url).status_code) == (False, 200)


def test_s20_the_icon_is_a_link_with_a_name_and_a_plus(house: House) -> None:
    client = house.client(name="Bistro")
    body = house.office.get(f"/clients/{ids.encode(client.pk)}").content.decode()
    key = ids.encode(client.pk)
    assert f'<a class="tile-add" href="/invoices/new?client={key}" aria-label="New invoice"' in body
    house.alice.user.language_id = "13"
    house.alice.user.save()
    assert 'aria-label="Nouvelle facture"' in house.office.get(f"/clients/{key}").content.decode()


def test_s20_no_plus_for_a_deleted_client(house: House) -> None:
    client = house.client(name="Bistro")
    house.office.post("/clients/bulk", {"action": "delete", "ids": [ids.encode(client.pk)]})
    assert {tile.add_url for tile in tiles(house, client).values()} == {""}


def test_s20_no_plus_without_the_right_to_create(house: House) -> None:
    from django.test import Client as Browser

    from comptoir.people.operations import invite_user

    from .conftest import BACKEND, ON

    client = house.client(name="Bistro")
    fields = {"email": "carol@example.com", "first_name": "Carol", "last_name": "X"}
    rights = {"permissions": "view_client,view_invoice,create_quote"}
    carol = invite_user(fields, rights, by=house.alice.actor(), on=ON)
    house.office = Browser(headers={"accept-language": "en"})
    house.office.force_login(carol.user, backend=BACKEND)
    shown = tiles(house, client)
    assert {label: bool(tile.add_url) for label, tile in shown.items()} == {
        "Groups": False,
        "Invoices": False,
        "Quotes": True,
    }


@pytest.mark.parametrize("label", ["Invoices", "Quotes", "Credits", "Recurring invoices"])
def test_s21_the_plus_opens_a_form_that_knows_the_client(house: House, label: str) -> None:
    people = [
        {"first_name": "Ann", "email": "ann@example.com"},
        {"email": "b@example.com", "send_email": False},
    ]
    settings = {"currency_id": "1", "payment_terms": "7"}
    client = house.client(name="Bistro", contacts=people, settings=settings, public_notes="By the back door")
    page = house.office.get(tiles(house, client)[label].add_url)
    assert page.status_code == 200
    body = page.content.decode()
    assert ids.encode(client.pk) in body
    assert "Bistro" in body
    assert "ann@example.com" in body
    assert "By the back door" in body
    assert page.context["form"].value("client_id") == ids.encode(client.pk)


def test_s21_a_new_payment_knows_the_client_and_what_is_owed(house: House) -> None:
    client = house.client(name="Bistro")
    number = house.invoice(client)["number"]
    page = house.office.get(tiles(house, client)["Payments"].add_url)
    assert page.context["form"].value("client_id") == ids.encode(client.pk)
    assert number in text(page)


def test_s22_a_tile_listens_for_a_long_press(house: House) -> None:
    """The press itself is in tests/browser: a short one lists, a long one creates."""
    client = house.client(name="Bistro")
    body = house.office.get(f"/clients/{ids.encode(client.pk)}").content.decode()
    assert body.count('<div class="panel tile" x-data="tile">') == len(tiles(house, client))
