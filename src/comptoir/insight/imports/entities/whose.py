"""The clients that rows of documents and payments name: found, or made along with the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.insight.imports.declaring import Order, Unit
from comptoir.kernel.refused import Refused

from .known_clients import Known, Match

_KEYS: Final = frozenset({"number", "id_number", "email", "name"})
_FIELDS: Final = ("name", "number", "id_number")


class Whose:
    """Finds the clients of a batch at once. What is made in a unit that is refused is forgotten with it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        everybody = replace(order, duplicates="skip", matched_by=_KEYS, own=lambda ids: set())
        self._known = Known(everybody)
        self._found: dict[int, Match] = {}
        self._made: dict[tuple[str, str], Client] = {}
        self._new: tuple[Unit, Client] | None = None

    def look_up(self, units: Sequence[Unit]) -> None:
        """Before a batch is written: one query for each key, and nobody of an earlier batch."""
        self._made, self._new = {}, None
        matches = self._known.among(units)
        self._found = {id(unit): match for unit, match in zip(units, matches, strict=True) if match}

    def client_of(self, unit: Unit, *, may_make: bool = True) -> Client:
        """Raises Refused at ``client.<key>`` when none or several fit, or the row says another currency."""
        match = self._found.get(id(unit))
        client = match[1][0] if match else self._made_for(unit)
        if match and len(match[1]) > 1:
            n = len(match[1])
            many = ngettext("%(n)s client fits this row.", "%(n)s clients fit this row.", n) % {"n": n}
            raise Refused(f"client.{match[0]}", many)
        if client is None:
            client = self._make(unit, may_make=may_make)
        self._refuse_other_currency(unit, client)
        return client

    def keep_new(self) -> None:
        """The unit is written: later ones of the batch find its new client."""
        if self._new is not None:
            unit, client = self._new
            self._made |= dict.fromkeys(_names(unit), client)
        self._new = None

    def forget_new(self) -> None:
        """The unit is refused, and its new client with it."""
        self._new = None

    def _made_for(self, unit: Unit) -> Client | None:
        return next((self._made[name] for name in _names(unit) if name in self._made), None)

    def _make(self, unit: Unit, *, may_make: bool) -> Client:
        line = unit.lines[0]
        named = str(line.first("client.name") or line.first("client.email") or line.first("client.number"))
        if not may_make or not self.order.may_create("client"):
            said = _("There is no client called “%(client)s”.")
            raise Refused("client.name", said % {"client": named})
        fields: dict[str, Any] = {name: line.first(f"client.{name}") or "" for name in _FIELDS}
        if unit_id := line.first("client.currency_id"):
            fields["settings"] = {"currency_id": unit_id}
        fields["contacts"] = [{"email": email}] if (email := line.first("client.email")) else []
        client = create_client(fields, by=self.order.by, on=self.order.on)
        self._new = unit, client
        return client

    def _refuse_other_currency(self, unit: Unit, client: Client) -> None:
        said = unit.lines[0].first("client.currency_id")
        if said and said != client.currency_id:
            raise Refused("client.currency_id", _("This client is invoiced in another currency."))


def _names(unit: Unit) -> list[tuple[str, str]]:
    """By what a row calls its client, surest first."""
    line = unit.lines[0]
    found = [(key, str(line.first(f"client.{key}") or "").casefold()) for key in ("number", "id_number")]
    found += [(key, str(line.first(f"client.{key}") or "").casefold()) for key in ("email", "name")]
    return [(key, value) for key, value in found if value]
