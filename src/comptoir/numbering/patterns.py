"""What a number looks like: patterns with placeholders, made into text. Pure (contract rules 16)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from .php_dates import php_date

_PLACEHOLDER: Final = re.compile(r"\{\$([A-Za-z_]+\d?)(?::([^{}]*))?\}")
_COUNTERS: Final = {
    "counter": "company",
    "client_counter": "client",
    "clientCounter": "client",
    "group_counter": "group",
    "groupCounter": "group",
}
_OLD_NAMES: Final = {
    "userId": "user_id",
    "clientIdNumber": "client_id_number",
    "clientNumber": "client_number",
    "clientCustom1": "client_custom1",
    "clientCustom2": "client_custom2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a pattern may speak of. ``on`` is today in the company's zone; rows may be left out.

    ``client`` and ``vendor`` need number, id_number and custom_value1-4; ``user`` pk and custom
    values; ``expense`` id_number or number; ``group_id`` is the client's group.
    """

    on: date
    user: Any = None
    client: Any = None
    group_id: int | None = None
    vendor: Any = None
    expense: Any = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern with everything filled in but the counter, which stands between the pieces."""

    pieces: tuple[str, ...]

    def number(self, counter: int, padding: int) -> str:
        """The number of a counter: 7 with padding 4 is 0007."""
        return str(counter).zfill(padding).join(self.pieces)


def frame(pattern: str, context: Context, prefix: str = "") -> Frame:
    """Fill a pattern in. One without a counter gets {$counter} appended; an empty one is the counter."""
    pieces = [prefix]
    counted = False
    for name, argument, literal in _parts(pattern):
        if name in _COUNTERS:
            pieces.append("")
            counted = True
        else:
            pieces[-1] += literal if not name else _value(name, argument, literal, context)
    if not counted:
        pieces.append("")
    return Frame(tuple(pieces))


def level(pattern: str) -> str:
    """Whose counter a pattern uses: "company", "client" or "group"."""
    found = {_COUNTERS[name] for name, *_ in _parts(pattern) if name in _COUNTERS}
    return next((name for name in ("client", "group") if name in found), "company")


def literals(pattern: str) -> list[tuple[str | None, bool]]:
    """(text, is it the counter) for each part; the text is None where a placeholder stands."""
    return [
        (literal if not name else None, name in _COUNTERS) for name, _argument, literal in _parts(pattern)
    ]


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[tuple[str, str, str], ...]:
    """(name, argument, text as written); the name is "" for plain text."""
    parts: list[tuple[str, str, str]] = []
    place = 0
    for match in _PLACEHOLDER.finditer(pattern):
        if match.start() > place:
            parts.append(("", "", pattern[place : match.start()]))
        parts.append((match[1], match[2] or "", match[0]))
        place = match.end()
    if place < len(pattern):
        parts.append(("", "", pattern[place:]))
    return tuple(parts)


def _value(name: str, argument: str, literal: str, context: Context) -> str:
    """The text of a placeholder; an unknown one stays as it was written."""
    name = _OLD_NAMES.get(name, name)
    if name == "year":
        return str(context.on.year)
    if name == "date":
        return php_date(argument or "Y-m-d", context.on)
    if name == "user_id":
        return f"{context.user.pk if context.user else 0:02}"
    owner, _, column = name.partition("_")
    if owner not in {"client", "vendor", "user", "expense"} or not column:
        return literal
    return _column(getattr(context, owner), column, literal)


def _column(row: Any, column: str, literal: str) -> str:
    if column in {"number", "id_number"}:
        chosen = getattr(row, column, "") or getattr(row, "number", "")
    elif re.fullmatch(r"custom[1-4]", column):
        chosen = getattr(row, column.replace("custom", "custom_value"), "")
    else:
        return literal
    return str(chosen or "")
