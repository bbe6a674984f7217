"""Reading what Stripe answers: its objects are no mappings, and leave out what they have not."""

from __future__ import annotations

from typing import Any


def get(row: Any, name: str) -> Any:
    """A value by name; None for what is not there, or of a row that was not fetched."""
    if row is None or isinstance(row, str):
        return None
    try:
        return row[name]
    except KeyError:
        return None
