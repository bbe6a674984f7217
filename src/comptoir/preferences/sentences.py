"""What is wrong with a setting, in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .catalogue import Kind, Setting

_TYPES: Final = {
    Kind.FLAG: pgettext_lazy("type", "boolean"),
    Kind.WHOLE: pgettext_lazy("type", "integer"),
    Kind.COUNTER: pgettext_lazy("type", "integer"),
    Kind.REFERENCE: pgettext_lazy("type", "integer"),
    Kind.NUMBER: pgettext_lazy("type", "number"),
    Kind.DAYS: pgettext_lazy("type", "number of days"),
    Kind.DAY: pgettext_lazy("type", "date"),
    Kind.TABLE: pgettext_lazy("type", "object"),
}


def not_valid(setting: Setting) -> Any:
    """The wire's sentence: "payment_terms is not a valid integer"."""
    return format_lazy(
        _("{key} is not a valid {type}"),
        key=setting.key,
        type=_TYPES.get(setting.kind, pgettext_lazy("type", "string")),
    )
