"""A kept test database is used again only while everything that makes it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests import migrated

MIGRATION: Final = "src/comptoir/clients/migrations/0001_initial.py"
CALLED: Final = "src/comptoir/tenancy/searching.py"
BASE: Final = "requirements/base.txt"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    texts = {
        MIGRATION: "from django.db import migrations\nimport comptoir.tenancy.searching\n",
        CALLED: "first",
        BASE: "Django==5",
        "src/comptoir/clients/models.py": "nothing that a migration calls",
    }
    for name, text in texts.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", [MIGRATION, CALLED, BASE])
def test_a_change_of_what_makes_it_begins_anew(house: Path, name: str) -> None:
    before = migrated.kept()
    (house / name).write_text((house / name).read_text() + "# changed\n")
    assert migrated.kept() != before


def test_a_migration_under_another_name_begins_anew(house: Path) -> None:
    before = migrated.kept()
    (house / MIGRATION).rename(house / MIGRATION.replace("0001_initial", "0001_first"))
    assert migrated.kept() != before


def test_other_code_leaves_it(house: Path) -> None:
    before = migrated.kept()
    (house / "src/comptoir/clients/models.py").write_text("changed")
    assert migrated.kept() == before


def test_what_this_house_migrates_with_is_there() -> None:
    found = {str(one.relative_to(migrated.ROOT)) for one in migrated.sources()}
    assert {MIGRATION, CALLED, BASE} <= found
