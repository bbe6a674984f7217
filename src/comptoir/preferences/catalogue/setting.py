"""What a setting is: one row of the catalogue, and short ways to write one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

COMPANY: Final = "company"
GROUP: Final = "group"
CLIENT: Final = "client"
EVERYWHERE: Final = (COMPANY, GROUP, CLIENT)
COMPANY_ONLY: Final = (COMPANY,)


class Kind(StrEnum):
    """How a value is written on the wire and read in Python."""

    FLAG = "flag"  # JSON boolean, bool
    WHOLE = "whole"  # JSON integer, int
    NUMBER = "number"  # JSON number, Decimal
    TEXT = "text"  # one line
    MEMO = "memo"  # several lines or HTML
    SECRET = "secret"  # noqa: S105 - the name of a kind; shown masked on pages
    CHOICE = "choice"  # one of ``choices``
    REFERENCE = "reference"  # id of a reference table, as digits: "840"
    RECORD = "record"  # opaque id of one of the company's records
    DAYS = "days"  # a payment term: digits, "" for none
    DAY = "day"  # "2027-01-01" or ""
    COUNTER = "counter"  # next number of a series: a view of numbering's rows
    TABLE = "table"  # JSON object


_WIRE: Final = {Kind.FLAG: "boolean", Kind.WHOLE: "integer", Kind.COUNTER: "integer", Kind.NUMBER: "number"}
_TEXTS: Final = frozenset({Kind.TEXT, Kind.MEMO, Kind.SECRET, Kind.DAYS, Kind.DAY})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``levels`` says where an override is offered; the cascade forbids none.

    ``default`` is a Python value; ``newer`` marks keys known from later versions of the wire only.
    """

    key: str
    kind: Kind
    default: Any
    label: Any
    help: Any = ""
    levels: tuple[str, ...] = EVERYWHERE
    choices: Mapping[str, Any] = field(default_factory=dict)
    newer: bool = False

    @property
    def wire_type(self) -> str:
        """The JSON type of a value: boolean, integer, number, object or string."""
        return "object" if self.kind is Kind.TABLE else _WIRE.get(self.kind, "string")

    @property
    def blank_counts(self) -> bool:
        """At company level "" is a value for texts and terms (decision P4)."""
        return self.kind in _TEXTS or "" in self.choices

    @property
    def is_company_only(self) -> bool:
        return self.levels == COMPANY_ONLY


def flag(key: str, default: bool, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.FLAG, default, label, help_, **more)


def whole(key: str, default: int, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.WHOLE, default, label, help_, **more)


def number(key: str, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.NUMBER, Decimal(0), label, help_, **more)


def text(key: str, label: Any, help_: Any = "", default: str = "", **more: Any) -> Setting:
    return Setting(key, Kind.TEXT, default, label, help_, **more)


def memo(key: str, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.MEMO, "", label, help_, **more)


def secret(key: str, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.SECRET, "", label, help_, levels=COMPANY_ONLY, **more)


def choice(
    key: str, default: str, choices: Mapping[str, Any], label: Any, help_: Any = "", **more: Any
) -> Setting:
    return Setting(key, Kind.CHOICE, default, label, help_, choices=choices, **more)


def reference(key: str, default: str, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.REFERENCE, default, label, help_, **more)


def record(key: str, default: str, label: Any, help_: Any = "", **more: Any) -> Setting:
    return Setting(key, Kind.RECORD, default, label, help_, **more)
