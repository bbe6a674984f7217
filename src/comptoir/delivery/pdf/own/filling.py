"""Writes the trees of a design for one page: rows repeated, names filled in, values escaped.

There is no logic, and values are never read again: what a client's name holds is not HTML, not CSS and
not another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.own import blocks
from comptoir.delivery.pdf.own.cleaning import VOID, Element
from comptoir.delivery.pdf.own.texts import Texts, without_addresses
from comptoir.delivery.placeholders import substitute
from comptoir.designs.page import Page, Record

_IMAGE: Final = re.compile(r"asset:[\w.-]+|data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+")
_LINK: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_TABLE: Final = re.compile(r"\A\s*<table\b[^>]*>|</table>\s*\Z")

Values = Mapping[str, str]
NOTHING: Final = Record()
MOST_TURNS: Final = 100_000
"""Turns of all lists of a page together: lists inside lists multiply."""
LINES: Final = {"products": "product", "tasks": "task"}
"""Lists of lines, by the owner in the names of their values."""


class Filling:
    """One page in one design. ``tints`` are the values that a style sheet may use."""

    def __init__(self, page: Page, texts: Texts, tints: Values) -> None:
        self._page = page
        self._texts = texts
        self._tints = tints
        self._plain: Values = {**page.values, **said(page), **tints}
        self._turns = 0
        self._all: Values = self._plain
        self._all = {**self._plain, **dict(blocks.blocks(page)), **self._tables()}

    def css(self, text: str) -> str:
        """Style takes the company's colours and fonts, and nothing that a client or document says."""
        return without_addresses(substitute(text, self._tints, unknown="vanish"))

    def html(self, tree: Element) -> str:
        """The HTML of a tree."""
        lines = {
            name: [Record(each) for each in self._page.lines.get(kind, ())] for name, kind in LINES.items()
        }
        return "".join(self._children(tree, Record({}, {**lines, **self._page.lists})))

    def _children(self, element: Element, turn: Record) -> Iterator[str]:
        for child in element.children:
            if isinstance(child, Element):
                yield from self._element(child, turn)
            elif "$" in child:
                yield substitute(child, {**self._all, **turn.values}, html=True, unknown="vanish")
            else:
                yield child

    def _element(self, element: Element, turn: Record) -> Iterator[str]:
        if not self._stands(element, turn):
            return
        name = _repeated(element, turn)
        if not name:
            yield from self._written(element, turn)
            return
        for each in turn.lists.get(name, ()):
            self._turns += 1
            if self._turns > MOST_TURNS:
                raise PdfFailed(gettext_lazy("The document is too large to be printed."))
            inside = Record({**turn.values, **each.values}, {**turn.lists, **each.lists, name: ()})
            yield from self._written(element, inside)

    def _stands(self, element: Element, turn: Record) -> bool:
        """Whether its conditions let it stand: a value or a list that is there, or is not."""
        wanted, unwanted = (element.get(f"data-{word}").removeprefix("$") for word in ("if", "unless"))
        if wanted and not self._is_there(wanted, turn):
            return False
        return not (unwanted and self._is_there(unwanted, turn))

    def _is_there(self, name: str, turn: Record) -> bool:
        if name in turn.lists:
            return bool(turn.lists[name])
        return bool(substitute(f"${name}", {**self._all, **turn.values}, unknown="vanish").strip())

    def _written(self, element: Element, turn: Record) -> Iterator[str]:
        line = turn.values
        attributes = "".join(self._attribute(name, value, line) for name, value in element.attributes)
        yield f"<{element.tag}{attributes}>"
        if element.tag in VOID:
            return
        block = blocks.IDS.get(element.get("id"))
        if block and element.is_empty:
            inside = self._all.get(block, "")
            yield _TABLE.sub("", inside) if element.tag == "table" else inside
        yield from self._children(element, turn)
        yield f"</{element.tag}>"

    def _attribute(self, name: str, value: str, line: Values) -> str:
        if name == "style":
            value = self.css(value)
        elif "$" in value:
            value = substitute(value, {**self._plain, **line}, unknown="vanish")
        if (name == "src" and not _IMAGE.fullmatch(value)) or (name == "href" and not _LINK.match(value)):
            return ""
        return f' {name}="{escape(value)}"'

    def _tables(self) -> dict[str, str]:
        tasks = [table for table in self._page.tables if table.kind == "task"]
        goods = [table for table in self._page.tables if table.kind != "task"]
        return {
            "product_table": self._own("product", self._texts.product) or blocks.table(self._page, goods),
            "task_table": self._own("task", self._texts.task) or blocks.table(self._page, tasks),
            "tables": blocks.table(self._page, self._page.tables),
        }

    def _own(self, kind: str, tree: Element) -> str:
        """The design's own table, where it has one and there is something to say in it."""
        if not self._page.lines.get(kind) or tree.repeats() != kind:
            return ""
        return mark_safe(self.html(tree))  # noqa: S308 cleaned, values escaped


def _repeated(element: Element, turn: Record) -> str:
    """The list that an element is written once for each of: ``data-each``, or a row that names a line."""
    named = element.get("data-each").removeprefix("$")
    if named or element.tag != "tr":
        return named
    kind = element.repeats()
    return "" if not kind or f"{kind}.item" in turn.values or f"{kind}.service" in turn.values else f"{kind}s"


def said(page: Page) -> dict[str, str]:
    """What a page of any kind says in words of its own."""
    figure = page.figure
    return {
        "entity": page.heading,
        "number": page.number,
        "title": page.title,
        "company.logo": f"asset:{page.logo}" if page.logo else "",
        "status_logo": page.badge.label if page.badge else "",
        "figure": figure.amount if figure else "",
        "figure_label": figure.label if figure else "",
    }
