"""A company's design, made ready once for however many documents: style apart, the rest as trees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from comptoir.delivery.pdf.own.cleaning import Element, read

_STYLES: Final = re.compile(r"<style\b[^>]*>(.*?)(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENTS: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_FETCHED: Final = re.compile(r"@import\b[^;]*;?|url\s*\(\s*(?!['\"]?(?:data:|asset:))[^)]*\)", re.IGNORECASE)
_BARE: Final = re.compile(r"\s*<(?:tr|thead|tbody)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Texts:
    """``product`` and ``task`` are tables of its own, empty where the company's columns are used."""

    css: str
    header: Element
    body: Element
    footer: Element
    product: Element
    task: Element


def prepared(parts: Mapping[str, str]) -> Texts:
    """Read the texts of a design (designs.models.PARTS)."""
    return _prepared(tuple(sorted(parts.items())))


@lru_cache(maxsize=64)
def _prepared(parts: tuple[tuple[str, str], ...]) -> Texts:
    told: dict[str, str] = {}
    sheets: list[str] = []
    for name, written in parts:
        text = _COMMENTS.sub("", written)
        sheets += _STYLES.findall(text)
        told[name] = _STYLES.sub("", text)
    includes = told.get("includes", "")
    if "<" not in includes:  # a bare style sheet
        sheets.append(includes)
        includes = ""
    return Texts(
        css=without_addresses("\n".join(sheets)),
        header=read(includes + told.get("header", "")),
        body=read(told.get("body", "")),
        footer=read(told.get("footer", "")),
        product=read(_in_table(told.get("product", ""))),
        task=read(_in_table(told.get("task", ""))),
    )


def without_addresses(css: str) -> str:
    """Style without anything to be fetched, and without the sign that could end it."""
    return _FETCHED.sub("", _COMMENTS.sub("", css)).replace("<", "")


def _in_table(text: str) -> str:
    """Bare rows get their table: outside of one they are no HTML."""
    return f'<table class="items">{text}</table>' if _BARE.match(text) else text
