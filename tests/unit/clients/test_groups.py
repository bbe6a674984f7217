from __future__ import annotations

import pytest

from comptoir.activity.models import Activity
from comptoir.clients import groups
from comptoir.clients.models import Client, Group
from comptoir.kernel.refused import Refused, WrongState

from .conftest import ON, House, last_activity


def stored() -> list[object]:
    return [list(Group.objects.order_by("pk").values()), Activity.objects.count()]


def test_a_group_keeps_only_what_it_sets(house: House) -> None:
    group = house.group(currency_id="3", payment_terms="", send_reminders=False, newer_key="kept")
    group.refresh_from_db()
    assert group.settings == {"currency_id": "3", "send_reminders": False, "newer_key": "kept"}
    assert (last_activity().fact, last_activity().code) == ("GroupCreated", None)


@pytest.mark.parametrize("name", ["", "  ", "x" * 191])
def test_a_group_has_a_name_that_fits(house: House, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        house.group(name)
    assert (list(refusal.value.errors), Group.objects.count()) == (["name"], 0)


def test_two_groups_do_not_share_a_name(house: House) -> None:
    house.group("Members")
    other = house.group("Others")
    before = stored()
    with pytest.raises(Refused) as create:
        house.group(" Members ")
    with pytest.raises(Refused) as update:
        groups.update_group(other, {"name": "Members"}, by=house.alice, on=ON)
    assert list(create.value.errors) == list(update.value.errors) == ["name"]
    assert stored() == before


def test_who_comes_second_to_a_name_gets_the_same_refusal(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.group("Members")
    monkeypatch.setattr(groups, "_refuse_taken", lambda group: None)
    with pytest.raises(Refused) as refusal:
        house.group("Members")
    assert (list(refusal.value.errors), Group.objects.count()) == (["name"], 1)


def test_a_change_of_the_group_shows_on_clients_without_an_own_value(house: House) -> None:
    group = house.group(currency_id="3", payment_terms="21")
    member = house.create(group=group)
    own = house.create(group=group, settings={"currency_id": "2"})
    seen = Client.objects.get(pk=member.pk).updated_at
    settings = {"currency_id": "4", "payment_terms": "22"}
    groups.update_group(group, {"settings": settings}, by=house.alice, on=ON)
    member, own = Client.objects.get(pk=member.pk), Client.objects.get(pk=own.pk)
    assert (member.currency_id, own.currency_id) == ("4", "2")
    assert (member.preferences.payment_terms, own.preferences.payment_terms) == ("22", "22")
    assert member.updated_at > seen


def test_settings_that_are_not_sent_stay(house: House) -> None:
    group = house.group(currency_id="3", payment_terms="21")
    groups.update_group(group, {"name": "New"}, by=house.alice, on=ON)
    assert group.settings == {"currency_id": "3", "payment_terms": "21"}
    groups.update_group(group, {"settings": {"payment_terms": "7"}}, by=house.alice, on=ON)
    assert group.settings == {"currency_id": "3", "payment_terms": "7"}
    assert last_activity().fact == "GroupUpdated"


def test_an_archived_group_still_applies_and_comes_back(house: House) -> None:
    group = house.group(currency_id="3")
    client = house.create(group=group)
    groups.archive_group(group, by=house.alice, on=ON)
    assert Client.objects.get(pk=client.pk).currency_id == "3"
    groups.restore_group(group, by=house.alice, on=ON)
    assert Group.objects.active().get() == group


def test_a_deleted_group_frees_its_name(house: House) -> None:
    group = house.group("Members")
    groups.delete_group(group, by=house.alice, on=ON)
    with pytest.raises(WrongState):
        groups.update_group(group, {"name": "X"}, by=house.alice, on=ON)
    other = house.group("Members")
    before = stored()
    with pytest.raises(Refused) as refusal:
        groups.restore_group(group, by=house.alice, on=ON)
    assert (list(refusal.value.errors), stored()) == (["name"], before)
    groups.update_group(other, {"name": "Newer"}, by=house.alice, on=ON)
    groups.restore_group(group, by=house.alice, on=ON)
    assert Group.objects.active().count() == 2
