from __future__ import annotations

import pytest

from comptoir.activity.models import Activity
from comptoir.clients import operations, rules
from comptoir.clients.models import Client, Contact
from comptoir.kernel.refused import Refused
from comptoir.tenancy import keys
from comptoir.tenancy.scope import acting_for
from tests import factories

from .conftest import ON, House, figures, last_activity, people


def test_a_client_gets_all_that_is_automatic(house: House) -> None:
    client = house.create(name=" Verger ")
    client.refresh_from_db()
    assert (client.number, client.name, client.display_name) == ("0001", "Verger", "Verger")
    assert (client.country_id, client.settings, client.currency_id) == ("840", {}, "1")
    assert (client.user_id, client.company_id) == (house.alice.id, house.company.pk)
    assert len(client.client_hash) == 40
    assert (client.balance, client.paid_to_date, client.credit_balance, client.payment_balance) == (
        0,
        0,
        0,
        0,
    )
    contact = client.contacts.get()
    assert (contact.email, contact.is_primary, contact.send_email) == ("", True, True)
    assert (len(contact.contact_key), contact.key_digest) == (32, keys.digest(contact.contact_key))


def test_creating_is_told_once_with_the_wires_code(house: House) -> None:
    client = house.create(name="Verger")
    activity = Activity.objects.get()
    assert (activity.fact, activity.code, activity.client_id) == ("ClientCreated", 1, client.pk)
    assert (activity.mentions, activity.actor_name) == ({"client": [client.pk, "Verger"]}, "Alice")


def test_nothing_at_all_is_a_client_too(house: House) -> None:
    client = house.create()
    assert (client.number, client.display_name, people(client)) == ("0001", "", [("", "", True, True)])


@pytest.mark.parametrize(
    ("name", "contact", "shown"),
    [
        ("Verger", {"first_name": "Ada"}, "Verger"),
        ("V", {"first_name": "Ada"}, "V"),
        ("", {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}, "Ada Byron"),
        ("", {"last_name": "Byron"}, "Byron"),
        ("  ", {"email": "ada@example.com"}, "ada@example.com"),
        ("", {"email": " "}, ""),
        ("日本酒造", {}, "日本酒造"),
    ],
)
def test_a_client_is_called_by_its_name_else_by_its_first_contact(
    house: House, name: str, contact: dict[str, str], shown: str
) -> None:
    """Decision C1: a name without an e-mail counts."""
    client = house.create(name=name, contacts=[contact])
    assert (client.display_name, client.name) == (shown, name.strip())


def test_numbers_follow_the_pattern_and_a_free_one_typed_is_kept(house: House) -> None:
    house.company.settings["client_number_pattern"] = "C{$year}-{$user_id}-{$client_custom1}-{$counter}"
    mine = f"{house.alice.id:02}"
    first = house.create(custom_value1="x")
    second = house.create(number=" K-7 ")
    third = house.create()
    assert [first.number, second.number, third.number] == [
        f"C2026-{mine}-x-0001",
        "K-7",
        f"C2026-{mine}--0002",
    ]


def test_a_number_that_is_taken_is_refused_at_its_field(house: House) -> None:
    taken = house.create(number="K-7", id_number="SAP-1")
    operations.delete_clients([taken], by=house.alice, on=ON)
    errors = house.refuses(number="K-7", id_number="SAP-1")
    assert errors == {
        "number": ["Another client has this number already."],
        "id_number": ["Another client has this identification number already."],
    }


def test_another_company_may_use_the_same_numbers(house: House) -> None:
    house.create(number="K-7", id_number="SAP-1")
    with acting_for(factories.account_with_company("Elsewhere")):
        assert house.create(number="K-7", id_number="SAP-1").number == "K-7"


@pytest.mark.parametrize("column", ["number", "id_number"])
def test_the_writer_who_comes_second_gets_the_same_refusal(
    house: House, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    """Between the look and the insert another writer may take it: the database says so."""
    house.create(number="K-7", id_number="SAP-1")
    monkeypatch.setattr(rules, "_taken", lambda *args: set())
    assert list(house.refuses(**{column: {"number": "K-7", "id_number": "SAP-1"}[column]})) == [column]


def test_every_fault_is_told_at_once(house: House) -> None:
    errors = house.refuses(
        name="x" * 191,
        country_id="99999",
        shipping_country_id="0",
        classification="family",
        website="javascript:alert(1)",
        siren="123456789",
        iban="FR7612345",
        settings={"payment_terms": "soon"},
        contacts=[{"email": "bad@@x", "password": "short"}],
    )
    assert list(errors) == [
        "name",
        "siren",
        "iban",
        "country_id",
        "shipping_country_id",
        "classification",
        "website",
        "settings",
        "settings.payment_terms",
        "contacts.0.email",
        "contacts.0.password",
    ]
    assert errors["name"] == ["At most 190 characters."]
    assert errors["country_id"] == ["There is no such country."]


@pytest.mark.parametrize(
    ("website", "link"),
    [
        ("https://example.com", "https://example.com"),
        ("HTTP://example.com", "HTTP://example.com"),
        ("example.com", "https://example.com"),
        ("example.com:8080/a", "https://example.com:8080/a"),
        ("", ""),
    ],
)
def test_a_website_is_taken_with_or_without_https(house: House, website: str, link: str) -> None:
    assert house.create(website=website).website_link == link


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "JAVA\tSCRIPT:1", " data:text/html,x", "vbscript:x", "file:///etc"]
)
def test_a_website_that_is_a_script_is_refused(house: House, website: str) -> None:
    assert house.refuses(website=website) == {"website": ["A website begins with https:// or with its name."]}


def test_what_is_not_a_field_of_people_is_not_written(house: House) -> None:
    client = house.create(name="V", balance=100, deleted_at=1, merged_into=None, display_name="X", id=99)
    client.refresh_from_db()
    assert (client.balance, client.display_name, client.is_deleted) == (0, "V", False)


def test_a_null_text_is_empty_and_a_nul_character_goes(house: House) -> None:
    client = house.create(name="A\0B", phone=None, private_notes=" kept as typed\n\0")
    assert (client.name, client.phone, client.private_notes) == ("AB", "", " kept as typed\n")


def test_many_clients_come_in_one_go_with_their_people(house: House) -> None:
    batch = [{"name": f"C{n}", "contacts": [{"email": f"{n}@example.com"}]} for n in range(3)]
    clients = operations.create_clients(batch, by=house.alice, on=ON)
    assert [(one.number, one.name) for one in clients] == [("0001", "C0"), ("0002", "C1"), ("0003", "C2")]
    assert [one.contacts.get().email for one in clients] == [f"{n}@example.com" for n in range(3)]
    assert Activity.objects.filter(code=1).count() == 3
    assert operations.create_clients([], by=house.alice, on=ON) == []


def test_of_many_clients_all_come_or_none(house: House) -> None:
    house.create(number="K")
    before = figures()
    batch = [{"name": "ok"}, {"number": "K"}, {"id_number": "I"}, {"id_number": "I", "country_id": "1"}]
    with pytest.raises(Refused) as refusal:
        operations.create_clients(batch, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["1.number", "3.country_id", "3.id_number"]
    assert figures() == before


def test_two_hundred_clients_take_no_more_than_thirty_queries(
    house: House, django_assert_max_num_queries: object
) -> None:
    batch = [{"name": f"C{n}", "contacts": [{"email": f"{n}@example.com"}]} for n in range(200)]
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        operations.create_clients(batch, by=house.alice, on=ON)
    assert (Client.objects.count(), Contact.objects.count()) == (200, 200)
    assert last_activity().mentions["client"][1] == "C199"
