"""Verbs beyond create and update: single and bulk actions, and the flags of a save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http.response import HttpResponseBase

from comptoir.contract.fields.base import Field
from comptoir.contract.fields.nested import take_all
from comptoir.contract.reading import Reading

if TYPE_CHECKING:
    from comptoir.contract.calls import Call

Operation = Callable[..., Any]
Makes = Callable[[Any], Sequence[str]]


def makes_nothing(row: object) -> Sequence[str]:
    """The usual action leaves no record of another kind that would want a right of its own."""
    return ()


@dataclass(frozen=True)
class Action:
    """An operation on existing rows: ``operation(row, *, by, on, **params)``.

    ``params`` are fields read from the query or the body and passed on by attribute. ``many`` hands
    over the list of rows instead of one. ``bulk`` and ``single`` say where it is offered; a single one
    answers GET too (decisions T27). ``answer`` makes another answer than the rows (a file, a
    message), from the call and the rows, once the change is committed; with no ``operation`` it is
    all that happens. ``password`` wants the password typed again. ``makes(row)`` names the entities that the
    caller must be allowed to create as well.
    """

    operation: Operation | None = None
    verb: str = "edit"
    params: Mapping[str, Field] = field(default_factory=dict)
    many: bool = False
    bulk: bool = True
    single: bool = False
    password: bool = False
    answer: Callable[[Call, Sequence[models.Model]], HttpResponseBase] | None = None
    makes: Makes = makes_nothing

    def allows(self, call: Call, row: models.Model) -> bool:
        """Whether the caller may do it to this row."""
        if not call.who.may(self.verb, call.resource.entity, row):
            return False
        return all(call.who.may("create", entity) for entity in self.makes(row))

    def read(self, call: Call) -> dict[str, Any]:
        """The parameters as they were sent. Raises Refused."""
        return read_params(self.params, call)

    def run(self, call: Call, row: models.Model, params: Mapping[str, Any]) -> None:
        """Do it to one row."""
        self.run_all(call, [row], params)

    def run_all(self, call: Call, rows: Sequence[models.Model], params: Mapping[str, Any]) -> None:
        """Do it to rows that the caller may change."""
        if self.operation is None:
            return
        for target in [rows] if self.many else rows:
            self.operation(target, by=call.who.actor, on=call.who.today, **params)


def as_action(declared: Action | Operation) -> Action:
    """A bare operation is an action for bulk."""
    return declared if isinstance(declared, Action) else Action(declared)


@dataclass(frozen=True)
class Switch:
    """A flag of store and update: counts only as the string "true" (contract rules 9, decisions T18)."""

    operation: Operation
    params: Mapping[str, Field] = field(default_factory=dict)
    verb: str = ""
    """A right that the flag asks for beside the right to save."""

    entity: str = ""
    """Of what that right is, when it is not the record."""

    makes: Makes = makes_nothing
    """Entities that the caller must be allowed to create as well, as of an action."""

    def need(self, row: models.Model, call: Call) -> None:
        """Raise Forbidden unless the caller has every right that the flag asks for."""
        if self.verb:
            call.need(self.verb, None if self.entity else row, self.entity)
        for entity in self.makes(row):
            call.need("create", entity=entity)

    def run(self, name: str, row: models.Model, call: Call) -> None:
        if call.asked(name) == "true":
            self.need(row, call)
            self.operation(row, by=call.who.actor, on=call.who.today, **read_params(self.params, call))


@dataclass(frozen=True)
class Figure(Switch):
    """A flag with a value (``amount_paid``): ``form`` reads it, the operation takes it second."""

    form: Field = field(kw_only=True)

    def run(self, name: str, row: models.Model, call: Call) -> None:
        value = call.asked(name)
        if value in (None, ""):
            return
        self.need(row, call)
        reading = Reading(call.who, row)
        taken = self.form.take(value, name, reading)
        reading.settle()
        self.operation(row, taken, by=call.who.actor, on=call.who.today, **read_params(self.params, call))


def as_flag(declared: Switch | Operation) -> Switch:
    """A bare operation is a switch."""
    return declared if isinstance(declared, Switch) else Switch(declared)


def read_params(params: Mapping[str, Field], call: Call) -> dict[str, Any]:
    """Parameters from the query or the body, by attribute. Raises Refused with every fault."""
    if not params:
        return {}
    forms = {name: form.free(name) for name, form in params.items()}
    sent = {name: value for name in params if (value := call.asked(name)) is not None}
    reading = Reading(call.who)
    taken = take_all(forms, sent, reading)
    reading.settle()
    return taken
