"""The anatomy of a package that keeps something (docs/add-an-entity.md)."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import settings

from comptoir.config import subscriptions
from tests.shape.house import SOURCE, modules, name_of, operations, tree_of

ENTITIES = sorted({path.parent for path in modules() if path.name == "operations.py"} - {SOURCE / "activity"})


def rooms() -> list[Path]:
    return [
        folder for folder in ENTITIES if (folder / "models.py").is_file() and (folder / "facts.py").is_file()
    ]


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_a_room_with_operations_has_its_whole_anatomy(room: Path) -> None:
    assert (room / "migrations" / "0001_initial.py").is_file()
    assert (room / "locale" / "fr" / "LC_MESSAGES" / "django.po").is_file()
    assert (room / "apps.py").is_file()
    assert f"comptoir.{name_of(room).replace('/', '.')}" in settings.INSTALLED_APPS


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_its_operations_tell_its_facts(room: Path) -> None:
    text = "\n".join(path.read_text() for path in room.glob("*.py"))
    assert "tell(" in text
    assert set(fact_names(room)) - named() == set()


def fact_names(room: Path) -> list[str]:
    """Facts that stand in the room, those that others are made from left out."""
    classes = [node for node in ast.walk(tree_of(room / "facts.py")) if isinstance(node, ast.ClassDef)]
    bases = {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
    return [node.name for node in classes if node.name not in bases]


@lru_cache(maxsize=1)
def named() -> frozenset[str]:
    """Every name that is used outside of the classes of facts.py and of the page of subscriptions."""
    tops = [
        top
        for path in modules()
        if name_of(path) != "config/subscriptions.py"
        for top in tree_of(path).body
        if path.name != "facts.py" or not isinstance(top, ast.ClassDef)
    ]
    nodes = [node for top in tops for node in ast.walk(top)]
    return frozenset(getattr(node, "attr", "") or getattr(node, "id", "") for node in nodes)


def test_an_operation_says_what_it_does_unless_its_name_does() -> None:
    """Those that may refuse say where, so the docstring is asked of every one of some length."""
    mute = [
        f"{one.where}: {one.node.name}"
        for one in operations()
        if not one.is_private and not ast.get_docstring(one.node) and len(one.node.body) > 12
    ]
    assert mute == []


def test_every_handler_stands_on_the_page_of_subscriptions() -> None:
    """A function that takes a fact and stands in handlers.py listens to something."""
    during, _ = subscriptions.subscriptions()
    listening = {(step.__module__, step.__name__) for steps in during.values() for step in steps}
    deaf = []
    for path in modules():
        if path.name != "handlers.py":
            continue
        module = f"comptoir.{name_of(path)[:-3].replace('/', '.')}"
        for node in tree_of(path).body:
            is_step = isinstance(node, ast.FunctionDef) and [a.arg for a in node.args.args] == ["fact"]
            if is_step and not node.name.startswith("_") and (module, node.name) not in listening:
                deaf.append(f"{module}.{node.name}")
    assert deaf == []
