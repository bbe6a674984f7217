"""Everything that `{% load ui %}` brings, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template

from comptoir.ui import once, plots, toasts
from comptoir.ui.tags import (
    blocks,
    bound,
    buttons,
    editors,
    figures,
    icons,
    inputs,
    lists,
    marks,
    menus,
    rows,
)

register = template.Library()


def _drawn(function: Callable[..., dict[str, Any]], name: str, *, context: bool = False) -> None:
    register.inclusion_tag(f"ui/{name}.html", takes_context=context)(function)


register.simple_tag(icons.icon)
register.simple_tag(buttons.button)
register.simple_tag(marks.badge)
register.simple_tag(marks.avatar)
register.simple_tag(menus.menu_item)
register.simple_tag(rows.table_rows)
register.simple_tag(plots.sparkline)
register.simple_tag(plots.bars)
register.simple_tag(once.once, takes_context=True)
register.simple_tag(once.once_each)

for _filter in (figures.money, figures.number, figures.percent, figures.day, figures.moment, marks.bdi):
    register.filter(_filter.__name__, _filter)

for _block in (blocks.panel, blocks.dialog, blocks.dropdown, blocks.section, blocks.nothing, blocks.notice):
    register.simple_block_tag(_block)

for _line in (
    inputs.text_input,
    inputs.password_input,
    inputs.number_input,
    inputs.money_input,
    inputs.date_input,
):
    _drawn(_line, "inputs/line", context=True)
_drawn(inputs.range_input, "inputs/range", context=True)
_drawn(inputs.textarea_input, "inputs/textarea", context=True)
_drawn(inputs.select_input, "inputs/select", context=True)
_drawn(inputs.picker_input, "inputs/select", context=True)
_drawn(inputs.toggle_input, "inputs/tick", context=True)
_drawn(inputs.checkbox_input, "inputs/tick", context=True)
_drawn(inputs.radio_input, "inputs/radio", context=True)
_drawn(inputs.drop_input, "inputs/drop", context=True)
_drawn(bound.field, "inputs/bound_field")

_drawn(menus.kebab, "kebab")
_drawn(menus.tabs, "tabs")
_drawn(lists.stats, "stats")
_drawn(lists.tiles, "tiles")
_drawn(lists.facts, "facts")
_drawn(lists.crumbs, "crumbs")
_drawn(lists.listing, "list/listing", context=True)
_drawn(lists.table, "list/alone", context=True)
_drawn(editors.line_table, "lines/table")
_drawn(editors.preview, "preview")
_drawn(editors.found, "found")
_drawn(editors.progress, "progress")
_drawn(editors.skeleton, "skeleton")
_drawn(editors.confirm, "confirm", context=True)
_drawn(editors.faults, "faults", context=True)
_drawn(toasts.toast, "toast")
