from __future__ import annotations

import pytest

from comptoir.clients.models import Client, Contact

from .conftest import House, last_activity, people


def test_one_flagged_as_primary_comes_first_and_only_one_is(house: House) -> None:
    client = house.create(
        contacts=[
            {"first_name": "A"},
            {"first_name": "B", "is_primary": True},
            {"first_name": "C", "is_primary": True},
        ]
    )
    expected = [("B", "", True, True), ("C", "", False, True), ("A", "", False, True)]
    assert people(client) == expected
    assert client.display_name == "B"


def test_without_a_flag_the_first_is_primary(house: House) -> None:
    client = house.create(contacts=[{"first_name": "X"}, {"first_name": "Y", "email": ""}])
    assert people(client) == [("X", "", True, True), ("Y", "", False, True)]


def test_when_nobody_receives_the_first_is_switched_on(house: House) -> None:
    off = {"send_email": False}
    client = house.create(contacts=[{"first_name": "X", **off}, {"first_name": "Y", **off}])
    assert people(client) == [("X", "", True, True), ("Y", "", False, False)]
    first = client.contacts.live()[0]
    house.update(client, contacts=[{"id": first.pk, **off}])
    assert people(client) == [("X", "", True, True)]


def test_a_list_replaces_the_people_it_does_not_name(house: House) -> None:
    client = house.create(
        name="Con", contacts=[{"first_name": n, "email": f"{n}@example.com"} for n in "ABC"]
    )
    a, b, c = client.contacts.live()
    house.update(
        client, contacts=[{"id": b.pk, "first_name": "B2"}, {"first_name": "D", "email": "d@example.com"}]
    )
    assert people(client) == [("B2", "B@example.com", True, True), ("D", "d@example.com", False, True)]
    gone = Contact.objects.deleted()
    assert {(one.pk, one.is_primary, one.is_archived) for one in gone} == {
        (a.pk, False, True),
        (c.pk, False, True),
    }
    changes = last_activity().changes
    new = client.contacts.live()[1]
    assert changes == {
        f"contacts.{a.pk}": ["A", None],
        f"contacts.{c.pk}": ["C", None],
        f"contacts.{b.pk}.first_name": ["B", "B2"],
        f"contacts.{b.pk}.is_primary": [False, True],
        f"contacts.{new.pk}": [None, "D"],
    }


def test_a_key_of_a_person_that_is_absent_stays_untouched(house: House) -> None:
    client = house.create(contacts=[{"first_name": "A", "email": "a@example.com", "phone": "1"}])
    contact = client.contacts.get()
    house.update(client, contacts=[{"id": contact.pk, "first_name": "A2"}])
    contact.refresh_from_db()
    assert (contact.first_name, contact.email, contact.phone) == ("A2", "a@example.com", "1")


def test_without_the_list_people_are_left_alone(house: House) -> None:
    client = house.create(name="N", contacts=[{"first_name": "A"}])
    before = Contact.objects.values().get()
    house.update(client, name="N2")
    assert Contact.objects.values().get() == before


def test_an_empty_list_leaves_one_blank_person(house: House) -> None:
    client = house.create(contacts=[{"first_name": "A"}])
    house.update(client, contacts=[])
    assert people(client) == [("", "", True, True)]
    assert client.display_name == ""


def test_reordering_changes_the_primary_and_the_display_name(house: House) -> None:
    client = house.create(contacts=[{"first_name": "A"}, {"first_name": "B"}])
    a, b = client.contacts.live()
    house.update(client, contacts=[{"id": b.pk}, {"id": a.pk}])
    assert people(client) == [("B", "", True, True), ("A", "", False, True)]
    assert client.display_name == "B"
    house.update(client, name="Named")
    assert client.display_name == "Named"
    house.update(client, name="")
    assert client.display_name == "B"


def test_a_person_of_another_client_is_not_moved(house: House) -> None:
    other = house.create(name="Other", contacts=[{"first_name": "O", "email": "o@example.com"}])
    theirs = other.contacts.get()
    client = house.create(name="Mine")
    house.update(client, contacts=[{"id": theirs.pk, "first_name": "Copy"}])
    assert people(client) == [("Copy", "", True, True)]
    assert people(other) == [("O", "o@example.com", True, True)]
    assert client.contacts.live()[0].contact_key != theirs.contact_key


def test_people_who_did_not_change_are_not_saved_again(house: House) -> None:
    client = house.create(contacts=[{"first_name": "A"}, {"first_name": "B"}])
    a, b = client.contacts.live()
    house.update(client, contacts=[{"id": a.pk}, {"id": b.pk, "phone": "1"}])
    again = {one.pk: one.updated_at for one in client.contacts.live()}
    assert again[a.pk] == a.updated_at
    assert again[b.pk] > b.updated_at


def test_the_same_email_twice_in_one_client_is_refused_at_the_second(house: House) -> None:
    email = "a@example.com"
    errors = house.refuses(contacts=[{"email": email, "is_primary": False}, {"email": "A@Example.com "}])
    assert errors == {"contacts.1.email": ["Another contact of this client has this e-mail already."]}
    client = house.create(contacts=[{"email": email}])
    known = client.contacts.get().pk
    given = [{"email": email, "is_primary": True}, {"id": known}]
    assert list(house.refuses_update(client, contacts=given)) == ["contacts.1.email"]


def test_a_fault_is_named_by_the_place_in_the_list_as_sent(house: House) -> None:
    errors = house.refuses(contacts=[{"email": "bad@@x"}, {"first_name": "P", "is_primary": True}])
    assert errors == {"contacts.0.email": ["This is not an e-mail address."]}


def test_the_database_allows_one_primary_per_client(house: House) -> None:
    from django.db import IntegrityError, transaction

    client = house.create(contacts=[{"first_name": "A"}, {"first_name": "B"}])
    with pytest.raises(IntegrityError), transaction.atomic():
        client.contacts.update(is_primary=True)


def test_fifty_people_are_fine(house: House) -> None:
    client = house.create(contacts=[{"email": f"{n}@example.com"} for n in range(50)])
    assert client.contacts.live().count() == 50
    assert Client.objects.matching("49@example.com").get() == client
