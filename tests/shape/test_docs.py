"""The pages of docs/ and the README speak of what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comptoir.config.cli import COMMANDS
from tests.shape.house import ROOT, SOURCE

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOTS = (ROOT, SOURCE, ROOT / "docs", *SOURCE.glob("*/templates"))
_WORD = re.compile(r"`([^`\s]+)`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_SUFFIXES = (".py", ".md", ".toml", ".txt", ".html", ".po", ".json", ".css")
_FOLDERS = {path.name for path in SOURCE.iterdir() if path.is_dir()} | {
    "docs",
    "tests",
    "tools",
    "src",
    "bench",
}


def paths_in(page: Path) -> Iterator[str]:
    """Words in backquotes that look like a file or a folder of ours."""
    for word in _WORD.findall(page.read_text()):
        word = word.partition("::")[0].partition(":")[0]  # noqa: PLW2901
        if any(letter in word for letter in "<>{}$*…=(),|"):
            continue
        if "/" in word and (word.endswith(_SUFFIXES) or word.partition("/")[0] in _FOLDERS):
            yield word.rstrip("/")


@pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: str(sheet.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(sheet: Path) -> None:
    assert {word for word in paths_in(sheet) if not is_there(word)} == set()


def is_there(word: str) -> bool:
    """A file, a folder, or a name in a module: billing/totals.add_up."""
    module = word.rpartition(".")[0] + ".py"
    return any((root / word).exists() or (root / module).is_file() for root in ROOTS)


@pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: str(sheet.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(sheet: Path) -> None:
    links = _LINK.findall(sheet.read_text())
    assert [link for link in links if not (sheet.parent / link).exists()] == []


@pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: str(sheet.relative_to(ROOT)))
def test_every_test_that_a_page_names_exists(sheet: Path) -> None:
    named = _TEST.findall(sheet.read_text())
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in (ROOT / file).read_text()]
    assert missing == []


@pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: str(sheet.relative_to(ROOT)))
def test_every_command_that_a_page_shows_can_be_typed(sheet: Path) -> None:
    text = sheet.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) - targets == set()
    assert set(re.findall(r"(?:^|`)comptoir ([a-z]+)", text, re.MULTILINE)) - set(COMMANDS) == set()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


def test_every_decision_says_what_it_costs_and_what_was_rejected() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text()
        assert len(text.splitlines()) <= 40, path.name
        for heading in ("## Context", "## Decision", "## Price", "## Rejected"):
            assert heading in text, f"{path.name} has no {heading}"


def test_the_glossary_has_a_row_for_every_entity_on_the_wire() -> None:
    from comptoir.api.registry import registry

    page = (ROOT / "docs" / "glossary.md").read_text()
    beside = {"activities", "company_ledger", "company_users", "companies", "system_logs", "documents"}
    entities = {resource.entity for path, resource in registry().resources.items() if path not in beside}
    assert {entity for entity in entities if entity and f"`{entity}" not in page} == set()
