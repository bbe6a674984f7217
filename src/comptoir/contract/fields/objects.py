"""Objects and lists that the wire layer passes through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

import msgspec
from django.db import models
from msgspec import Raw

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import Reading, listed

EXACT: Final = msgspec.json.Encoder(decimal_format="number")


class Json(Field):
    """A JSON text of the database, passed through as it is; ``{}`` when empty.

    A JSONField takes Python values, a TextField exact JSON text. ``shape`` is dict or list.
    """

    takes = ("object", "array", "null")
    code: ClassVar[str] = "Raw({v}) if {v} else {empty}"

    def __init__(
        self, source: str = "", *, shape: type[dict[str, Any]] | type[list[Any]] = dict, **options: Any
    ) -> None:
        options.setdefault("default", shape())
        super().__init__(source, **options)
        self.shape = shape

    @property
    def names(self) -> dict[str, Any]:
        return {"Raw": Raw}

    def form(self, column: str, vendor: str) -> str:
        return column if vendor == "sqlite" else f"{column}::text"

    def show(self, slot: str) -> str:
        return self.code.format(v=slot, empty="{}" if self.shape is dict else "[]")

    def nothing(self) -> Any:
        return self.stored(self.shape())

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        if self.shape is list:
            value = listed(value)
        elif value == []:
            value = {}  # PHP writes an empty object so
        if not isinstance(value, self.shape):
            return reading.fault(where, "object" if self.shape is dict else "list")
        return self.stored(value)

    def stored(self, value: Any) -> Any:
        """The value in the form of its column; exact Decimals stay where a ``convert`` comes after."""
        if not isinstance(self.column, models.TextField):
            return plain(value)
        return value if self.convert else EXACT.encode(value).decode()

    def schema(self) -> dict[str, Any]:
        return {"type": "object"} if self.shape is dict else {"type": "array", "items": {}}


class Settings(Json):
    """A sparse object: only what this level sets, never null, never ``[]`` (decisions P1, P2, P6).

    ``check`` takes the object and gives the one to store; its Refused names keys below this one.
    """

    def __init__(
        self, source: str = "", *, check: Callable[[Mapping[str, Any]], Any] | None = None, **options: Any
    ) -> None:
        super().__init__(source, convert=check, **options)


def plain(value: Any) -> Any:
    """Decimals as JSON writes them: whole ones as int, the rest by their shortest text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value
