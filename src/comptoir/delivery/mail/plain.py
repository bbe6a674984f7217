"""The text part of a mail, from its HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = {"p", "div", "table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINES: Final = {"tr", "li", "br", "hr"}
_CELLS: Final = {"td", "th"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _CELLS:
            self.parts.append(" ")
        elif tag == "a" and self.links:
            self._close_link(*self.links.pop())

    def _close_link(self, target: str, start: int) -> None:
        words = "".join(self.parts[start:]).strip()
        if target and target.removeprefix("mailto:").removeprefix("tel:") != words:
            self.parts.append(f" <{target}>" if words else target)

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))


def plain_text(html: str) -> str:
    """What a reader without HTML sees: paragraphs, list dashes, links written out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
