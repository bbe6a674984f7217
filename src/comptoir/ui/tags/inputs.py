"""Inputs. Each is a label, a control, its help and its faults; `box()` says where they come from.

Every tag takes: value, errors, help, hint (end of the label row), required, disabled, full (whole row),
bare (no visible label), id, icon, prefix, suffix; any other argument becomes an attribute of the control.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Any

from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe

from comptoir.ui.boxes import Box, box, choices, chosen, plain
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import sign

Shown = dict[str, Any]


def text_input(context: Any, name: str, label: str = "", type: str = "text", **given: Any) -> Shown:  # noqa: A002
    """One line of text; `type` may be email, tel, url, search…"""
    return _line(box(context, name, label, given), type=type)


def password_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """A password, with a button that shows it; never given back by the server."""
    given.setdefault("autocomplete", "current-password")
    shown = box(context, name, label, given)
    shown.value = None
    return _line(shown, type="password")


def number_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """A number, which may be typed as a sum (`3*12.5`); see ui.arithmetic for reading it back."""
    shown = box(context, name, label, given)
    shown.value = localised(shown.value)
    return _line(shown, type="text", inputmode="decimal", data_calc=True, autocomplete="off")


def money_input(context: Any, name: str, label: str = "", currency: Any = None, **given: Any) -> Shown:
    """An amount; the currency's sign stands at the end."""
    given.setdefault("suffix", sign(currency))
    return number_input(context, name, label, **given)


def date_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """The browser's own date field: it speaks the reader's language."""
    return _line(box(context, name, label, given), type="date")


def range_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """Two dates: `name_from` and `name_to`; `value` is the pair."""
    shown = box(context, name, label, given)
    since, until = shown.value or (None, None)
    return {"box": shown, "from": plain(since), "to": plain(until)}


def textarea_input(context: Any, name: str, label: str = "", rows: int = 3, **given: Any) -> Shown:
    """Several lines; it grows with them."""
    shown = box(context, name, label, given)
    return {"box": shown, "attrs": shown.wire({"rows": rows}), "value": plain(shown.value)}


def select_input(
    context: Any, name: str, label: str = "", options: Iterable[Any] = (), *, empty: str = "", **given: Any
) -> Shown:
    """A short list; options are Choice, (value, label) or words. `empty` adds a first line without value."""
    return _list(box(context, name, label, given), options, empty, {})


def picker_input(
    context: Any,
    name: str,
    label: str = "",
    options: Iterable[Any] = (),
    *,
    url: str = "",
    new_url: str = "",
    new_label: str = "",
    multiple: bool = False,
    empty: str = "",
    **given: Any,
) -> Shown:
    """A long list, searched as one types: at `url` (JSON list of {value, label, hint}) or in `options`.

    `new_url` adds “New …” at the end: it opens that fragment as a dialog with `?q=` what was typed; the
    answer picks itself by the event `picked` {name, value, label}. Plain <select> without JavaScript.
    """
    wiring = {"x_data": "picker", "data_url": url, "data_new_url": new_url, "data_new_label": new_label}
    shown = _list(box(context, name, label, given), options, "" if multiple else empty or " ", wiring)
    return shown | {"multiple": multiple}


def toggle_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """On or off; “off” is sent too, as an empty value."""
    return _tick(box(context, name, label, given), "toggle toggle-sm", {"role": "switch"})


def checkbox_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """Ticked or not; “not” is sent too, as an empty value."""
    return _tick(box(context, name, label, given), "checkbox checkbox-sm", {})


def radio_input(context: Any, name: str, label: str = "", options: Iterable[Any] = (), **given: Any) -> Shown:
    """A few options, all in sight."""
    shown = box(context, name, label, given)
    attrs = shown.wire({"id": ""})
    return {"box": shown, "options": choices(options), "selected": chosen(shown.value), "attrs": attrs}


def drop_input(context: Any, name: str, label: str = "", **given: Any) -> Shown:
    """Files: dropped, pasted or chosen. `accept` and `multiple` are attributes as in HTML."""
    shown = box(context, name, label, given)
    return {"box": shown, "attrs": shown.wire({"type": "file"})}


def localised(value: Any) -> Any:
    """A number with the decimal sign of the reader's language, not grouped."""
    if isinstance(value, str):
        return value
    return plain(value).replace(".", str(get_format("DECIMAL_SEPARATOR")))


def _line(shown: Box, **kind: Any) -> Shown:
    attrs: SafeString = shown.wire(kind | {"value": plain(shown.value)})
    return {"box": shown, "attrs": attrs, "secret": kind["type"] == "password"}


def _list(shown: Box, options: Iterable[Any], empty: str, wiring: dict[str, Any]) -> Shown:
    attrs = shown.wire(wiring)
    drawn = _options(choices(options), chosen(shown.value))
    return {"box": shown, "options": drawn, "empty": empty, "attrs": attrs}


def _options(all_: Iterable[Choice], selected: set[str]) -> SafeString:
    """Put together in Python: there are five hundred countries on one form."""
    parts: list[str] = []
    for title, members in groupby(all_, key=lambda one: one.group):
        parts += [f'<optgroup label="{escape(title)}">'] if title else []
        parts += [_option(one, one.value in selected) for one in members]
        parts += ["</optgroup>"] if title else []
    return mark_safe("".join(parts))  # noqa: S308 - every value is escaped


def _option(one: Choice, selected: bool) -> str:
    hint = f' data-hint="{escape(one.hint)}"' if one.hint else ""
    mark = " selected" if selected else ""
    return f'<option value="{escape(one.value)}"{hint}{mark}>{escape(one.label)}</option>'


def _tick(shown: Box, css: str, kind: dict[str, Any]) -> Shown:
    ticked = bool(shown.value) and plain(shown.value) not in {"0", "false", "False"}
    attrs = shown.wire({"type": "checkbox", "class": css, "value": "1", "checked": ticked} | kind)
    return {"box": shown, "attrs": attrs}
