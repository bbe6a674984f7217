"""Rows S58 to S66: what a client is called and numbered, and how it is reached."""

from __future__ import annotations

import re

import pytest

from comptoir.clients.models import Client

from .conftest import House, edit_url, faults, form_of, person, text


@pytest.mark.parametrize("name", ["Q", "Société Générale d’Été", "株式会社東京", "مكتبة الشرق", "x" * 190])
def test_s58_a_name_is_free_text_in_any_script(house: House, name: str) -> None:
    house.office.post("/clients/new", {"name": f"  {name}\t"})
    client = Client.objects.get()
    assert (client.name, client.display_name) == (name, name)
    assert name in text(house.office.get("/clients"))


def test_s58_a_longer_name_is_refused_at_its_field(house: House) -> None:
    answer = house.office.post("/clients/new", {"name": "x" * 191})
    assert (answer.status_code, faults(answer)) == (422, {"name": ["At most 190 characters."]})
    assert Client.objects.count() == 0


def test_s59_without_a_name_the_first_contact_of_the_list_gives_it(house: House) -> None:
    people = [{"first_name": "Ann", "last_name": "Bell"}, {"first_name": "Bob", "last_name": "Cole"}]
    client = house.client(contacts=people)
    assert (client.name, client.display_name) == ("", "Ann Bell")
    sent = form_of(house, client)
    ann = {key: value for key, value in sent.items() if key.startswith("contacts.0.")}
    bob = {key: value for key, value in sent.items() if key.startswith("contacts.1.")}
    turned = {key.replace(".0.", ".1."): value for key, value in ann.items()}
    turned |= {key.replace(".1.", ".0."): value for key, value in bob.items()}
    assert house.office.post(edit_url(client), sent | turned).status_code == 302
    client.refresh_from_db()
    assert (client.name, client.display_name) == ("", "Bob Cole")
    assert house.shown(client)["display_name"] == "Bob Cole"


def test_s60_a_number_is_given_at_the_first_save_and_shown_after(house: House) -> None:
    assert 'name="number"' not in house.office.get("/clients/new").content.decode()
    house.office.post("/clients/new", {"name": "One"})
    house.office.post("/clients/new", {"name": "Two"})
    assert list(Client.objects.order_by("pk").values_list("name", "number")) == [
        ("One", "0001"),
        ("Two", "0002"),
    ]
    one = Client.objects.get(name="One")
    assert 'name="number" type="text" value="0001"' in _inputs(house, one)
    house.office.post(edit_url(one), form_of(house, one) | {"number": "VIP-7"})
    assert house.shown(one)["number"] == "VIP-7"


def _inputs(house: House, client: Client) -> str:
    """The input of the number, its attributes in one order."""
    page = house.office.get(edit_url(client)).content.decode()
    found = re.search(r'<input[^>]*name="number"[^>]*>', page)
    assert found
    values = dict(re.findall(r'(\w+)="([^"]*)"', found[0]))
    return f'name="{values["name"]}" type="{values.get("type", "text")}" value="{values["value"]}"'


def test_s61_the_help_of_the_number_leads_to_the_pattern(house: House) -> None:
    client = house.client(name="One")
    link = '<a class="link underline" href="/settings/numbers#id-client_number_pattern">'
    assert link in house.office.get(edit_url(client)).content.decode()
    assert 'id="id-client_number_pattern"' in house.office.get("/settings/numbers").content.decode()


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("C-{$counter}", "C-00007"),
        ("{$year}/{$counter}", "2026/00007"),
        ("{$date:Y-m-d}-{$counter}", "2026-11-24-00007"),
        ("{$user_id}-{$counter}", "USER-00007"),
        ("{$client_custom1}{$client_custom4}-{$counter}", "redblue-00007"),
        ("{$client_id_number}-{$counter}", "M-12-00007"),
        ("{$client_counter}", "00007"),
        ("K", "K00007"),
    ],
)
def test_s61_the_pattern_of_client_numbers(
    house: House, pattern: str, number: str, time_machine: object
) -> None:
    old = house.client(name="Old")
    keys = {"counter_padding": "5", "client_number_pattern": pattern, "client_number_counter": "7"}
    page = house.office.post("/settings/numbers", keys)
    assert page.status_code == 302
    time_machine.move_to("2026-11-24 12:00")  # type: ignore[attr-defined]
    new = house.client(name="New", custom_value1="red", custom_value4="blue", id_number="M-12")
    assert new.number == number.replace("USER", f"{house.alice.user_id:02}")
    old.refresh_from_db()
    assert old.number == "0001"


def test_s61_the_next_number_is_shown_while_the_pattern_is_typed(house: House) -> None:
    typed = {"client_number_pattern": "C-{$counter}", "client_number_counter": "12", "counter_padding": "3"}
    answer = house.office.post("/settings/numbers/next", typed)
    assert re.search(r'id="next-client"[^>]*>C-012<', answer.content.decode())
    assert house.client(name="One").number == "0001"  # typed is not saved


def test_s61_a_number_typed_by_hand_is_unique(house: House) -> None:
    house.client(name="One", number="A")
    two = house.client(name="Two")
    answer = house.office.post(edit_url(two), form_of(house, two) | {"number": "A"})
    assert faults(answer) == {"number": ["Another client has this number already."]}
    two.refresh_from_db()
    assert two.number == "0001"


def test_s62_an_identification_number_is_free_and_may_be_blank(house: House) -> None:
    one, two = house.client(name="One"), house.client(name="Two")
    for client, typed in ((one, "M 12/é"), (two, "")):
        house.office.post(edit_url(client), form_of(house, client) | {"id_number": typed})
    assert [house.shown(client)["id_number"] for client in (one, two)] == ["M 12/é", ""]
    answer = house.office.post(edit_url(two), form_of(house, two) | {"id_number": "M 12/é"})
    assert faults(answer) == {"id_number": ["Another client has this identification number already."]}


def test_s63_a_membership_number_is_printed_and_found(house: House) -> None:
    member, _other = house.client(name="Ann", id_number="MEMBER-42"), house.client(name="Bob")
    found = house.api("GET", "clients?filter=member-42")
    assert [row["name"] for row in found] == ["Ann"]
    listed = text(house.office.get("/clients?q=MEMBER-42"))
    assert "Ann" in listed
    assert "Bob" not in listed
    house.wishes(pdf_variables={"client_details": ["$client.name", "$client.id_number"]})
    assert "Ann ID number MEMBER-42" in house.pdf(house.invoice(member))


def test_s64_a_vat_number_is_checked_by_its_country_and_never_blocks(house: House) -> None:
    client = house.client(name="Ann", country_id="250")
    sent = form_of(house, client) | {"vat_number": "FR00123456789"}
    assert house.office.post(edit_url(client), sent).status_code == 302
    assert house.shown(client)["vat_number"] == "FR00123456789"
    advice = "This does not look like a VAT number of France."
    assert advice in text(house.office.get(edit_url(client)))
    house.office.post(edit_url(client), form_of(house, client) | {"vat_number": "FR 40 303 265 045"})
    page = text(house.office.get(edit_url(client)))
    assert advice not in page
    assert "FR 40 303 265 045" in house.pdf(house.invoice(client))


def test_s64_flags_of_taxes(house: House) -> None:
    client = house.client(name="Ann", has_valid_vat_number=True)
    assert (house.shown(client)["has_valid_vat_number"], house.shown(client)["is_tax_exempt"]) == (
        True,
        False,
    )
    house.office.post(edit_url(client), form_of(house, client) | {"is_tax_exempt": "1"})
    shown = house.shown(client)
    assert (shown["has_valid_vat_number"], shown["is_tax_exempt"]) == (True, True)
    line = {"product_key": "Day", "cost": 100, "quantity": 1, "tax_name1": "VAT", "tax_rate1": 20}
    assert house.invoice(client, line_items=[line])["amount"] == 100


@pytest.mark.parametrize(
    ("typed", "link"), [("ann.example", "https://ann.example"), ("http://a.b/c", "http://a.b/c")]
)
def test_s65_a_website_is_a_link_with_or_without_https(house: House, typed: str, link: str) -> None:
    client = house.client(name="Ann")
    house.office.post(edit_url(client), form_of(house, client) | {"website": typed})
    page = house.office.get(edit_url(client).replace("edit", "tab/details")).content.decode()
    assert f'href="{link}"' in page
    assert house.shown(client)["website"] == typed


def test_s65_a_script_is_no_website(house: House) -> None:
    client = house.client(name="Ann", website="ann.example")
    sent = form_of(house, client) | {"website": "java\tscript:alert(1)"}
    answer = house.office.post(edit_url(client), sent)
    assert faults(answer) == {"website": ["A website begins with https:// or with its name."]}
    assert house.shown(client)["website"] == "ann.example"


def test_s66_two_phones_are_never_mixed_up(house: House) -> None:
    people = [{"first_name": "Ann", "email": "ann@a.example", "phone": "222"}]
    client = house.client(name="A", phone="111", contacts=people)
    form = text(house.office.get(edit_url(client)))
    assert form.count("Main phone") == 1
    shown = house.shown(client)
    assert (shown["phone"], shown["contacts"][0]["phone"]) == ("111", "222")
    details = text(house.office.get(edit_url(client).replace("edit", "tab/details")))
    assert "Main phone 111" in details
    assert "222" in details
    house.wishes(pdf_variables={"client_details": ["$client.phone", "$contact.phone"]})
    notes = "Call $client.phone or $contact.phone."
    assert "Call 111 or 222." in house.pdf(house.invoice(client, public_notes=notes))
    assert person("ann@a.example").phone == "222"
