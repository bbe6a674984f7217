"""Every room has its floor, and Django knows every room that needs it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import comptoir

HOUSE = Path(comptoir.__file__).parent
CHECKOUT = HOUSE.parents[1]
WINGS = {"purchasing", "sales", "work"}  # hold rooms, are none themselves
NO_DJANGO = {"kernel", "reference"}


def rooms() -> Iterator[str]:
    for folder in sorted(HOUSE.iterdir()):
        if (folder / "__init__.py").is_file():
            inside = sorted(folder.iterdir()) if folder.name in WINGS else []
            yield from (f"{folder.name}.{room.name}" for room in inside if (room / "__init__.py").is_file())
            if folder.name not in WINGS:
                yield folder.name


def test_every_room_has_its_floor() -> None:
    tools = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]
    floors = tools["importlinter"]["contracts"][0]["layers"]
    known = {room.strip(" ()") for floor in floors for room in floor.split("|")}
    assert set(rooms()) - known == set()


def test_django_knows_every_room() -> None:
    installed = {name.removeprefix("comptoir.") for name in settings.INSTALLED_APPS}
    assert set(rooms()) - NO_DJANGO - installed == set()
