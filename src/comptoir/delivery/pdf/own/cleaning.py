"""HTML that people wrote, as a tree of what may stand on paper: nothing that runs, nothing to be fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import nh3

TAGS: Final = {
    "a", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "main", "nav", "ol", "p", "pre", "s",
    "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "u", "ul", "wbr",
}  # fmt: skip
DROPPED: Final = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "title",
}
ATTRIBUTES: Final = {
    "*": {"id", "class", "style", "dir", "lang", "title", "align", "valign", "width", "height", "hidden"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan", "bgcolor"},
    "th": {"colspan", "rowspan", "bgcolor", "scope"},
    "table": {"border", "cellpadding", "cellspacing", "bgcolor"},
    "tr": {"bgcolor"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
}
VOID: Final = {"br", "col", "hr", "img", "wbr"}

_LINE_NAMES: Final = re.compile(r"\$(product|task)\.(?!\w*_label\b)")


@dataclass
class Element:
    """A tag with what stands in it; texts among ``children`` keep their entities."""

    tag: str
    attributes: list[tuple[str, str]] = field(default_factory=list)
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return next((value for key, value in self.attributes if key == name), "")

    def repeats(self) -> str:
        """ "product" or "task" for what is written once for each line."""
        found = _LINE_NAMES.search(self.text())
        return found[1] if found else ""

    def text(self) -> str:
        """Everything that is written in it."""
        values = (value for _name, value in self.attributes)
        return " ".join((*values, *(one if isinstance(one, str) else one.text() for one in self.children)))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it but space."""
        return not any(not isinstance(one, str) or one.strip() for one in self.children)


def read(html: str) -> Element:
    """The tree of a text, cleaned."""
    reader = _Reader()
    reader.feed(cleaned(html))
    reader.close()
    return reader.root


def cleaned(html: str) -> str:
    """The HTML with well-formed tags, without anything that could run or be fetched."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        generic_attribute_prefixes={"data-"},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "data", "asset"},
    )


class _Reader(HTMLParser):
    """Builds the tree of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, [(name, value or "") for name, value in attrs])
        self._open[-1].children.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self._open[-1].children.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._open[-1].children.append(f"&#{name};")
