"""The company's own fields on the pages of a record: inputs, details, columns and filters (S111 to S114)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from comptoir.office.desk import Desk
from comptoir.office.lists import ListColumn, ListFilter, Rows
from comptoir.preferences.custom_fields import PLACES, CustomField, FieldKind, custom_fields
from comptoir.preferences.values import NO, YES
from comptoir.ui.parts import Detail

NAMES: Final = tuple(f"custom_value{place}" for place in PLACES)


def inputs(desk: Desk, kind: str) -> dict[str, Any]:
    """What ``office/custom.html`` draws: the fields that the company has named."""
    fields = custom_fields(desk.company.custom_fields, kind)
    return {"custom": fields, "yes_no": [("yes", _("Yes")), ("no", _("No"))]}


def values(row: models.Model) -> dict[str, str]:
    """What a record holds, for its form."""
    return {name: getattr(row, name) for name in NAMES}


def read(sent: Mapping[str, str]) -> dict[str, str]:
    """What the form said; a field that it did not show keeps its value."""
    return {name: sent[name].strip() for name in NAMES if name in sent}


def details(desk: Desk, kind: str, row: models.Model) -> list[Detail]:
    """The values as one reads them, without empty ones."""
    fields = custom_fields(desk.company.custom_fields, kind)
    found = [Detail(field.label, field.display(getattr(row, field.name), desk.locale)) for field in fields]
    return [detail for detail in found if detail.value]


def columns(desk: Desk, kind: str) -> list[ListColumn]:
    """One for each named field; each member chooses."""
    return [_column(field, desk.locale) for field in custom_fields(desk.company.custom_fields, kind)]


def _column(field: CustomField, spoken: str) -> ListColumn:
    def shown(row: Any) -> str:
        return field.display(getattr(row, field.name), spoken)

    return ListColumn(field.name, field.label, shown, quiet=True, shown=False)


def filters(desk: Desk, kind: str) -> list[ListFilter]:
    """One for each switch and each list; a search finds what is written in the others."""
    fields = custom_fields(desk.company.custom_fields, kind)
    return [_filter(field) for field in fields if field.kind in (FieldKind.SWITCH, FieldKind.CHOICE)]


def _holding(name: str, rows: Rows, *values: str) -> Rows:
    """Rows with one of these values, which are none of them empty."""
    return rows.filter(**{f"{name}__in": values}).exclude(**{name: ""})


def _filter(field: CustomField) -> ListFilter:
    if field.kind is FieldKind.CHOICE:
        choices = [(option, option) for option in field.options]
        return ListFilter(field.name, field.label, choices, partial(_holding, field.name))

    def narrow(rows: Rows, value: str) -> Rows:
        return _holding(field.name, rows, *sorted(YES if value == "yes" else NO))

    return ListFilter(field.name, field.label, [("yes", _("Yes")), ("no", _("No"))], narrow)
