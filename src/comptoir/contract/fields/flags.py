"""Yes and no."""

from __future__ import annotations

from typing import Any, Final

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import Reading

_TRUE: Final = ("1", "true")
_FALSE: Final = ("0", "false")


class Flag(Field):
    """True or false. Takes 1, 0, "1", "0", "true" and "false" too."""

    empty = False
    takes = ("boolean", "integer", "string", "null")
    code = "{v} == 1"

    def form(self, column: str, vendor: str) -> str:
        # The plus hides the column's type from Django's own (slow) converter of truth values.
        return f"+{column}" if vendor == "sqlite" else column

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        if isinstance(value, bool):
            return value
        text = str(value).strip().lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        return reading.fault(where, "flag")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Deleted(Flag):
    """Whether the row is deleted: our moment of deletion, the wire's ``is_deleted``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(sql="{t}.deleted_at IS NOT NULL", **options)
