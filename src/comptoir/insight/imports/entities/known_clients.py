"""Which rows are clients that the company has already: by number, identification, VAT, e-mail or name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from comptoir.clients.models import Client
from comptoir.clients.queries import contacts_with_email
from comptoir.insight.imports.declaring import Order, Unit
from comptoir.kernel.folding import folded

Match = tuple[str, list[Client]]
"""The key by which clients were found, and who they are."""


class Known:
    """Looks rows up, a batch at a time; clients that this import has made do not count."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def title(self, key: str) -> str:
        """What a key is called inside a sentence."""
        from .clients import Clients

        return (
            str(Clients.keys[key]).lower() if key in ("number", "email", "name") else str(Clients.keys[key])
        )

    def among(self, units: Sequence[Unit]) -> list[Match | None]:
        """For each unit the clients found by the surest key that finds any."""
        if self.order.duplicates == "create":
            return [None] * len(units)
        found: list[tuple[str, set[int]] | None] = [None] * len(units)
        for key, (values_of, look) in self._ways.items():
            if key not in self.order.matched_by:
                continue
            wanted = {n: values_of(unit) for n, unit in enumerate(units) if found[n] is None}
            every = {value for values in wanted.values() for value in values}
            owners = look(every) if every else {}
            for n, values in wanted.items():
                if keys := {pk for value in values for pk in owners.get(value, ())}:
                    found[n] = (key, keys)
        return self._read(found)

    def _read(self, found: Sequence[tuple[str, set[int]] | None]) -> list[Match | None]:
        every = sorted({pk for one in found if one for pk in one[1]})
        if not every:
            return [None] * len(found)
        own = self.order.own(every)
        rows = Client.objects.select_related("group").in_bulk([pk for pk in every if pk not in own])
        read: list[Match | None] = []
        for one in found:
            clients = [rows[pk] for pk in sorted(one[1]) if pk in rows] if one else []
            read.append((one[0], clients) if one and clients else None)
        return read

    @cached_property
    def _ways(
        self,
    ) -> dict[str, tuple[Callable[[Unit], set[str]], Callable[[set[str]], dict[str, set[int]]]]]:
        return {
            "number": (_values("client.number"), _by_column("number")),
            "id_number": (_values("client.id_number"), _by_column("id_number")),
            "vat_number": (lambda unit: {_bare(v) for v in _values("client.vat_number")(unit)}, self._by_vat),
            "email": (_emails, _by_email),
            "name": (lambda unit: {v.casefold() for v in _values("client.name")(unit)}, _by_name),
        }

    def _by_vat(self, numbers: set[str]) -> dict[str, set[int]]:
        return {number: self._vat_owners[number] for number in numbers if number in self._vat_owners}

    @cached_property
    def _vat_owners(self) -> dict[str, set[int]]:
        """Read once: people write these numbers with spaces and dots or without."""
        owners: dict[str, set[int]] = defaultdict(set)
        rows = Client.objects.live().exclude(vat_number="").values_list("vat_number", "pk")
        for number, pk in rows.iterator(chunk_size=5_000):
            owners[_bare(number)].add(pk)
        return owners


def _values(id: str) -> Callable[[Unit], set[str]]:  # noqa: A002 - the wire's word
    return lambda unit: {str(line.first(id)) for line in unit.lines if line.first(id)}


def _emails(unit: Unit) -> set[str]:
    names = ("contact.email", "client.email")
    found = [values.get(name) for line in unit.lines for values in line.values for name in names]
    return {email.lower() for email in found if email}


def _bare(number: str) -> str:
    return re.sub(r"[\W_]", "", number).upper()


def _by_column(column: str) -> Callable[[set[str]], dict[str, set[int]]]:
    def look(values: set[str]) -> dict[str, set[int]]:
        rows = Client.objects.live().filter(**{f"{column}__in": values}).exclude(**{column: ""})
        return _owners(rows.values_list(column, "pk"))

    return look


def _by_email(emails: set[str]) -> dict[str, set[int]]:
    return _owners(contacts_with_email(*emails).values_list("lowered", "client_id"))


def _by_name(names: set[str]) -> dict[str, set[int]]:
    """By the index of sorted names, which sets accents aside; those are compared here."""
    rows = Client.objects.live().filter(sort_name__in={folded(name)[:190] for name in names})
    return _owners((name.casefold(), pk) for name, pk in rows.values_list("name", "pk"))


def _owners(pairs: Any) -> dict[str, set[int]]:
    owners: dict[str, set[int]] = defaultdict(set)
    for value, pk in pairs:
        owners[value].add(pk)
    return owners
