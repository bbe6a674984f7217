"""Lists, strips of figures, tiles, facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comptoir.ui.lists import Listing, Table
from comptoir.ui.parts import Crumb, Detail, Stat, Tile

Shown = dict[str, Any]


def listing(context: Any, list: Listing, id: str = "results") -> Shown:  # noqa: A002
    """Search, filters, table, bulk bar and paging of a list page."""
    return {"list": list, "table": list.table, "id": id, "csrf_token": context.get("csrf_token")}


def table(context: Any, table: Table, id: str = "table") -> Shown:  # noqa: A002
    """A table alone, inside a panel."""
    return {"table": table, "id": id, "csrf_token": context.get("csrf_token")}


def stats(stats: Sequence[Stat]) -> Shown:
    """A strip of joined figures."""
    return {"stats": stats}


def tiles(tiles: Sequence[Tile]) -> Shown:
    """The tiles of a record: click lists, the icon or a long press creates."""
    return {"tiles": tiles}


def facts(details: Sequence[Detail]) -> Shown:
    """Labels and values, some with a copy button; those without a value are left out."""
    return {"details": [detail for detail in details if detail.value not in ("", None)]}


def crumbs(crumbs: Sequence[Crumb]) -> Shown:
    """The way here."""
    return {"crumbs": crumbs}
