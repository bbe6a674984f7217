"""Habits of the code that a reader may count on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.shape.house import ROOT, modules, name_of, operations, tree_of

ON_MONEY = (
    "kernel/money.py",
    "kernel/formats.py",
    "billing/",
    "ledger/",
    "payments/",
    "sales/",
    "tenancy/columns.py",
)


def found(wanted: Callable[[ast.AST], bool], below: tuple[str, ...] = ("",)) -> list[str]:
    """Where such a thing stands: file and line."""
    return [
        f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        for path in modules()
        if name_of(path).startswith(below)
        for node in ast.walk(tree_of(path))
        if wanted(node)
    ]


def calls(node: ast.AST, *names: str) -> bool:
    """Whether it is a call of ``float(`` or ``.raw(``."""
    if not isinstance(node, ast.Call):
        return False
    return getattr(node.func, "id", None) in names or f".{getattr(node.func, 'attr', '')}" in names


def test_nobody_listens_to_djangos_signals() -> None:
    def imports_signals(node: ast.AST) -> bool:
        home = getattr(node, "module", "") or ""
        return isinstance(node, ast.ImportFrom) and (home.endswith("signals") or home == "django.dispatch")

    assert found(imports_signals) == []


def test_no_model_overrides_save_or_delete() -> None:
    def overrides(node: ast.AST) -> bool:
        return isinstance(node, ast.ClassDef) and any(
            isinstance(inside, ast.FunctionDef) and inside.name in ("save", "delete", "full_clean")
            for inside in node.body
        )

    inside_models = ("models.py", "rows.py")
    assert [place for place in found(overrides) if place.partition(":")[0].endswith(inside_models)] == []


def test_no_money_passes_through_a_float() -> None:
    assert found(lambda node: calls(node, "float"), ON_MONEY) == []


def test_the_orm_writes_no_sql_of_ours() -> None:
    """Fixed statements are run by a cursor, where one sees them; but no ORM asks an index of trigrams."""
    ours = found(lambda node: calls(node, ".raw", ".extra", "RawSQL"))
    assert {place.partition(":")[0] for place in ours} == {"tenancy/searching.py"}


def test_nobody_waits_and_nobody_asks_the_clock_inside_an_operation() -> None:
    """The day is given as ``on``; only the moment that a row is stamped with comes from the clock."""
    asked = [
        f"{one.where}:{node.lineno}"
        for one in operations()
        for node in ast.walk(one.node)
        if calls(node, ".localdate", ".today", ".sleep")
    ]
    assert asked == []


def test_an_operation_is_told_who_acts_and_when() -> None:
    missing = [
        f"{one.where}: {one.node.name} lacks {', '.join(sorted(lacking))}"
        for one in operations()
        if not one.is_private and (lacking := {"by", "on"} - one.keywords)
    ]
    assert missing == []


def test_a_file_and_a_function_can_be_read_in_one_go() -> None:
    """Bounds that nobody should come near (style: files of 60 lines, functions of 6)."""
    long_files = [name_of(path) for path in modules() if len(path.read_text().splitlines()) > 400]
    long_functions = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60
    ]
    assert (long_files, long_functions) == ([], [])


def texts() -> Iterator[Path]:
    """Whatever a person wrote and the repository keeps."""
    for folder in ("src", "tests", "docs", "tools", "bench", ".ci", "requirements"):
        for path in sorted((ROOT / folder).rglob("*")):
            made = {"built", "collected", "node_modules", "__pycache__"} & set(path.parts)
            if path.is_file() and not made and path.suffix in _WRITTEN:
                yield path
    yield from (ROOT / name for name in ("README.md", "Makefile", "pyproject.toml", "package.json"))


_WRITTEN = {".py", ".md", ".html", ".css", ".js", ".ts", ".po", ".txt", ".toml", ".json", ".svg", ".yml", ""}
_PLACES = re.compile(r"(?<![\w./:<])/(?:root|work|Users)/\w")


@pytest.mark.parametrize(
    "words", [_PLACES, re.compile("NotImplementedError|\\bTODO\\b|\\bFIXME\\b|coming " + "soon")]
)
def test_nothing_names_a_machine_or_puts_work_off(words: re.Pattern[str]) -> None:
    found_in = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if words.search(line)
    ]
    assert found_in == []
