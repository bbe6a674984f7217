"""Rows become clients: which rows are one client, who is known already, what is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.clients.columns import Fault
from comptoir.clients.models import Client
from comptoir.clients.operations import create_clients, update_client
from comptoir.clients.rules import taken_sentence
from comptoir.insight.imports.declaring import Column, Line, Order, Outcome, Reasons, Result, Unit
from comptoir.kernel.folding import folded
from comptoir.kernel.refused import Refused
from comptoir.tagging.operations import set_tags

from .known_clients import Known

_SETTINGS: Final = ("currency_id", "language_id", "payment_terms")
_COLUMNS: Final = {"user_id": "assigned_user"}
_ONCE: Final = ("client.number", "client.id_number")


class ClientRows:
    """One run of an import of clients."""

    def __init__(self, order: Order, columns: Mapping[str, Column]) -> None:
        self.order = order
        self.columns = columns
        self.known = Known(order)

    def gather(self, lines: Sequence[Line]) -> list[list[Unit]]:
        """Rows with the same number, identification or name are one client, unless a number tells them apart.

        Clients that bring their number come first: the numbers drawn for the others go round them.
        """
        units: list[Unit] = []
        seen: dict[tuple[str, str], Unit] = {}
        for line in lines:
            marks = _marks(line)
            unit = next((seen[mark] for mark in marks if mark in seen), None)
            if unit is None or _differ(unit.lines[0], line):
                _note_taken(line, seen)
                unit = Unit([])
                units.append(unit)
            unit.lines.append(line)
            if not line.faults and not any(line.first("client.name") or _people(line) for line in unit.lines):
                line.faults.append(("", _("This row names nobody: no client, no person, no e-mail.")))
            for mark in marks:
                seen.setdefault(mark, unit)
        numbered = [unit for unit in units if unit.lines[0].first("client.number")]
        return [numbered, [unit for unit in units if not unit.lines[0].first("client.number")]]

    def write(self, units: Sequence[Unit]) -> list[Result]:
        """Known ones as was ordered, new ones all at once."""
        results: dict[int, Result] = {}
        new: list[tuple[int, dict[str, Any], Unit]] = []
        found = self.known.among(units)
        for place, unit in enumerate(units):
            if unit.faults:
                results[place] = Result.refused(unit.faults)
            elif match := found[place]:
                results[place] = self._again(unit, *match)
            else:
                new.append((place, _fields(unit), unit))
        results |= self._created(new)
        return [results[place] for place in range(len(units))]

    def _created(self, new: list[tuple[int, dict[str, Any], Unit]]) -> dict[int, Result]:
        """All that are right, in one operation; the faulty ones are told apart by the refusal itself."""
        results: dict[int, Result] = {}
        while new:
            try:
                made = create_clients(
                    [fields for _place, fields, _unit in new], by=self.order.by, on=self.order.on
                )
            except Refused as refusal:
                faults = _by_place(refusal, len(new))
                if not faults:
                    return results | self._one_by_one(new)
                results |= {new[n][0]: Result.refused(self._told(faults[n])) for n in faults}
                new = [one for n, one in enumerate(new) if n not in faults]
            else:
                for (_place, fields, _unit), client in zip(new, made, strict=True):
                    self._tag(client, fields)
                return results | {
                    place: Result(Outcome.MADE, Outcome.MERGED, client.pk)
                    for (place, _fields, _unit), client in zip(new, made, strict=True)
                }
        return results

    def _one_by_one(self, new: list[tuple[int, dict[str, Any], Unit]]) -> dict[int, Result]:
        """Somebody else took a number in this very moment, and the database does not say whose."""
        if len(new) > 1:
            return {place: result for one in new for place, result in self._created([one]).items()}
        return {new[0][0]: Result.refused([("client.number", taken_sentence("number"))])}

    def _again(self, unit: Unit, by: str, clients: list[Client]) -> Result:
        """A client that is there already: left alone, or brought up to date."""
        if self.order.duplicates != "update":
            said = {"client": str(clients[0]) or clients[0].number, "key": self.known.title(by)}
            reason = _("There is such a client already, by its %(key)s: %(client)s.") % said
            return Result(Outcome.SKIPPED, Outcome.SKIPPED, clients[0].pk, [(_column(by), reason)])
        if len(clients) > 1:
            n = len(clients)
            many = ngettext("%(n)s client fits this row.", "%(n)s clients fit this row.", n) % {"n": n}
            return Result.refused([(_column(by), many)])
        if not self.order.may_edit(clients[0]):
            return Result.refused([("", _("You may not change this client."))])
        try:
            changes = _changes(unit, clients[0])
            update_client(clients[0], changes, by=self.order.by, on=self.order.on)
            self._tag(clients[0], changes)
        except Refused as refusal:
            faults = [(path, text) for path, texts in refusal.errors.items() for text in texts]
            return Result.refused(self._told(faults))
        return Result(Outcome.UPDATED, Outcome.UPDATED, clients[0].pk)

    def _tag(self, client: Client, fields: Mapping[str, Any]) -> None:
        """Let it bear what its cell names; an empty one changes nothing."""
        if tags := fields.get("tags"):
            set_tags(client, tags, by=self.order.by, on=self.order.on)

    def _told(self, faults: Sequence[Fault]) -> Reasons:
        """Faults of the operation, at the columns of the file."""
        return [(self._at(path), str(sentence)) for path, sentence in faults]

    def _at(self, path: str) -> str:
        kind, _dot, rest = path.partition(".")
        name = f"contact.{rest.partition('.')[2]}" if kind == "contacts" else f"client.{rest or kind}"
        return name if name in self.columns else ""


def _marks(line: Line) -> list[tuple[str, str]]:
    """By what a row may belong to an earlier one, surest first."""
    found = [(name, str(line.first(name) or "")) for name in _ONCE]
    found.append(("client.name", str(line.first("client.name") or "").casefold()))
    return [(name, value) for name, value in found if value]


def _differ(one: Line, other: Line) -> bool:
    """Whether both have a number, or an identification, and not the same."""
    pairs = [(one.first(name), other.first(name)) for name in _ONCE]
    return any(first and second and first != second for first, second in pairs)


def _note_taken(line: Line, seen: Mapping[tuple[str, str], Unit]) -> None:
    """Another client of the file has this row's number or identification."""
    for name in _ONCE:
        if line.first(name) and (name, line.first(name)) in seen:
            line.faults.append((name, str(taken_sentence(name.partition(".")[2]))))


def _fields(unit: Unit) -> dict[str, Any]:
    """What the operation takes: the first value of each column, and everybody."""
    fields: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    for line in unit.lines:
        for id, value in line.values[0].items():  # noqa: A001 - the wire's word
            kind, _dot, name = id.partition(".")
            if kind == "client" and value is not None:
                target = settings if name in _SETTINGS else fields
                target.setdefault(_COLUMNS.get(name, name), value)
    people = [person for line in unit.lines for person in _people(line)]
    return fields | ({"settings": settings} if settings else {}) | {"contacts": people}


def _people(line: Line) -> list[dict[str, Any]]:
    """The people of one row who have any word of their own."""
    people = [
        {name.partition(".")[2]: value for name, value in values.items() if name.startswith("contact.")}
        for values in line.values
    ]
    return [person for person in people if any(isinstance(value, str) and value for value in person.values())]


def _changes(unit: Unit, client: Client) -> dict[str, Any]:
    """What an update takes: empty cells change nothing, people are found by e-mail, then by name."""
    fields = _fields(unit)
    sent = fields.pop("contacts")
    if settings := fields.pop("settings", None):
        fields["settings"] = {**client.settings, **settings}
    if not sent:
        return fields
    present = list(client.contacts.live())
    entries: list[dict[str, Any]] = [
        {"id": contact.pk, "is_primary": contact.is_primary} for contact in present
    ]
    for person in sent:
        place = next((n for n, contact in enumerate(present) if _is(person, contact)), None)
        if place is None:
            entries.append(person)
        else:
            entries[place] |= person
    return {**fields, "contacts": entries}


def _is(person: Mapping[str, Any], contact: Any) -> bool:
    if person.get("email") and contact.email:
        return str(person["email"]).lower() == contact.email.lower()
    name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
    blank = not contact.email and not contact.full_name
    return blank or bool(name and folded(name) == folded(contact.full_name))


def _by_place(refusal: Refused, count: int) -> dict[int, list[Fault]]:
    """Faults by the place in the batch; none when the refusal does not say whose they are."""
    faults: dict[int, list[Fault]] = {}
    for path, sentences in refusal.errors.items():
        place, _dot, rest = path.partition(".") if count > 1 else ("0", "", path)
        if not place.isdecimal():
            return {}
        faults.setdefault(int(place), []).extend((rest, text) for text in sentences)
    return faults


def _column(by: str) -> str:
    return "contact.email" if by == "email" else f"client.{by}"
