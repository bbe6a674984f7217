from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from comptoir.files import upkeep

from .conftest import House, text


def test_all_is_well_when_table_and_storage_agree(house: House) -> None:
    house.attach(text(), text())
    assert list(upkeep.missing()) == []
    assert list(upkeep.orphans()) == []


def test_an_empty_storage_has_no_orphans(house: House) -> None:
    assert list(upkeep.orphans()) == []


def test_a_row_without_bytes_is_found(house: House) -> None:
    kept, lost = house.attach(text("kept.txt"), text("lost.txt"))
    (house.folder / lost.path).unlink()
    assert list(upkeep.missing()) == [lost]
    assert house.stored() == [kept.path]


def test_bytes_without_a_row_are_found_and_taken_away_when_they_are_old(house: House) -> None:
    kept, left = house.attach(text("kept.txt"), text("left.txt"))
    left.delete()
    assert list(upkeep.orphans()) == [left.path]
    assert upkeep.remove_orphans(now=timezone.now()) == 0
    assert len(house.stored()) == 2
    assert upkeep.remove_orphans(now=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert house.stored() == [kept.path]
