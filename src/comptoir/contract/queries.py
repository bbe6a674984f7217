"""The query string, read so that nothing in it can hurt."""

from __future__ import annotations

from typing import Self
from urllib.parse import parse_qsl, urlencode


class Query(dict[str, str]):
    """The last value of each name; ``name[]`` repeated becomes a comma list under ``name``."""

    @classmethod
    def read(cls, text: str) -> Self:
        if not text.isascii():  # WSGI hands bytes over as latin-1
            text = text.encode("latin-1", "replace").decode("utf-8", "replace")
        query = cls()
        for name, value in parse_qsl(text, keep_blank_values=True):
            clean = value.replace("\0", "")
            if not name.endswith("[]"):
                query[name] = clean
            elif (bare := name[:-2]) in query:
                query[bare] += "," + clean
            else:
                query[bare] = clean
        return query

    def with_page(self, page: int) -> str:
        """The same question for another page."""
        return urlencode({**self, "page": page})
