"""Filters above something that is no list of records: a ledger, a stream of activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comptoir.office.desk import Desk
from comptoir.office.lists.address import Address
from comptoir.office.lists.columns import ListFilter, Rows
from comptoir.office.lists.drawing import chips, filters
from comptoir.office.lists.exports import KINDS
from comptoir.ui.parts import Action


@dataclass(frozen=True)
class Bar:
    """The filters of a page, read from its address. ``kind`` is the file that is asked for, if any."""

    desk: Desk
    filters: Sequence[ListFilter]

    @property
    def asked(self) -> Address:
        request = self.desk.request
        return Address.read(request.path, request.GET.dict(), (each.key for each in self.filters))

    @property
    def kind(self) -> str:
        asked = self.desk.request.GET.get("export", "")
        return asked if asked in KINDS else ""

    def narrowed(self, rows: Rows) -> Rows:
        """The rows that the filters leave."""
        for each in self.filters:
            if value := self.asked[each.key]:
                rows = each.narrow(rows, value)
        return rows

    def drawn(self) -> dict[str, Any]:
        """What ``lists/bar.html`` shows."""
        asked = self.asked
        return {
            "filters": filters(self.filters, asked),
            "chips": chips(self.filters, asked),
            "exports": [
                Action("CSV", asked.but(export="csv"), "file-text"),
                Action("XLSX", asked.but(export="xlsx"), "table"),
            ],
        }
