"""Texts on their way into a row: no control characters, no idle spaces, no more than fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

Fault = tuple[str, Any]


def written(
    model: type[models.Model], fields: Mapping[str, Any], editable: Collection[str]
) -> dict[str, Any]:
    """The values of ``fields`` that may be written. A text is never null; one-line texts are trimmed."""
    texts = _texts(model)
    values = {}
    for name, value in fields.items():
        if name not in editable:
            continue
        if name in texts:
            value = str(value or "").replace("\0", "")  # noqa: PLW2901 - PostgreSQL refuses NUL
            if texts[name]:
                value = value.strip()  # noqa: PLW2901
        values[name] = value
    return values


def too_long(model: type[models.Model], values: Mapping[str, Any]) -> Iterator[Fault]:
    """SQLite would keep any length and PostgreSQL answer with an error of its own."""
    texts = _texts(model)
    for name, value in values.items():
        most = texts.get(name)
        if most and len(value) > most:
            yield name, _("At most %(most)s characters.") % {"most": most}


@lru_cache(maxsize=16)
def _texts(model: type[models.Model]) -> dict[str, int]:
    """Text columns with their room in characters; 0: any length."""
    fields = model._meta.concrete_fields
    return {field.attname: field.max_length or 0 for field in fields if _is_text(field)}


def _is_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, (models.CharField, models.TextField))
