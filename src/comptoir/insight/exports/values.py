"""How columns of records become cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from comptoir.preferences.custom_fields import FieldKind, custom_fields
from comptoir.preferences.values import truth
from comptoir.reference import currency, name_in
from comptoir.tenancy.scope import current_company

from .declaring import Column

Value = Callable[[Any], Any]


def attribute(name: str) -> Value:
    """The column itself; yes and no in words."""
    return partial(_attribute, name)


def _attribute(name: str, record: Any) -> Any:
    found = getattr(record, name)
    return yes(found) if isinstance(found, bool) else found


def yes(value: bool) -> str:
    return _("Yes") if value else _("No")


def named(row: Any) -> str:
    """The name of a row of an id table, in the language in force."""
    return name_in(row, get_language() or "en") if row else ""


def code(record: Any) -> str:
    """The code of the currency of a record."""
    return getattr(currency(record.currency_id), "code", "")


def person(name: str) -> Value:
    """The name of a member of staff, or the e-mail of one without."""

    def value(record: Any) -> str:
        found = getattr(record, name)
        return (found.name.strip() or found.email) if found else ""

    return value


def customs(kind: str, of: str, label: Any, section: Any, *, prefix: str = "") -> Iterable[Column]:
    """The four custom fields; the company names and types those that it uses.

    ``kind`` is the company's word for whose they are ("invoice"), ``of`` the record's in the row.
    """
    fields = {field.place: field for field in custom_fields(current_company().custom_fields, kind)}
    for place in range(1, 5):
        field = fields.get(place)
        name = f"custom_value{place}"
        yield Column(
            f"{prefix or of}.{name}",
            field.label if field else format_lazy("{label} {n}", label=label, n=place),
            of,
            switch(name) if field and field.kind is FieldKind.SWITCH else attribute(name),
            section,
            shown=field is not None,
        )


def switch(name: str) -> Value:
    """A custom field that is yes or no, in words: that is what an import reads."""

    def value(record: Any) -> str:
        found = str(getattr(record, name) or "")
        try:
            return yes(truth(found)) if found else ""
        except ValueError:
            return found

    return value


FIGURES = gettext_lazy("Figures")
