"""Which column of a file is which: headings compared with the names of columns, in French and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import override

from .cells import LANGUAGES, key
from .declaring import Column, Entity

Mapped = dict[int, str]
_PLAIN = ("nom", "name")
_BUSINESS = ("societe", "entreprise", "raison sociale", "company", "company name", "organisation")
_NUMBERED = re.compile(r"(.*\D)\s*[1-9]( .*)?")


def guess(entity: Entity, headings: Sequence[str]) -> Mapped:
    """The column of each place whose heading is known."""
    columns = [column for column in entity.columns() if column.shown]
    known = _known(columns)
    again = {column.id for column in columns if column.again}
    found: Mapped = {}
    for place, heading in enumerate(headings):
        name = _found(heading, known, again)
        if name and (name in again or name not in found.values()):
            found[place] = name
    return _surnames(found, headings) if entity.key == "client" else found


def remembered(kept: Sequence[Sequence[str]], headings: Sequence[str], entity: Entity) -> Mapped:
    """The mapping that was kept: pairs of heading and column, each heading used as often as it was."""
    left = [(key(heading), name) for heading, name in kept]
    known = {column.id for column in entity.columns()}
    found: Mapped = {}
    for place, heading in enumerate(headings):
        pair = next((pair for pair in left if pair[0] == key(heading)), None)
        if pair:
            left.remove(pair)
            if pair[1] in known:
                found[place] = pair[1]
    return found


def is_header(entity: Entity, cells: Sequence[str]) -> bool:
    """Whether a first row looks like headings: one is known, or no cell is an address or a number."""
    if guess(entity, cells):
        return True
    return not any("@" in cell or re.fullmatch(r"[\d\s.,+\-/]+", cell) for cell in cells if cell)


def _known(columns: Sequence[Column]) -> Mapping[str, str]:
    """Every name of a column: those that it brings, then its labels, then the last word of its id."""
    known: dict[str, str] = {}
    for column in columns:
        for name in column.names:
            known.setdefault(key(name), column.id)
    for column in columns:
        for spoken in LANGUAGES:
            with override(spoken):
                known.setdefault(key(str(column.label)), column.id)
        known.setdefault(key(column.id), column.id)
    for column in columns:
        known.setdefault(key(column.id.partition(".")[2]), column.id)
        known.setdefault(key(column.id.partition(".")[2].removesuffix("_id")), column.id)
    return known


def _found(heading: str, known: Mapping[str, str], again: set[str]) -> str:
    said = key(heading)
    if said in known:
        return known[said]
    if numbered := _NUMBERED.fullmatch(said):  # “E-mail 2”, “Contact 2 Phone”
        name = known.get(f"{numbered[1].strip()}{numbered[2] or ''}", "")
        return name if name in again else ""
    return ""


def _surnames(found: Mapped, headings: Sequence[str]) -> Mapped:
    """Beside “Prénom” and “Société”, a mere “Nom” is the contact's."""
    said = {key(heading): place for place, heading in reversed(list(enumerate(headings)))}
    plain = next((said[name] for name in _PLAIN if name in said), None)
    business = next((said[name] for name in _BUSINESS if name in said), None)
    taken = set(found.values())
    if plain is None or business is None or "contact.last_name" in taken or "contact.first_name" not in taken:
        return found
    return {**found, plain: "contact.last_name", business: "client.name"}
