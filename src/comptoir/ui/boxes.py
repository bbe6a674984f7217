"""What an input shows: its name, value, faults and wiring, gathered once for every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from comptoir.ui.attributes import attributes
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice


@dataclass(slots=True)
class Box:
    """One input with its label, help and faults."""

    name: str
    label: str
    value: Any = None
    errors: Sequence[Any] = ()
    help: str = ""
    hint: str = ""
    id: str = ""
    required: bool = False
    disabled: bool = False
    full: bool = False
    icon: str = ""
    prefix: str = ""
    suffix: str = ""
    bare: bool = False
    options: Sequence[Any] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def wire(self, extra: Mapping[str, Any]) -> SafeString:
        """The attributes of the control itself."""
        shared = {
            "id": self.id,
            "name": self.name,
            "required": self.required,
            "disabled": self.disabled,
            "aria_invalid": "true" if self.errors else None,
            "aria_describedby": " ".join(self._described()),
            "aria_label": self.label if self.bare else None,
        }
        return attributes(shared | dict(extra) | self.more)

    def _described(self) -> Iterable[str]:
        if self.errors:
            yield f"{self.id}-fault"
        if self.help:
            yield f"{self.id}-help"


def box(context: Mapping[str, Any], name: str, label: str, given: dict[str, Any]) -> Box:
    """Fill a Box from the tag's arguments, then from the context's `form` for what they leave out."""
    form = context.get("form")
    known = {key: given.pop(key) for key in list(given) if key in Box.__dataclass_fields__}
    if isinstance(form, Form):
        if known.get("value") is None:
            known["value"] = form.value(name)
        known["errors"] = known.get("errors") or form.faults(name)
    known["id"] = known.get("id") or "id-" + name.replace(".", "-").replace("[", "-").replace("]", "")
    known["errors"] = known.get("errors") or ()
    return Box(name=name, label=label, more=given, **known)


def plain(value: Any) -> str:
    """A value as an input holds it: ISO dates, numbers without trailing zeros, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def choices(options: Iterable[Any]) -> list[Choice]:
    """Choices as they are, pairs (value, label), or bare words."""
    return [_choice(option) for option in options]


def _choice(option: Any) -> Choice:
    if isinstance(option, Choice):
        return option
    if isinstance(option, tuple):
        return Choice(plain(option[0]), str(option[1]))
    return Choice(plain(option), str(option))


def chosen(value: Any) -> set[str]:
    """The values that are selected, as text."""
    many = value if isinstance(value, list | tuple | set) else [value]
    return {plain(one) for one in many}
