"""When nothing can be exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused, WrongState

from .declaring import Column, Sheet
from .models import Export
from .sheets import SHEETS

MOST: Final = 200_000
"""Records in one file; whoever needs more narrows the list."""
TYPES: Final = ("csv", "xlsx", "json")


def sheet_of(key: str) -> Sheet:
    """Raises Refused at ``report_name``."""
    if key not in SHEETS:
        raise Refused("report_name", _("There is no such report."))
    return SHEETS[key]


def refuse_not_failed(export: Export) -> None:
    if not export.has_failed:
        raise WrongState(_("This file is made already, or on its way."))


def refuse_no_columns(columns: Sequence[Column]) -> None:
    if not columns:
        raise Refused("report_keys", _("Choose at least one column."))


def refuse_too_many(count: int) -> None:
    if count > MOST:
        raise Refused(
            "date_range",
            _("More than %(most)s records: choose a shorter period or narrow the list.") % {"most": MOST},
        )
