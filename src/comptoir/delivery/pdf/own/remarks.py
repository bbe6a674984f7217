"""What a design asks for in vain: said to the person who writes it, never a reason not to print."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from django.utils.translation import gettext as _

from comptoir.delivery.pdf.labels import OWNERS, WORDS
from comptoir.delivery.pdf.lines import EVERY
from comptoir.delivery.pdf.own import blocks
from comptoir.delivery.pdf.own.cleaning import DROPPED, TAGS, VOID
from comptoir.delivery.pdf.own.filling import LINES
from comptoir.delivery.placeholders import substitute

LEFT_OPEN: Final = {
    "p",
    "li",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "dt",
    "dd",
    "colgroup",
    "html",
    "body",
}
"""Elements that HTML closes by itself."""

TINTS: Final = frozenset((
    "primary_color", "secondary_color", "font_name", "secondary_font_name", "font_size", "company_logo_size",
    "page_size", "page_layout", "dir", "dir_text_align", "global_margin", "global_padding",
))  # fmt: skip
SAID: Final = ("entity", "number", "title", "company.logo", "status_logo", "figure", "figure_label")

_ADDRESS: Final = re.compile(
    r"@import|url\s*\(\s*['\"]?(?!data:|asset:)|src\s*=\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE
)
_EACH: Final = re.compile(r"""data-each\s*=\s*["']?\$?(\w+)""")
_NAME: Final = re.compile(r"\$([^\W\d_][\w.]*)")


@dataclass(frozen=True)
class Remark:
    """``line`` counts from 1 in the text of the part."""

    part: str
    line: int
    sentence: str


def remarks(
    parts: Mapping[str, str], *, names: Collection[str] = (), lists: Collection[str] = LINES
) -> list[Remark]:
    """In the order of the text. ``names`` are known beside those of all designs; ``lists`` may repeat."""
    known = {**_known(), **dict.fromkeys(names, "·")}
    found = (remark for part, text in parts.items() for remark in _of(part, text, known, lists))
    return list(dict.fromkeys(found))


def _of(part: str, text: str, known: Mapping[str, str], lists: Collection[str]) -> Iterator[Remark]:
    yield from _unknown(part, text, known)
    for found in _EACH.finditer(text):
        if found[1] not in lists:
            sentence = _("“%(name)s” is no list that can be repeated.") % {"name": found[1]}
            yield Remark(part, _line(text, found.start()), sentence)
    for found in _ADDRESS.finditer(text):
        yield Remark(
            part,
            _line(text, found.start()),
            _("Nothing is fetched from the net; put pictures in as data: addresses or use $company_logo."),
        )
    reader = _Tags()
    reader.feed(text)
    reader.close()
    for line, sentence in (*reader.said, *reader.unclosed()):
        yield Remark(part, line, sentence)


def _unknown(part: str, text: str, known: Mapping[str, str]) -> Iterator[Remark]:
    for found in _NAME.finditer(text):
        if substitute(found[0], known, unknown="stay") == found[0]:
            sentence = _("“%(name)s” is no name that a document fills in.") % {"name": found[0].rstrip(".")}
            yield Remark(part, _line(text, found.start()), sentence)


def _known() -> dict[str, str]:
    names = [*blocks.NAMES, *TINTS, *SAID]
    names += [f"{owner}{word}_label" for owner in OWNERS for word in WORDS]
    names += [f"{kind}.{column}" for kind in ("product", "task") for column in EVERY]
    return dict.fromkeys(names, "·")


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _Tags(HTMLParser):
    """Notes what is opened and never closed, and what is taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[int, str]] = []
        self._open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag in DROPPED - {"style"}:
            self.said.append((line, _("<%(tag)s> does nothing on paper and is taken out.") % {"tag": tag}))
        elif tag not in TAGS | {"style", "html", "head", "body"}:
            self.said.append((line, _("<%(tag)s> is left out; what stands in it is printed.") % {"tag": tag}))
        if tag not in VOID | LEFT_OPEN | {"meta", "link", "input", "base"}:
            self._open.append((tag, line))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID | LEFT_OPEN:
            return
        places = [place for place, (name, _line) in enumerate(self._open) if name == tag]
        if places:
            del self._open[places[-1]]
        else:
            sentence = _("</%(tag)s> closes nothing.") % {"tag": tag}
            self.said.append((self.getpos()[0], sentence))

    def unclosed(self) -> Iterator[tuple[int, str]]:
        for tag, line in self._open:
            yield line, _("<%(tag)s> is opened here and never closed.") % {"tag": tag}
