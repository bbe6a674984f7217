"""A company's switches on the wire: eighty keys out of one sparse column (tenancy.switches)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec
from django.db import models

from comptoir.contract.fields import Field, Flag, Json, Text, Whole
from comptoir.contract.shapes import Shape
from comptoir.tenancy.switches import DEFAULTS, all_switches

INWARD: Final = frozenset({"logo_path", "exchange_rates"})
"""What is ours alone: no app sees or sends it."""


@lru_cache(maxsize=256)
def switches_of(stored: str) -> dict[str, Any]:
    """Every switch in force, from the text of the column."""
    return all_switches(msgspec.json.decode(stored))


class Switch(Field):
    """A key of the column; a value that was not sent says its default."""

    def bind(self, model: type[models.Model]) -> None:
        self.attribute = self.name

    def sources(self, vendor: str) -> list[str]:
        return ['t."switches"' if vendor == "sqlite" else 't."switches"::text']

    @property
    def names(self) -> dict[str, Any]:
        return {"_switches": switches_of}

    def show(self, slot: str) -> str:
        return f"_switches({slot})[{self.name!r}]"


class FlagSwitch(Switch, Flag):
    pass


class WholeSwitch(Switch, Whole):
    pass


class TextSwitch(Switch, Text):
    pass


class JsonSwitch(Switch, Json):
    pass


def form_of(default: Any) -> Field:
    """The form of a switch follows from its default."""
    if isinstance(default, bool):
        return FlagSwitch(default=default)
    if isinstance(default, int):
        return WholeSwitch(default=default, least=0)
    if isinstance(default, (dict, list)):
        return JsonSwitch(shape=type(default), default=default)
    return TextSwitch(default=default)


Switches = type(
    "Switches", (Shape,), {name: form_of(value) for name, value in DEFAULTS.items() if name not in INWARD}
)
"""The keys, to be inherited by the company's resource."""
