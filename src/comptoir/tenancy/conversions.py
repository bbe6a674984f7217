"""Values between Python and the driver, for the kinds of column that the house has.

Django's own way asks the field, the connection and the backend for each value; where the outcome is the
same, these functions are ten times faster. What they do not know goes Django's way.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections, models

from comptoir.kernel.money import from_micros, to_micros

from .columns import MicroField

Convert = Callable[[Any], Any]
"""Never called with None."""

_TYPED: Final = (models.DateField, models.BooleanField)
_AS_THEY_ARE: Final = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.ForeignKey,
)


def selected(field: models.Field[Any, Any], vendor: str, table: str = "") -> str:
    """The column as a SELECT names it. On SQLite a plus hides the type, which Django parses slowly."""
    plus = "+" if vendor == "sqlite" and isinstance(field, _TYPED) else ""
    return f'{plus}{table and table + "."}"{field.column}"'


def from_driver(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """What makes Python's value of a selected column; None where the driver gives it already."""
    if isinstance(field, MicroField):
        return from_micros
    if isinstance(field, models.JSONField):
        return msgspec.json.decode
    if vendor != "sqlite":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return date.fromisoformat
    return bool if isinstance(field, models.BooleanField) else None


def to_driver(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """What makes the driver's value of Python's; None where it takes it as it is."""
    if isinstance(field, _AS_THEY_ARE) and type(field).__module__.startswith("django."):
        return None
    kinds = _fast(field, vendor)

    def convert(value: Any) -> Any:
        known = kinds.get(type(value))
        return known(value) if known else field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])

    return convert


def _fast(field: models.Field[Any, Any], vendor: str) -> dict[type, Convert]:
    """By the kind of value, what Django would do after asking around."""
    if isinstance(field, MicroField):
        return {Decimal: to_micros}
    if isinstance(field, models.DateTimeField):
        return {datetime: _moment_text if vendor == "sqlite" else _itself}
    if isinstance(field, models.DateField):
        return {date: str if vendor == "sqlite" else _itself}
    if isinstance(field, models.JSONField) and field.encoder is None and vendor == "sqlite":
        return {dict: json.dumps, list: json.dumps}
    return {}


def _itself(value: Any) -> Any:
    return value


def _moment_text(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
