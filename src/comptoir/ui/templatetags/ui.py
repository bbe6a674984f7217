"""Everything that `{% load ui %}` brings, on one page."""

from __future__ import annotations

from django import template

from comptoir.ui import plots, toasts
from comptoir.ui.tags import blocks, bound, buttons, editors, figures, icons, inputs, lists, marks, menus

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(buttons.button)
register.simple_tag(marks.badge)
register.simple_tag(marks.avatar)
register.simple_tag(menus.menu_item)
register.simple_tag(plots.sparkline)
register.simple_tag(plots.bars)

for _filter in (figures.money, figures.number, figures.percent, figures.day, figures.moment, marks.bdi):
    register.filter(_filter.__name__, _filter)

for _block in (blocks.panel, blocks.dialog, blocks.dropdown, blocks.section, blocks.nothing, blocks.notice):
    register.simple_block_tag(_block)

for _tag, _drawn in (
    (inputs.text_input, "line"),
    (inputs.password_input, "line"),
    (inputs.number_input, "line"),
    (inputs.money_input, "line"),
    (inputs.date_input, "line"),
    (inputs.range_input, "range"),
    (inputs.textarea_input, "textarea"),
    (inputs.select_input, "select"),
    (inputs.picker_input, "select"),
    (inputs.toggle_input, "tick"),
    (inputs.checkbox_input, "tick"),
    (inputs.radio_input, "radio"),
    (inputs.drop_input, "drop"),
):
    register.inclusion_tag(f"ui/inputs/{_drawn}.html", takes_context=True)(_tag)
register.inclusion_tag("ui/inputs/bound_field.html", takes_context=True)(bound.field)

for _tag, _drawn in (
    (menus.kebab, "kebab"),
    (menus.tabs, "tabs"),
    (lists.stats, "stats"),
    (lists.tiles, "tiles"),
    (lists.facts, "facts"),
    (lists.crumbs, "crumbs"),
    (editors.line_table, "lines/table"),
    (editors.preview, "preview"),
    (editors.found, "found"),
    (editors.progress, "progress"),
    (editors.skeleton, "skeleton"),
    (toasts.toast, "toast"),
):
    register.inclusion_tag(f"ui/{_drawn}.html")(_tag)

for _tag, _drawn in (
    (lists.listing, "list/listing"),
    (lists.table, "list/alone"),
    (editors.confirm, "confirm"),
    (editors.faults, "faults"),
):
    register.inclusion_tag(f"ui/{_drawn}.html", takes_context=True)(_tag)
