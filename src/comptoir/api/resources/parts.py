"""``invoices`` and ``credits`` of a payment: what each one gets or gives. Taken, never shown."""

from __future__ import annotations

from typing import Any

from django.db import models

from comptoir.contract.fields import Amount, Field, Key
from comptoir.contract.fields.nested import take_all
from comptoir.contract.reading import Reading, listed


class Parts(Field):
    """A list of ``{<kind>_id, amount}``; becomes mappings with ``kind`` and ``amount``, None where missing.

    What is wrong with a part the payments floor says itself, at ``invoices.0.invoice_id``.
    """

    hidden = True
    takes = ("array", "null")

    def __init__(self, kind: str, to: type[models.Model], **options: Any) -> None:
        super().__init__(**options)
        self.forms = {
            f"{kind}_id": Key(kind, to=to).free(f"{kind}_id"),
            "amount": Amount().free("amount"),
        }

    def bind(self, model: type[models.Model]) -> None:
        self.attribute = self.name

    def nothing(self) -> Any:
        return []

    def sources(self, vendor: str) -> list[str]:
        return []

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        value = listed(value)
        if not isinstance(value, list):
            return reading.fault(where, "list")
        return [self.part(one, f"{where}.{place}.", reading) for place, one in enumerate(value)]

    def part(self, one: Any, below: str, reading: Reading) -> dict[str, Any]:
        sent = one if isinstance(one, dict) else {}
        return take_all(self.forms, {k: v for k, v in sent.items() if v not in ("", None)}, reading, below)

    def schema(self) -> dict[str, Any]:
        properties = {name: form.schema() for name, form in self.forms.items()}
        return {"type": "array", "items": {"type": "object", "properties": properties}}
