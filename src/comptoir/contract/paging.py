"""Pages of a list and the figures beside them (contract rules 2, decisions T11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

from comptoir.contract.queries import Query

USUAL, MOST, ODD = 20, 5000, 15
"""Rows a page: when nothing is asked, at most, and for 0 or what is no number."""

_FARTHEST: Final = 10**9


@dataclass(frozen=True)
class Page:
    """Which part of a list: the page's number from 1, and its size."""

    number: int = 1
    size: int = USUAL

    @classmethod
    def asked(cls, query: Query) -> Self:
        size = query.get("per_page") or str(USUAL)
        rows = int(size) if size.isascii() and size.isdigit() and len(size) < 10 else 0
        number = query.get("page", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
        return cls(max(page, 1), min(rows, MOST) or ODD)

    @property
    def start(self) -> int:
        return min((self.number - 1) * self.size, _FARTHEST * 10)

    @property
    def stop(self) -> int:
        return self.start + self.size

    def figures(self, query: Query, path: str, count: int, total: int) -> dict[str, Any]:
        """The ``pagination`` object; links keep the rest of the question."""
        pages = max(-(-total // self.size), 1)
        links = {}
        if self.number > 1:
            links["previous"] = f"{path}?{query.with_page(self.number - 1)}"
        if self.number < pages:
            links["next"] = f"{path}?{query.with_page(self.number + 1)}"
        return {
            "total": total,
            "count": count,
            "per_page": self.size,
            "current_page": self.number,
            "total_pages": pages,
            "links": links,
        }
