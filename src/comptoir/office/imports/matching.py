"""The columns of a file and what each may be, as the form shows them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.insight.imports import files, sheets
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import, SavedMapping
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.imports import words
from comptoir.ui.parts import Choice

SAMPLES: Final = 3


def columns(run: Import) -> dict[str, Any]:
    """Headings with their first cells, the choices of every list, and what troubles the reading."""
    head, names, trouble = _read(run)
    width = max((len(row.cells) for row in head), default=0)
    first = head[0].cells if head and run.has_header else []
    samples = head[run.has_header :][:SAMPLES]
    return {
        "trouble": trouble,
        "columns": [
            {
                "name": f"column.{place}",
                "heading": _at(first, place) or _("Column %(n)s") % {"n": _letters(place)},
                "samples": [cell[:80] for row in samples if (cell := _at(row.cells, place))],
            }
            for place in range(width)
        ],
        "sheets": names if len(names) > 1 else [],
        **_choices(run),
    }


def _read(run: Import) -> tuple[list[sheets.Row], list[str], str]:
    """The first rows, the sheets of a workbook, and why there are none."""
    try:
        content = files.read(run)
        names = sheets.sheets(content) if run.type == "xlsx" else []
        return sheets.rows(content, run.type, run.manner, SAMPLES + 1), names, ""
    except Refused as refused:
        return [], [], str(refused.sentence)


def _choices(run: Import) -> dict[str, Any]:
    entity = ENTITIES[run.entity]
    shown = [column for column in entity.columns() if column.shown]
    saved = SavedMapping.objects.filter(entity=run.entity).order_by("name")
    is_text = run.type != "xlsx"
    return {
        "targets": [Choice(each.id, str(each.label), group=str(each.section)) for each in _together(shown)],
        "keys": [(f"by.{key}", title) for key, title in entity.keys.items()],
        "duplicates": words.duplicates(updates=entity.updates),
        "decimals": words.decimals(),
        "orders": words.orders(),
        "encodings": words.encodings() if is_text else [],
        "delimiters": words.delimiters() if is_text else [],
        "saved": [(ids.encode(each.pk), each.name) for each in saved],
    }


def _together(shown: list[Any]) -> list[Any]:
    """Columns of one section stand together, in the order in which sections first come."""
    order = list(dict.fromkeys(str(column.section) for column in shown))
    return sorted(shown, key=lambda column: order.index(str(column.section)))


def _at(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _letters(place: int) -> str:
    """A, B … Z, AA: what a spreadsheet calls it."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
