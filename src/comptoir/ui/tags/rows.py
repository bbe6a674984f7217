"""The rows of a table, put together in Python: a page of a hundred has some three thousand pieces."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comptoir.ui.attributes import attributes
from comptoir.ui.lists import Row, Table
from comptoir.ui.tags.icons import icon


def table_rows(table: Table) -> SafeString:
    """`<tr>` for each row: its box, its cells, its kebab."""
    css = [column.css for column in table.columns]
    select, act = _("Select %(name)s"), _("Actions on %(name)s")
    parts: list[str] = []
    for row in table.rows:
        parts.append(f"<tr{_about(row)}>")
        if table.bulk:
            parts.append(_box(row, select % {"name": row.label}))
        parts.extend(_cells(css, row))
        if table.actions:
            parts.append(_kebab(row, act % {"name": row.label}))
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308


def _about(row: Row) -> SafeString:
    """What the page's script knows of the row: what it opens and what it allows."""
    return attributes(
        {"data_url": row.url, "data_edit": row.edit_url, "data_id": row.id, "data_can": row.can},
    )


def _cells(css: list[str], row: Row) -> Iterator[str]:
    for places, cell in zip(css, row.cells, strict=True):
        yield f'<td class="{places}">{conditional_escape(cell)}</td>'


def _box(row: Row, label: str) -> str:
    return (
        '<td class="narrow phone-off"><input class="checkbox checkbox-xs" type="checkbox" name="ids"'
        f' value="{escape(row.id)}" form="bulk" aria-label="{escape(label)}"></td>'
    )


def _kebab(row: Row, label: str) -> str:
    return (
        '<td class="narrow phone-off print-off"><a class="btn btn-square btn-quiet btn-xs"'
        f' href="{escape(row.url)}" role="button" data-row-menu'
        f' aria-haspopup="menu" aria-label="{escape(label)}">'
        f"{icon('dots-vertical', 17)}</a></td>"
    )
