"""Lists narrowed by the company's own fields: those with few values; a search finds the others (S111)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comptoir.office.desk import Desk
from comptoir.office.lists import ListFilter, Rows
from comptoir.preferences.custom_fields import CustomField, FieldKind, custom_fields
from comptoir.preferences.values import NO, YES


def own_filters(desk: Desk, kind: str = "client") -> list[ListFilter]:
    """One for each switch and each list that the company has named."""
    fields = custom_fields(desk.company.custom_fields, kind)
    return [_filter(field) for field in fields if field.kind in (FieldKind.SWITCH, FieldKind.CHOICE)]


def _filter(field: CustomField) -> ListFilter:
    if field.kind is FieldKind.CHOICE:
        choices = [(option, option) for option in field.options]
        return ListFilter(
            field.name, field.label, choices, lambda rows, value: rows.filter(**{field.name: value})
        )

    def narrow(rows: Rows, value: str) -> Rows:
        return rows.filter(**{f"{field.name}__in": sorted(YES if value == "yes" else NO)})

    return ListFilter(field.name, field.label, [("yes", _("Yes")), ("no", _("No"))], narrow)
