"""A room knows only what stands below it; import-linter says so of imports, we of keys and strings."""

from __future__ import annotations

from tests.shape.house import SOURCE, floors, modules, name_of, room_of, tables


def test_every_foreign_key_points_to_its_own_or_a_lower_floor() -> None:
    level, upward = floors(), []
    for model in tables():
        here = level[room_of(model)]
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or field.related_model is None:
                continue
            there = room_of(field.related_model)  # type: ignore[arg-type]
            if there and level[there] > here:
                upward.append(f"{model.__name__}.{field.name} -> {there}")
    assert upward == []


def test_every_room_has_its_floor() -> None:
    folders = {path.parent for path in SOURCE.glob("*/*.py")} | {
        path.parent for path in SOURCE.glob("*/*/models.py")
    }
    rooms = {name_of(folder).replace("/", ".") for folder in folders}
    homeless = {
        room for room in rooms if not any(room == known or room.startswith(f"{known}.") for known in floors())
    }
    assert homeless - {"sales", "purchasing", "work"} == set()


def test_the_tables_of_a_room_stand_in_its_models() -> None:
    """One looks for a table in models.py of its room, or of the chapter of it."""
    astray = [
        model.__name__ for model in tables() if model.__module__.rpartition(".")[2] not in ("models", "rows")
    ]
    assert astray == []


def test_no_module_is_named_by_a_word_that_says_nothing() -> None:
    silent = {
        "base_utils", "common", "constants", "core", "data", "handler", "helper", "helpers", "lib", "manager",
        "managers", "misc", "process", "processor", "service", "services", "shared", "tools", "util", "utils",
    }  # fmt: skip
    named = {
        name_of(path) for path in modules() if {*path.relative_to(SOURCE).parent.parts, path.stem} & silent
    }
    assert named == set()
