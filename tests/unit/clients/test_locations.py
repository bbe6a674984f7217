from __future__ import annotations

import pytest

from comptoir.activity.models import Activity
from comptoir.clients import locations, operations
from comptoir.clients.models import Location
from comptoir.kernel.refused import Refused, WrongState

from .conftest import ON, House, last_activity


def test_a_location_is_an_address_of_its_client(house: House) -> None:
    client = house.create(name="Verger", country_id="250")
    fields = {
        "client": client,
        "name": "Dock",
        "city": "Lyon",
        "is_shipping_location": True,
        "custom_value1": "x",
    }
    location = locations.create_location(fields, by=house.alice, on=ON)
    location.refresh_from_db()
    assert (location.client, location.name, location.city) == (client, "Dock", "Lyon")
    assert (location.country_id, location.is_shipping_location, location.user_id) == (
        "250",
        True,
        house.alice.id,
    )
    told = last_activity()
    assert (told.fact, told.code, told.client_id, told.notes) == ("LocationCreated", 61, client.pk, "Dock")


def test_a_location_needs_a_live_client_and_a_country_that_exists(house: House) -> None:
    client = house.create(name="Verger")
    before = Activity.objects.count()
    for fields, path in (({}, "client_id"), ({"client": client, "country_id": "99999"}, "country_id")):
        with pytest.raises(Refused) as refusal:
            locations.create_location(fields, by=house.alice, on=ON)
        assert list(refusal.value.errors) == [path]
    assert (Location.objects.count(), Activity.objects.count()) == (0, before)
    operations.delete_clients([client], by=house.alice, on=ON)
    with pytest.raises(WrongState):
        locations.create_location({"client": client}, by=house.alice, on=ON)


def test_a_location_stays_with_its_client(house: House) -> None:
    client, other = house.create(name="A"), house.create(name="B")
    location = locations.create_location({"client": client, "name": "Dock"}, by=house.alice, on=ON)
    locations.update_location(location, {"client": other, "name": "Quay"}, by=house.alice, on=ON)
    location.refresh_from_db()
    assert (location.client, location.name) == (client, "Quay")
    assert last_activity().changes == {"name": ["Dock", "Quay"]}


def test_a_location_goes_away_and_comes_back(house: House) -> None:
    client = house.create(name="A")
    location = locations.create_location({"client": client, "name": "Dock"}, by=house.alice, on=ON)
    locations.archive_location(location, by=house.alice, on=ON)
    locations.delete_location(location, by=house.alice, on=ON)
    with pytest.raises(WrongState):
        locations.update_location(location, {"name": "X"}, by=house.alice, on=ON)
    locations.restore_location(location, by=house.alice, on=ON)
    assert Location.objects.active().get().name == "Dock"
    told = Activity.objects.order_by("pk").values_list("fact", flat=True)
    assert list(told)[-3:] == ["LocationArchived", "LocationDeleted", "LocationRestored"]
