"""Rows that live inside their parent: contacts of a client, invitations of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import ABSENT, Reading, listed

if TYPE_CHECKING:
    from comptoir.contract.relations import Relation


class Nested(Field):
    """A list of child rows, always shown, and written as a whole.

    ``relation`` says which rows (``Many(ContactShape, by="client")``). What is sent becomes a list
    of dicts of the child's attributes; faults are named ``contacts.0.email``. Two children may not
    share a value of a key in ``distinct``.
    """

    def __init__(self, relation: Relation, *, distinct: tuple[str, ...] = (), **options: Any) -> None:
        options.setdefault("default", [])
        super().__init__(**options)
        self.relation = relation
        self.distinct = distinct

    def bind(self, model: type[models.Model]) -> None:
        self.attribute = self.source or self.name

    def sources(self, vendor: str) -> list[str]:
        return []

    def show(self, slot: str) -> str:
        return "[]"

    def nothing(self) -> Any:
        return []

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        value = listed(value)
        if not isinstance(value, list):
            return reading.fault(where, "list")
        children = [self.child(part, f"{where}.{place}", reading) for place, part in enumerate(value)]
        self.refuse_doubles(value, where, reading)
        return children

    def child(self, part: Any, where: str, reading: Reading) -> Any:
        if not isinstance(part, dict):
            return reading.fault(where, "object")
        return take_all(self.relation.shape.fields, part, reading, f"{where}.")

    def refuse_doubles(self, value: list[Any], where: str, reading: Reading) -> None:
        for key in self.distinct:
            seen = set()
            for place, part in enumerate(value):
                word = str(part.get(key) or "").strip().lower() if isinstance(part, dict) else ""
                if word and word in seen:
                    reading.fault(f"{where}.{place}.{key}", "twice")
                seen.add(word)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": f"#/components/schemas/{self.relation.shape.__name__}"}}


def take_all(
    fields: dict[str, Field], body: dict[str, Any], reading: Reading, below: str = ""
) -> dict[str, Any]:
    """The values of a body by attribute; keys it does not know are left alone (contract rules 4)."""
    taken = {}
    for name, field in fields.items():
        if not field.writable:
            continue
        if name in body:
            value = field.take(body[name], below + name, reading)
        elif field.required and (below or reading.row is None):
            value = field.take(None, below + name, reading)
        else:
            continue
        if value is not ABSENT:
            taken[field.attribute] = value
    return taken
