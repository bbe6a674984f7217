"""What an entity declares to be imported; ``entities`` holds the declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from comptoir.activity.actors import Actor

from .cells import Notation
from .models import ImportedRow

Outcome = ImportedRow.Outcome
Reasons = list[tuple[str, str]]
"""What is wrong: the id of the column ("" for the whole row) and the sentence."""


@dataclass(frozen=True)
class Column:
    """What a column of a file may hold. ``id`` is the wire's ("client.name").

    ``read(text, notation)`` gives the value and raises ValueError with the sentence that says what is
    wrong; ``names`` are further headings by which it is known; ``again`` columns may come several
    times (a second contact's e-mail). ``shown`` is off for what the wire names and nothing takes.
    """

    id: str
    label: Any
    read: Callable[[str, Notation], Any]
    section: Any = ""
    names: Sequence[str] = ()
    again: bool = False
    shown: bool = True


@dataclass(slots=True)
class Line:
    """One row that was read: the values of the nth time that a column comes in ``values[n]``."""

    number: int
    cells: list[str]
    values: list[dict[str, Any]]
    faults: Reasons = field(default_factory=list)

    def first(self, id: str) -> Any:  # noqa: A002 - the wire's and everybody's word
        """The value of a column where it comes first; None when the cell is empty."""
        return self.values[0].get(id)


@dataclass(slots=True)
class Unit:
    """The rows that make one record."""

    lines: list[Line]

    @property
    def faults(self) -> Reasons:
        return [fault for line in self.lines for fault in line.faults]


@dataclass(slots=True)
class Result:
    """What came of one unit: ``rest`` is the outcome of its further rows."""

    outcome: Outcome
    rest: Outcome | None = None
    record_id: int | None = None
    reasons: Reasons = field(default_factory=list)

    @classmethod
    def refused(cls, reasons: Reasons) -> Result:
        """Nothing of it is kept; every row says why."""
        return cls(Outcome.REFUSED, reasons=reasons)


@dataclass(frozen=True)
class Order:
    """How an import is to be done. ``may_edit(row)`` says whether a known record may be changed,
    ``may_create(entity)`` whether records of another kind may be made along; ``own`` are the keys of
    records among those given that this very import has made.
    """

    duplicates: str
    matched_by: frozenset[str]
    may_edit: Callable[[Any], bool]
    may_create: Callable[[str], bool]
    own: Callable[[Sequence[int]], set[int]]
    by: Actor
    on: date


class Session(Protocol):
    """One run of an import; it may remember what it has looked up."""

    def gather(self, lines: Sequence[Line]) -> list[list[Unit]]:
        """Units in the order of writing, in groups that no batch may mix. The same for the same file."""

    def write(self, units: Sequence[Unit]) -> list[Result]:
        """Make, change or leave alone; called inside a transaction."""


class Entity(Protocol):
    """A kind of record that can be imported. ``key`` is the wire's word, ``permission`` that of rights.

    ``batch`` is how many rows are written in one transaction, ``updates`` whether known records can be
    brought up to date.
    """

    key: str
    permission: str
    title: Any
    batch: int
    updates: bool
    keys: Mapping[str, Any]
    """By what a known record is recognised, and how that is called."""

    def columns(self) -> Sequence[Column]:
        """What can be imported into the company in scope, in the wire's order, ours behind."""

    def lacking(self, mapping: Mapping[int, str]) -> str:
        """What a mapping needs and does not have, as a sentence; "" when it will do."""

    def session(self, order: Order) -> Session: ...

    def records(self, ids: Sequence[int]) -> dict[int, str]:
        """The names of these records, as reports show them."""
