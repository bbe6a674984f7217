"""Lists out of declarations: what every list page has (docs/interface.md)."""

from comptoir.office.lists.columns import SHELVES, ListColumn, ListFilter, Rows
from comptoir.office.lists.pages import ListPage

__all__ = ["SHELVES", "ListColumn", "ListFilter", "ListPage", "Rows"]
