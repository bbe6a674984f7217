"""Rows S51 to S57: the ways into the form of a client, what it shows, and how little it asks for."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.people.operations import invite_user

from .conftest import BACKEND, ON, House, edit_url, faults, form_of, text

SIX = ["Details", "Contacts", "Notes", "Settings", "Billing address", "Shipping address"]
TABS = ("", "/tab/details", "/tab/documents", "/tab/ledger", "/tab/activity", "/tab/emails", "/tab/logs")


def viewer(house: House) -> Browser:
    fields = {"email": "carol@example.com", "first_name": "Carol", "last_name": "X"}
    carol = invite_user(fields, {"permissions": "view_client"}, by=house.alice.actor(), on=ON)
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(carol.user, backend=BACKEND)
    return browser


def test_s51_a_row_knows_where_it_is_shown_and_where_it_is_edited(house: House) -> None:
    """Clicks and keys are in tests/browser/test_clients.py."""
    client = house.client(name="Bistro")
    (row,) = house.office.get("/clients").context["list"].table.rows
    assert (row.url, row.edit_url) == (f"/clients/{ids.encode(client.pk)}", edit_url(client))
    (row,) = viewer(house).get("/clients").context["list"].table.rows
    assert (row.url, row.edit_url) == (f"/clients/{ids.encode(client.pk)}", "")


@pytest.mark.parametrize("tab", TABS)
def test_s52_every_tab_has_a_button_to_edit_for_who_may(house: House, tab: str) -> None:
    client = house.client(name="Bistro")
    at = f"/clients/{ids.encode(client.pk)}{tab}"
    button = re.compile(rf'<a[^>]*href="{edit_url(client)}"[^>]*data-shortcut="e"')
    assert button.search(house.office.get(at).content.decode())
    carol = viewer(house)
    assert not button.search(carol.get(at).content.decode())
    assert carol.get(edit_url(client)).status_code == 403


def test_s53_a_fault_is_marked_in_the_section_where_it_stands(house: House) -> None:
    """The tabs of a phone are in tests/browser/test_clients.py."""
    answer = house.office.post("/clients/new", {"name": "Bistro", "contacts.0.email": "nowhere"})
    assert answer.status_code == 422
    assert list(faults(answer)) == ["contacts.0.email"]
    assert 'value="nowhere"' in answer.content.decode()


def test_s54_the_form_has_all_six_groups_and_one_button_to_save(house: House) -> None:
    body = house.office.get("/clients/new").content.decode()
    heads = [text_of(one) for one in re.findall(r"<h2[^>]*>(.*?)</h2>", body, re.DOTALL)]
    assert [one for one in heads if one in SIX] == SIX
    assert len(re.findall(r'data-shortcut="mod\+s"', body)) == 1


def text_of(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


def test_s55_an_empty_form_asks_for_a_name_or_a_person_and_nothing_else(house: House) -> None:
    answer = house.office.post("/clients/new", {"name": "", "contacts.0.email": ""})
    assert answer.status_code == 422
    assert list(faults(answer)) == ["name"]
    assert Client.objects.count() == 0
    for enough in ({"name": "Bistro"}, {"contacts.0.last_name": "Bell"}, {"contacts.0.email": "a@b.example"}):
        assert house.office.post("/clients/new", enough).status_code == 302
    assert Client.objects.count() == 3


def test_s56_the_rest_comes_by_itself(house: House) -> None:
    group = house.group("Members", currency_id="1", payment_terms="60")
    house.office.post("/clients/new", {"name": "Bistro", "group_id": group["id"]})
    client = Client.objects.select_related("group").get()
    assert (client.number, client.contacts.live().count()) == ("0001", 1)
    assert (client.preferences.currency_id, client.preferences.payment_terms) == ("1", "60")
    assert (client.country_id, client.settings.get("currency_id", "")) == ("250", "")
    assert (client.user_id, client.created_at is not None) == (house.alice.user_id, True)
    assert len(client.contacts.live().get().contact_key) == 32


def test_s57_own_fields_appear_once_they_are_named(house: House) -> None:
    client = house.client(name="Bistro")
    body = house.office.get(edit_url(client)).content.decode()
    assert 'name="custom_value1"' not in body
    house.company_put(custom_fields={"client1": "Level|Gold,Silver", "contact1": "Role"})
    body = house.office.get(edit_url(client)).content.decode()
    assert "Level" in body
    assert 'name="contacts.0.custom_value1"' in body
    house.office.post(edit_url(client), form_of(house, client) | {"custom_value1": "Gold"})
    assert house.shown(client)["custom_value1"] == "Gold"


def test_s57_fields_that_a_company_does_not_use_can_be_hidden(house: House) -> None:
    client = house.client(name="Bistro", website="bistro.example")
    out = ("website", "siren", "siret", "size_id", "industry_id", "shipping")
    dialog = house.office.get("/clients/fields")
    kept = [one.value for one in dialog.context["choices"] if one.value not in out]
    assert len(kept) == 11
    assert house.office.post("/clients/fields", {"used": kept}).status_code == 302
    body = house.office.get(edit_url(client)).content.decode()
    for name in ("website", "siren", "siret", "size_id", "industry_id", "shipping_city"):
        assert f'name="{name}"' not in body, name
    assert 'name="vat_number"' in body
    house.office.post(edit_url(client), form_of(house, client) | {"phone": "04"})
    client.refresh_from_db()
    assert (client.website, client.phone) == ("bistro.example", "04")
    assert "bistro.example" in text(house.office.get(f"/clients/{ids.encode(client.pk)}/tab/details"))


def test_s57_only_who_keeps_the_company_chooses_its_fields(house: House) -> None:
    carol = viewer(house)
    assert carol.get("/clients/fields").status_code == 403
    assert carol.post("/clients/fields", {"used": []}).status_code == 403
    assert house.company.switch("hidden_client_fields") == []
