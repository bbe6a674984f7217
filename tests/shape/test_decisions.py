"""Every decision about what the wire says has a row in docs/compatibility.md, and tests that name it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape.house import ROOT

DECIDED = {"C": 21, "P": 9, "M": 25, "R": 4, "A": 3}
"""How many decisions there are on clients, settings (P), money, recurring invoices and history."""

IDS = [f"{letter}{number}" for letter, count in DECIDED.items() for number in range(1, count + 1)]
_ID = re.compile(r"\b[CPMRA]\d{1,2}\b")
_IN_A_NAME = re.compile(r"(?:test_|_and_)([cpmra]\d{1,2})(?=_)")
_HELD = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def each_test(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Each test of a file, and the decisions that its name or its docstring speaks of."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = {one.upper() for one in _IN_A_NAME.findall(node.name)}
            yield node.name, named | set(_ID.findall(ast.get_docstring(node) or ""))


@pytest.fixture(scope="module")
def naming() -> dict[str, set[str]]:
    """The tests that name each decision, as file::test."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for test, named in each_test(path):
            for decision in named:
                found[decision].add(f"{path.relative_to(ROOT)}::{test}")
    return found


@pytest.fixture(scope="module")
def rows() -> dict[str, set[str]]:
    """What the page says holds each decision, as file::test."""
    page, held = (ROOT / "docs" / "compatibility.md").read_text(), defaultdict(set)
    for line in page.splitlines():
        first = line.split("|")[1] if line.startswith("| ") else ""
        for decision in _ID.findall(first):
            held[decision] |= {f"{file}::{test}" for file, test in _HELD.findall(line)}
    return held


@pytest.mark.parametrize("decision", IDS)
def test_a_decision_has_a_row_and_a_test_that_names_it(
    decision: str, rows: dict[str, set[str]], naming: dict[str, set[str]]
) -> None:
    assert rows[decision], f"{decision} has no row with a test in docs/compatibility.md"
    assert rows[decision] <= naming[decision], f"a test of {decision} does not name it"


def test_no_test_names_a_decision_that_was_never_taken(naming: dict[str, set[str]]) -> None:
    assert {decision for decision in naming if decision not in IDS} == set()
