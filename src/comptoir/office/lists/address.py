"""What the address of a list says: search, shelf, filters, sorting, page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

SIZES = (20, 50, 100)
_OWN = ("q", "shelf", "sort", "size", "page")


@dataclass(frozen=True)
class Address:
    """The state of a list, which lives in its address so that a view can be bookmarked."""

    url: str
    state: Mapping[str, str]

    @classmethod
    def read(cls, url: str, asked: Mapping[str, str], filters: Iterable[str]) -> Address:
        known = {*_OWN, *filters}
        return cls(url, {key: value for key, value in asked.items() if key in known and value})

    def __getitem__(self, key: str) -> str:
        return self.state.get(key, "")

    @property
    def size(self) -> int:
        return _number(self["size"], SIZES[0], most=SIZES[-1])

    @property
    def page(self) -> int:
        return _number(self["page"], 1, most=1_000_000)

    @property
    def sort(self) -> tuple[str, bool]:
        """The key of the column, and whether it goes down."""
        key, _bar, way = self["sort"].partition("|")
        return key, way == "desc"

    @property
    def query(self) -> str:
        """What a saved view keeps: everything but the page."""
        return urlencode({key: value for key, value in self.state.items() if key != "page"})

    def but(self, **changes: str) -> str:
        """The same list, changed; it starts at its first page unless ``page`` is said."""
        wanted = {key: value for key, value in self.state.items() if key != "page"} | changes
        query = urlencode({key: value for key, value in wanted.items() if value})
        return f"{self.url}?{query}" if query else self.url


def _number(text: str, otherwise: int, *, most: int) -> int:
    fits = text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) > 0
    return min(int(text), most) if fits else otherwise
