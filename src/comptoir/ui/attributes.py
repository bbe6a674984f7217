"""HTML attributes from the keyword arguments of a tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_PREFIXES = {"x_on_": "x-on:", "x_bind_": "x-bind:"}


def attributes(given: Mapping[str, Any]) -> SafeString:
    """` name="value"` for each: True stands alone, None, False and "" are left out.

    Underscores become dashes (`hx_post`, `aria_label`, `data_id`); `x_on_click` is Alpine's `x-on:click`.
    """
    return mark_safe("".join(_pair(name, value) for name, value in given.items()))  # noqa: S308


def _pair(name: str, value: Any) -> str:
    if value is None or value is False or value == "":
        return ""
    spelt = _spelt(name)
    return f" {spelt}" if value is True else f' {spelt}="{conditional_escape(value)}"'


def _spelt(name: str) -> str:
    for prefix, spelling in _PREFIXES.items():
        if name.startswith(prefix):
            return spelling + name.removeprefix(prefix).replace("_", "-")
    return name.strip("_").replace("_", "-")
