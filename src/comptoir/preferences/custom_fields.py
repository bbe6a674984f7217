"""Custom fields: up to four of a record, named and typed by the company (guide, S111 to S115)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.kernel import formats

from .values import truth

PLACES: Final = (1, 2, 3, 4)
_SHARED: Final = dict.fromkeys(("quote", "credit", "recurring_invoice", "purchase_order"), "invoice")
_SAME_AS: Final = {**_SHARED, "recurring_expense": "expense"}


class FieldKind(StrEnum):
    LINE = "single_line_text"
    TEXT = "multi_line_text"
    SWITCH = "switch"
    DATE = "date"
    CHOICE = "dropdown"


@dataclass(frozen=True, slots=True)
class CustomField:
    """One named field. ``name`` is the column of the record, ``key`` the company's: client1."""

    key: str
    place: int
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"custom_value{self.place}"

    def display(self, value: str, locale: str, date_pattern: str | None = None) -> str:
        """The value as a reader sees it: Yes or No, a date in their form, else the text itself."""
        if not value:
            return ""
        if self.kind is FieldKind.SWITCH:
            return _switched(value, locale)
        if self.kind is FieldKind.DATE:
            return _dated(value, locale, date_pattern)
        return value


def custom_fields(definitions: Mapping[str, Any], kind: str) -> tuple[CustomField, ...]:
    """The named fields of a kind of record ("client", "contact", "invoice" …), from the company's map.

    Quotes, credits and the like share the invoices'. A field without a label is off: it is nowhere.
    """
    kind = _SAME_AS.get(kind, kind)
    found = (_field(f"{kind}{place}", place, definitions) for place in PLACES)
    return tuple(field for field in found if field is not None)


def label(definitions: Mapping[str, Any], kind: str, place: int) -> str:
    """The name of one field, "" when it is off."""
    named = _field(f"{_SAME_AS.get(kind, kind)}{place}", place, definitions)
    return named.label if named else ""


def _field(key: str, place: int, definitions: Mapping[str, Any]) -> CustomField | None:
    """Read "Label|type" or "Label|a,b,c"; a bare label is a line of text."""
    name, _separator, form = str(definitions.get(key) or "").partition("|")
    name = name.strip()
    if not name:
        return None
    if form in {"", *(kind for kind in FieldKind if kind is not FieldKind.CHOICE)}:
        return CustomField(key, place, name, FieldKind(form or FieldKind.LINE))
    options = tuple(option.strip() for option in form.split(",") if option.strip())
    return CustomField(key, place, name, FieldKind.CHOICE, options)


def _switched(value: str, locale: str) -> str:
    try:
        on = truth(value)
    except ValueError:
        return value  # it was a text before its type was changed
    with translation.override(locale):
        return _("Yes") if on else _("No")


def _dated(value: str, locale: str, pattern: str | None) -> str:
    try:
        return formats.day(date.fromisoformat(value[:10]), locale, pattern)
    except ValueError:
        return value
