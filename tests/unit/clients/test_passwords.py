from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password

from comptoir.activity.actors import Actor
from comptoir.clients import operations, people
from comptoir.clients.models import Contact
from comptoir.kernel.refused import Refused

from .conftest import ON, House, figures, last_activity

GOOD = "Secret-12345"


def with_password(house: House, email: str = "a@example.com") -> Contact:
    return house.create(contacts=[{"email": email, "password": GOOD}]).contacts.get()


def test_a_password_is_kept_hashed_only(house: House) -> None:
    contact = with_password(house)
    assert GOOD not in contact.password
    assert check_password(GOOD, contact.password)


@pytest.mark.parametrize("password", ["Short1", "alllower1", "ALLUPPER1", "NoDigitsHere"])
def test_a_weak_password_is_refused_at_its_contact(house: House, password: str) -> None:
    errors = house.refuses(contacts=[{}, {"email": "p@example.com", "password": password}])
    sentence = "A password has at least 7 characters, with a small letter, a capital and a digit."
    assert errors == {"contacts.1.password": [sentence]}


@pytest.mark.parametrize("shown", ["", "**********", None])
def test_the_mask_sent_back_is_no_new_password(house: House, shown: str | None) -> None:
    contact = with_password(house)
    house.update(contact.client, contacts=[{"id": contact.pk, "password": shown}])
    contact.refresh_from_db()
    assert check_password(GOOD, contact.password)


def test_a_new_password_is_told_without_being_said(house: House) -> None:
    contact = with_password(house)
    house.update(contact.client, contacts=[{"id": contact.pk, "password": "Other-678"}])
    contact.refresh_from_db()
    assert check_password("Other-678", contact.password)
    assert last_activity().changes == {f"contacts.{contact.pk}.password": [True, True]}


def test_one_email_signs_in_once_in_a_company(house: House) -> None:
    with_password(house)
    both_kept = house.create(name="Twin", contacts=[{"email": "A@example.com"}])
    twin = both_kept.contacts.get()
    errors = house.refuses_update(both_kept, contacts=[{"id": twin.pk, "password": "Other-678"}])
    sentence = "Another contact already signs in with this e-mail. Use a different one."
    assert errors == {"contacts.0.password": [sentence]}
    assert list(house.refuses(contacts=[{"email": "a@example.com", "password": GOOD}])) == [
        "contacts.0.password"
    ]


def test_moving_to_an_email_that_somebody_signs_in_with_is_refused(house: House) -> None:
    with_password(house)
    other = with_password(house, "b@example.com")
    given = [{"id": other.pk, "email": "a@example.com"}]
    assert list(house.refuses_update(other.client, contacts=given)) == ["contacts.0.email"]


def test_two_in_one_batch_cannot_share_an_email_to_sign_in_with(house: House) -> None:
    before = figures()
    batch = [{"contacts": [{"email": "a@example.com", "password": GOOD}]}] * 2
    with pytest.raises(Refused) as refusal:
        operations.create_clients(batch, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["1.contacts.0.password"]
    assert figures() == before


def test_a_deleted_person_or_client_leaves_the_email_free(house: House) -> None:
    first = with_password(house)
    house.update(first.client, contacts=[])
    second = with_password(house)
    operations.delete_clients([second.client], by=house.alice, on=ON)
    third = with_password(house)
    assert check_password(GOOD, third.password)


def test_a_restored_client_does_not_take_back_an_email_in_use(house: House) -> None:
    first = with_password(house)
    operations.delete_clients([first.client], by=house.alice, on=ON)
    second = with_password(house)
    operations.restore_clients([first.client], by=house.alice, on=ON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.password, check_password(GOOD, second.password)) == ("", True)


def test_a_restored_client_keeps_its_passwords_otherwise(house: House) -> None:
    contact = with_password(house)
    operations.delete_clients([contact.client], by=house.alice, on=ON)
    operations.restore_clients([contact.client], by=house.alice, on=ON)
    contact.refresh_from_db()
    assert check_password(GOOD, contact.password)


def test_a_contact_changes_itself_and_nobody_else(house: House) -> None:
    client = house.create(
        name="V", contacts=[{"first_name": "A"}, {"first_name": "B", "email": "b@example.com"}]
    )
    a, b = client.contacts.live()
    me = Actor("contact", b.pk, "B")
    fields = {
        "first_name": "B2",
        "password": GOOD,
        "is_primary": True,
        "send_email": False,
        "is_locked": True,
    }
    people.update_contact(b, fields, by=me, on=ON)
    assert (b.first_name, b.is_primary, b.send_email, b.is_locked) == ("B2", False, True, False)
    assert check_password(GOOD, b.password)
    untouched = Contact.objects.get(pk=a.pk)
    assert (untouched.first_name, untouched.is_primary, untouched.updated_at) == ("A", True, a.updated_at)
    told = last_activity()
    assert (told.code, told.actor_kind, told.actor_name) == (61, "contact", "B")


def test_what_a_contact_gets_wrong_is_named_without_the_list(house: House) -> None:
    client = house.create(contacts=[{"email": "a@example.com"}, {"email": "b@example.com"}])
    b = client.contacts.live()[1]
    before = figures()
    with pytest.raises(Refused) as refusal:
        people.update_contact(b, {"email": "a@example.com", "password": "x"}, by=house.alice, on=ON)
    assert list(refusal.value.errors) == ["password", "email"]
    assert figures() == before


def test_a_revoked_key_opens_nothing_any_more(house: House) -> None:
    from comptoir.clients.queries import contact_by_key

    contact = house.create(contacts=[{"first_name": "A"}]).contacts.get()
    old = contact.contact_key
    assert contact_by_key(old) == contact
    people.revoke_contact_key(contact, by=house.alice, on=ON)
    assert contact_by_key(old) is None
    assert contact_by_key(contact.contact_key) == contact
    told = last_activity()
    assert (told.code, told.mentions["contact"]) == (61, [contact.pk, "A"])
