"""Texts: never null on the wire."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import ABSENT, Reading

STARS: Final = "**********"


def words(value: Any) -> str | None:
    """A scalar of the wire as text, trimmed and free of NUL; None for lists and objects."""
    if isinstance(value, str):
        return value.replace("\0", "").strip()
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    return None


class Text(Field):
    """A string, "" instead of null; stored as typed, markup and all (decisions T32).

    ``choices`` are the only other values; ``most`` is the longest text, the column's when left out.
    """

    takes = ("string", "number", "boolean", "null")
    code = "{v} or ''"

    def __init__(
        self, source: str = "", *, choices: Collection[str] = (), most: int | None = None, **options: Any
    ) -> None:
        super().__init__(source, **options)
        self.choices = choices
        self.most = most

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self.most = self.most or getattr(self.column, "max_length", None)

    def show(self, slot: str) -> str:
        return slot if self.column is not None and not self.column.null else super().show(slot)

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        text = words(value)
        if text is None:
            return reading.fault(where, "text")
        if not text and self.required:
            return reading.fault(where, "required")
        if self.most and len(text) > self.most:
            return reading.fault(where, "longest", most=self.most)
        if text and self.choices and text not in self.choices:
            return reading.fault(where, "unknown")
        return text

    def schema(self) -> dict[str, Any]:
        limits = {"maxLength": self.most} if self.most else {}
        return {"type": "string", **limits, **({"enum": ["", *self.choices]} if self.choices else {})}


class Email(Text):
    """An e-mail address or ""; a lone space counts as "" (decisions C4)."""

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        text = super().accept(value, where, reading)
        if not text:
            return text
        try:
            validate_email(text)
        except ValidationError:
            return reading.fault(where, "email")
        return text

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "format": "email"}


class Code(Field):
    """The id of a static list (currency, country, status ...): digits as a string, "" when empty.

    Takes a string or a number (contract rules 2). ``known`` says whether an id is in the list.
    """

    takes = ("number", "string", "null")
    code = "'' if {v} is None else str({v})"

    def __init__(
        self, source: str = "", *, known: Callable[[str], Any] | None = None, **options: Any
    ) -> None:
        super().__init__(source, **options)
        self.known = known

    @property
    def counts(self) -> bool:
        """Whether the column holds a number, so that "" is null to it."""
        return isinstance(self.column, models.IntegerField)

    def show(self, slot: str) -> str:
        return super().show(slot) if self.counts or self.sql else f"{slot} or ''"

    def nothing(self) -> Any:
        return None if self.counts else ""

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        text = words(value)
        if text == "":
            return self.nothing()
        if text is None or not is_code(text) or (self.known and not self.known(text)):
            return reading.fault(where, "unknown")
        return int(text) if self.counts else text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^-?[0-9]*$"}


def is_code(text: str) -> bool:
    """Whether a text can be the id of a static list at all: a small number."""
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 8


class Secret(Text):
    """Taken, never shown: a password on its way in. The key is missing from every answer."""

    hidden = True


class Masked(Text):
    """A secret that shows only whether it is set: ten asterisks, or "".

    Asterisks or "" sent back leave it as it is.
    """

    code = "'" + STARS + "' if {v} else ''"

    def show(self, slot: str) -> str:
        return self.code.format(v=slot)

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        if isinstance(value, str) and not value.strip("* "):
            return ABSENT
        return super().take(value, where, reading)


class Constant(Field):
    """A key that always says the same, whatever is sent (``entity_type``: "invoice")."""

    def __init__(self, value: Any, **options: Any) -> None:
        super().__init__(writable=False, default=value, **options)
        self.value = value

    def bind(self, model: type[models.Model]) -> None:
        """Nothing to find: no column is read."""

    def sources(self, vendor: str) -> list[str]:
        return []

    def show(self, slot: str) -> str:
        return repr(self.value)

    def schema(self) -> dict[str, Any]:
        return {"const": self.value}
