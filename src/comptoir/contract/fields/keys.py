"""Ids of rows, opaque on the wire."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.db import models

from comptoir.contract.fields.base import Field
from comptoir.contract.reading import ABSENT, Reading
from comptoir.kernel.ids import decode, encode
from comptoir.tenancy.reading import read
from comptoir.tenancy.scope import current_company_id

Lookup = Callable[[int, Any], models.Model | None]
"""Finds the row of a key for a requester, or nothing when there is none that they could name."""


def read_key(value: Any) -> int | None:
    """The row's key in an id from the wire; None for anything that is no id (contract rules 3)."""
    return decode(value) if isinstance(value, str) else None


again = lru_cache(maxsize=4096)(encode)
"""The id of a key that many rows share: an owner, a group."""


class Key(Field):
    """A row's id: an opaque string, "" when unset (contract rules 3).

    With ``to`` it names another row, looked up among the company's own (a callable looks
    elsewhere); ``live`` leaves deleted ones out. An id that names nothing is a fault where the key
    is required or fixed, and unset where it is optional (decisions C14).
    """

    code = "again({v}) if {v} else ''"

    def __init__(
        self,
        source: str = "",
        *,
        to: type[models.Model] | Lookup | None = None,
        live: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(source, **options)
        self.to = to
        self.live = live

    @property
    def names(self) -> dict[str, Any]:
        return {"encode": encode, "again": again}

    def show(self, slot: str) -> str:
        own = self.column is not None and self.column.primary_key
        return f"encode({slot})" if own else super().show(slot)

    def nothing(self) -> Any:
        return None

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        pk = read_key(value)
        row = pk if pk is None or self.to is None else self.find(pk, reading)
        if row is None and (self.required or self.fixed):
            return reading.fault(where, "unknown")
        return row

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        taken = super().take(value, where, reading)
        if not self.fixed or reading.row is None or taken is ABSENT:
            return taken
        if self.column is not None and _key_of(taken) != getattr(reading.row, self.column.attname):
            return reading.fault(where, "unknown")
        return ABSENT

    def find(self, pk: int, reading: Reading) -> models.Model | None:
        """The row, if it is one of the company in scope."""
        if isinstance(self.to, type) and issubclass(self.to, models.Model):
            row = read(self.to, (pk,)).get(pk)
            return row if row is not None and self._is_ours(row) else None
        look: Lookup = self.to  # type: ignore[assignment]
        return look(pk, reading.who)

    def _is_ours(self, row: Any) -> bool:
        return row.company_id == current_company_id() and not (self.live and row.deleted_at)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "description": ID_WORDS,
            **({"examples": ["VolejRejNm"]} if self.to else {}),
        }


ID_WORDS: Final = 'opaque id; "" when unset'


def _key_of(taken: Any) -> Any:
    return taken.pk if isinstance(taken, models.Model) else taken
