"""Tags in the list of a kind of records: the chips of each row, a filter, an action for the ticked ones."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.kernel import ids
from comptoir.office.lists import ListColumn, ListFilter, Rows
from comptoir.tagging.queries import Worn, known, tags_on, with_any
from comptoir.ui import cells
from comptoir.ui.parts import Action

Ready = Callable[[list[Any]], None]


class Tags:
    """The tags of one kind, asked for once a page; nothing is asked of rows while there are none."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.known = known(kind)

    def columns(self, *, shown: bool = True) -> list[ListColumn]:
        """The chips of a row; of its own accord only for who uses tags, and where nothing else shows them."""
        return [
            ListColumn(
                "tags",
                _("Tags"),
                chips,
                phone="sub",
                shown=shown and bool(self.known),
                plain=lambda row: ", ".join(tag.name for tag in _worn(row)),
            )
        ]

    def filters(self) -> list[ListFilter]:
        """Records that bear one tag."""
        choices = [(ids.encode(tag.pk), tag.name) for tag in self.known]
        return [ListFilter("tag", _("Tag"), choices, self._narrow, label_of=lambda _value: _("Unknown tag"))]

    def bulk(self) -> list[Action]:
        """What is done to the ticked rows, those whose ``can`` says “tag”."""
        return [Action(_("Tag…"), reverse("office:tag-many", args=[self.kind]), "tag", "dialog", key="tag")]

    def ready(self, first: Ready = lambda rows: None) -> Ready:
        """Gives each row its tags, in one question, after what else it wants."""

        def prepare(rows: list[Any]) -> None:
            first(rows)
            worn = tags_on(self.kind, [row.pk for row in rows]) if self.known else {}
            for row in rows:
                vars(row)["tags_worn"] = worn.get(row.pk, ())

        return prepare

    def _narrow(self, rows: Rows, value: str) -> Rows:
        return with_any(rows, self.kind, [ids.decode(value) or 0])


def chips(row: Any) -> Any:
    """The tags of a row that was made ready, in their colours."""
    return cells.tags((tag.name, tag.css) for tag in _worn(row))


def _worn(row: Any) -> Collection[Worn]:
    found: Collection[Worn] = vars(row).get("tags_worn", ())
    return found
