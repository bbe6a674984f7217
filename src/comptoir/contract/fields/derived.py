"""Keys that are worked out from columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from comptoir.contract.fields.base import Field, column_field


class Derived(Field):
    """A key made by a plain function of other columns of the row, output only.

    ``Derived(contact_key, "id", "key_seed")`` calls ``contact_key`` with the two database values.
    Without a function the key keeps its default until the resource's ``finish`` fills it in.
    """

    def __init__(
        self,
        function: Callable[..., Any] | None = None,
        *columns: str,
        kind: str = "string",
        **options: Any,
    ) -> None:
        super().__init__(writable=False, **options)
        self.function = function
        self.columns = columns
        self.kind = kind
        self.selected: list[str] = []

    def bind(self, model: type[models.Model]) -> None:
        self.selected = [f't."{column_field(model, name).column}"' for name in self.columns]

    @property
    def names(self) -> dict[str, Any]:
        return {f"_{self.name}": self.function} if self.function else {f"_{self.name}": self.blank}

    def blank(self) -> Any:
        return self.default.copy() if isinstance(self.default, (dict, list)) else self.default

    def sources(self, vendor: str) -> list[str]:
        return self.selected

    def show(self, slot: str) -> str:
        return f"_{self.name}({slot})"

    def schema(self) -> dict[str, Any]:
        return {"type": self.kind}
