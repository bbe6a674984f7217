"""What a form shows again: the values typed and the faults found, by dotted name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """Put in the context as `form`, the input tags find their value and their faults in it.

    `values` may be nested (`{"contacts": [{"email": …}]}`) or flat (`{"contacts.0.email": …}`, a
    QueryDict); `errors` is the `errors` of a `Refused`. The key `""` is a fault of the whole form.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value at a dotted name, None when there is none."""
        if name in self.values:
            return self.values[name]
        found: Any = self.values
        for step in name.split("."):
            found = _step(found, step)
        return found

    def faults(self, name: str) -> Sequence[Any]:
        return self.errors.get(name, ())


def _step(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(step)
    if isinstance(found, Sequence) and not isinstance(found, str) and step.isdigit():
        return found[int(step)] if int(step) < len(found) else None
    return getattr(found, step, None)
