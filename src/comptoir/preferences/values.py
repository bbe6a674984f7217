"""Wire values to Python and back, one kind of setting at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from comptoir.kernel.money import parse
from comptoir.kernel.terms import PaymentTerm

from .catalogue import Kind, Setting

YES: Final = frozenset({"1", "true", "on", "yes"})
NO: Final = frozenset({"0", "false", "off", "no"})
"""How any app may write a switch."""


def truth(value: Any) -> bool:
    """A switch as any app may write it: true, 1, "1", "on", "yes". Raises ValueError for another word."""
    if isinstance(value, (bool, int, float)):
        return bool(value)
    word = str(value).strip().lower()
    if word and word not in YES | NO:
        raise ValueError(value)
    return word in YES


def whole(value: Any) -> int:
    """A whole number. Raises ValueError for a fraction or a word."""
    if isinstance(value, str):
        return int(value.strip() or "0")
    if isinstance(value, (int, float, Decimal)) and value == int(value):
        return int(value)
    raise ValueError(value)


def term(value: Any) -> str:
    """A payment term: "30", "45 EOM", or "" for none. Raises ValueError for another form."""
    parsed = PaymentTerm.parse(written(value))
    return "" if parsed is None else str(parsed)


def digits(value: Any) -> str:
    """The id of a reference table, kept as text: 840 and "840" are the same."""
    return str(whole(value))


def written(value: Any) -> str:
    """A text; numbers are accepted, lists and objects are not."""
    if isinstance(value, (dict, list, bool)):
        raise ValueError(value)
    return str(value)


def day(value: Any) -> str:
    """ "2027-01-01", or "" for none. Raises ValueError for another form."""
    text = written(value).strip()[:10]
    return date.fromisoformat(text).isoformat() if text else ""


def table(value: Any) -> dict[str, Any]:
    """An object; an empty list counts as an empty object, as some apps write it."""
    if isinstance(value, dict):
        return value
    if value in ([], ""):
        return {}
    raise ValueError(value)


_READ: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.FLAG: truth,
    Kind.WHOLE: whole,
    Kind.COUNTER: whole,
    Kind.NUMBER: parse,
    Kind.REFERENCE: digits,
    Kind.DAYS: term,
    Kind.DAY: day,
    Kind.TABLE: table,
}


def python(setting: Setting, value: Any) -> Any:
    """The value with its Python type: bool, int, Decimal, str or dict. Raises ValueError.

    A table that the company chose in part keeps the default's other parts.
    """
    if setting.kind is Kind.CHOICE and value not in setting.choices:
        raise ValueError(value)
    read: Callable[[Any], Any] = _READ.get(setting.kind, written)
    found = read(value)
    return {**setting.default, **found} if setting.kind is Kind.TABLE else found


def wire(setting: Setting, value: Any) -> Any:
    """The value as JSON keeps it: a Decimal becomes an int when whole, else a float of the same digits.

    A choice that we do not know is kept: a newer app may. Raises ValueError for another type.
    """
    read: Callable[[Any], Any] = _READ.get(setting.kind, written)
    found = read(value)
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else float(found)
    return found
