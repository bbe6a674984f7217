"""The house as the shape tests see it: its files, its floors, its tables, its facts, its operations."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from comptoir.activity.facts import Fact

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "comptoir"


def modules() -> Iterator[Path]:
    """Every Python file of ours, migrations and what tools build left out."""
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"migrations", "built", "collected"} & set(path.parts):
            yield path


def name_of(path: Path) -> str:
    """sales/invoices/operations.py"""
    return str(path.relative_to(SOURCE))


@lru_cache(maxsize=2048)
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def floors() -> dict[str, int]:
    """Room -> floor, the ground floor being 0, as import-linter reads them in pyproject.toml."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (layers,) = (c for c in written["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    rooms = [[room.strip(" ()") for room in layer.split("|")] for layer in layers["layers"]]
    return {room: floor for floor, layer in enumerate(reversed(rooms)) for room in layer}


def room_of(model: type[models.Model]) -> str:
    """The room that a model stands in; "" for a model that is not ours."""
    parts = model.__module__.split(".")
    if parts[0] != "comptoir":
        return ""
    return next((room for room in floors() if parts[1:][: room.count(".") + 1] == room.split(".")), parts[1])


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("comptoir.")]


def facts() -> list[type[Fact]]:
    """Every fact that can be told: those that no other fact is made from."""
    for path in modules():
        if path.name == "facts.py":
            import_module(f"comptoir.{name_of(path)[:-3].replace('/', '.')}")
    return sorted(_leaves(Fact), key=lambda fact: fact.__name__)


def _leaves(kind: type[Any]) -> Iterator[type[Any]]:
    ours = [sub for sub in kind.__subclasses__() if sub.__module__.startswith("comptoir.")]
    for sub in ours:
        yield from _leaves(sub)
    if not ours and kind is not Fact:
        yield kind


class Operation(NamedTuple):
    where: str
    node: ast.FunctionDef

    @property
    def is_private(self) -> bool:
        return self.node.name.startswith("_")

    @property
    def keywords(self) -> set[str]:
        return {argument.arg for argument in self.node.args.kwonlyargs}


def operations() -> Iterator[Operation]:
    """Every function that is decorated as one."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Name) and one.id == "operation" for one in node.decorator_list
            ):
                yield Operation(name_of(path), node)
