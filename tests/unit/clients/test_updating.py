from __future__ import annotations

from typing import Any

import pytest

from comptoir.activity.models import Activity
from comptoir.clients import bulk, operations, rules
from comptoir.clients.models import Client
from comptoir.kernel.refused import Refused, WrongState
from comptoir.people.models import User
from tests import factories

from .conftest import ON, House, figures, last_activity, people


def test_only_what_was_sent_changes_and_the_activity_says_from_what(house: House) -> None:
    client = house.create(name="Verger", city="Lyon", public_notes="kept", number="7")
    house.update(client, city=" Nantes", is_tax_exempt=True, name="Verger")
    client.refresh_from_db()
    assert (client.city, client.is_tax_exempt, client.public_notes) == ("Nantes", True, "kept")
    told = last_activity()
    assert (told.fact, told.code) == ("ClientUpdated", 61)
    assert told.changes == {"city": ["Lyon", "Nantes"], "is_tax_exempt": [False, True]}


def test_a_new_name_shows_at_once(house: House) -> None:
    client = house.create(contacts=[{"first_name": "Ada"}])
    house.update(client, name="Verger")
    assert Client.objects.get().display_name == "Verger"
    house.update(client, name="")
    assert Client.objects.get().display_name == "Ada"


def test_a_client_never_loses_its_number_but_may_take_a_free_one(house: House) -> None:
    first, second = house.create(), house.create()
    house.update(first, number="")
    assert Client.objects.get(pk=first.pk).number == "0001"
    house.update(first, number="0001")
    house.update(first, number="A-1")
    assert house.refuses_update(second, number="A-1") == {
        "number": ["Another client has this number already."]
    }


def test_an_identification_number_can_be_emptied_and_reused(house: House) -> None:
    first, second = house.create(id_number="SAP"), house.create()
    assert list(house.refuses_update(second, id_number="SAP")) == ["id_number"]
    house.update(first, id_number="")
    house.update(second, id_number="SAP")
    assert Client.objects.get(pk=second.pk).id_number == "SAP"


def test_who_comes_second_to_a_number_gets_the_same_refusal(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.create(id_number="SAP")
    second = house.create()
    monkeypatch.setattr(rules, "_taken", lambda *args: set())
    assert list(house.refuses_update(second, id_number="SAP")) == ["id_number"]


def test_an_update_sees_what_another_has_saved_meanwhile(house: House) -> None:
    client = house.create(name="Verger", city="Lyon")
    stale = Client.objects.get(pk=client.pk)
    house.update(client, city="Nantes")
    house.update(stale, phone="1")
    client.refresh_from_db()
    assert (client.city, client.phone) == ("Nantes", "1")


def test_a_deleted_client_is_restored_before_it_is_edited(house: House) -> None:
    client = house.create(name="Verger")
    operations.delete_clients([client], by=house.alice, on=ON)
    with pytest.raises(WrongState, match="Restore it"):
        house.update(client, name="X")
    assert Client.objects.get().name == "Verger"


def test_the_responsible_user_is_named_in_the_activity(house: House) -> None:
    client = house.create(name="Verger")
    bob = factories.user(house.company, "bob@example.com")
    house.update(client, assigned_user=bob)
    assert last_activity().changes == {"assigned_user": [None, "Bob"]}
    assert Client.objects.get().assigned_user_id == User.objects.get(email="bob@example.com").pk


def test_own_settings_are_replaced_and_an_absent_currency_stays(house: House) -> None:
    client = house.create(settings={"currency_id": "2", "payment_terms": "14", "send_reminders": ""})
    assert client.settings == {"currency_id": "2", "payment_terms": "14"}
    house.update(client, settings={"payment_terms": "7", "counter_padding": 0, "show_tasks_table": False})
    assert client.settings == {
        "currency_id": "2",
        "payment_terms": "7",
        "counter_padding": 0,
        "show_tasks_table": False,
    }
    house.update(client, settings={"currency_id": ""})
    client.refresh_from_db()
    assert (client.settings, client.currency_id) == ({}, "1")
    house.update(client, name="Verger")
    assert client.settings == {}


def test_an_inherited_currency_sent_back_is_not_pinned(house: House) -> None:
    group = house.group(currency_id="3")
    client = house.create(group=group, settings={"currency_id": "3"})
    assert (client.settings, client.currency_id) == ({}, "3")
    house.update(client, settings={"currency_id": "2"})
    house.update(client, settings={"currency_id": "3"})
    assert client.settings == {"currency_id": "3"}


def test_a_setting_of_the_wrong_type_is_refused(house: House) -> None:
    client = house.create(settings={"payment_terms": "14"})
    assert list(house.refuses_update(client, settings={"payment_terms": "soon"}, city="X")) == [
        "settings",
        "settings.payment_terms",
    ]


def test_many_clients_go_into_a_group(house: House) -> None:
    clients = [house.create(name=name) for name in "AB"]
    gone = house.create(name="C")
    operations.delete_clients([gone], by=house.alice, on=ON)
    group = house.group(currency_id="3")
    bulk.assign_group([*clients, gone], group, by=house.alice, on=ON)
    assert [one.currency_id for one in Client.objects.order_by("pk")] == ["3", "3", "1"]
    assert last_activity().changes == {"group": [None, "Members"]}
    bulk.assign_group(clients, None, by=house.alice, on=ON)
    assert last_activity().changes == {"group": ["Members", None]}
    assert Client.objects.filter(group=None).count() == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [("public_notes", "Note"), ("industry_id", "4"), ("size_id", "3"), ("country_id", "250")],
)
def test_one_value_is_written_to_many_clients(house: House, column: str, value: str) -> None:
    clients = [house.create(name=name) for name in "AB"]
    before = Activity.objects.count()
    bulk.bulk_update(clients, column, value, by=house.alice, on=ON)
    assert set(Client.objects.values_list(column, flat=True)) == {value}
    assert Activity.objects.count() == before + 2
    assert last_activity().changes[column][1] == value


@pytest.mark.parametrize(
    ("column", "value", "path"),
    [("name", "X", "column"), ("balance", "1", "column"), ("country_id", "99999", "new_value")],
)
def test_what_may_not_be_written_to_many_is_refused(house: House, column: str, value: Any, path: str) -> None:
    clients = [house.create(name="A")]
    before = figures()
    with pytest.raises(Refused) as refusal:
        bulk.bulk_update(clients, column, value, by=house.alice, on=ON)
    assert (list(refusal.value.errors), figures()) == ([path], before)


def test_a_copy_is_a_new_client_with_the_same_people(house: House) -> None:
    group = house.group()
    client = house.create(
        name="Verger",
        number="K",
        id_number="SAP",
        city="Lyon",
        group=group,
        settings={"payment_terms": "7"},
        contacts=[{"email": "a@example.com", "password": "Secret-12345"}, {"first_name": "B", "phone": "1"}],
    )
    (copy,) = bulk.clone_clients([client], by=house.alice, on=ON)
    copy.refresh_from_db()
    assert (copy.name, copy.number, copy.id_number, copy.city) == ("Verger (copy)", "0001", "", "Lyon")
    assert (copy.group, copy.settings) == (group, {"payment_terms": "7"})
    assert people(copy) == people(client)
    assert [one.password for one in copy.contacts.live()] == ["", ""]
    assert {one.contact_key for one in copy.contacts.live()}.isdisjoint(
        one.contact_key for one in client.contacts.live()
    )
    assert last_activity().code == 1
