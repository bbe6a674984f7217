"""What every template and stylesheet of the house keeps to, so that the strict policy and RTL hold."""

import re
from pathlib import Path

import pytest
from django.template import engines

import comptoir

HOUSE = Path(comptoir.__file__).parent
PAGES = sorted(path for room in ("ui", "office", "portal") for path in (HOUSE / room).rglob("*.html"))
SHEETS = sorted((HOUSE / "ui/frontend").glob("*.css"))
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:|\shx-on|<script(?![^>]*\ssrc=)")
PHYSICAL_CLASS = re.compile(
    r"(?<=[\s\"':])(?:[a-z0-9:-]+:)?-?(?:m[lr]|p[lr]|left|right|border-[lr]|rounded-[lr]|float)-[\w.\[\]-]+|text-(?:left|right)\b"
)
PHYSICAL_RULE = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)\S*|left|right|float):", re.MULTILINE
)
FADED = re.compile(r"\btext-[a-z-]+/\d+|\bopacity-\d+")


def spelled(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", PAGES, ids=spelled)
def test_a_template_compiles_and_keeps_to_the_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    engines["django"].from_string(text)
    assert INLINE.findall(text) == []
    assert PHYSICAL_CLASS.findall(text) == []
    assert FADED.findall(text) == []


@pytest.mark.parametrize("path", SHEETS, ids=spelled)
def test_a_stylesheet_knows_no_left_and_right(path: Path) -> None:
    assert PHYSICAL_RULE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="x">',
        '<a onclick="x">',
        "<script>x</script>",
        '<a hx-on:click="x">',
        "<style>",
        '<a href="javascript:x">',
    ],
)
def test_the_check_sees_what_the_policy_forbids(fault: str) -> None:
    assert INLINE.search(fault)


@pytest.mark.parametrize("fault", ["ml-2", "md:pr-4", "-mr-1", "left-0", "text-right", "border-l-2"])
def test_the_check_sees_physical_classes(fault: str) -> None:
    assert PHYSICAL_CLASS.search(f'class="flex {fault}"')
