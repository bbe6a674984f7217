"""One way into every change: lock, refuse, write, post, tell — in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from comptoir.tenancy.inserting import insert
from comptoir.tenancy.scope import current_company

from . import bell, wiring
from .facts import Fact
from .models import Activity
from .outbox import follow_up

P = ParamSpec("P")
R = TypeVar("R")

_told: ContextVar[list[Fact] | None] = ContextVar("facts_told", default=None)


class SilentOperation(RuntimeError):
    """An operation changed something and told nobody: a fault in the code."""


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction, with a company in scope, and insist on at least one fact."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        current_company()
        outer = _told.get()
        told: list[Fact] = []
        with transaction.atomic(savepoint=outer is None):
            mark = _told.set(told)
            try:
                result = function(*args, **kwargs)
            finally:
                _told.reset(mark)
            if not told:
                raise SilentOperation(f"{function.__qualname__} told no fact.")
        if outer is not None:
            outer.extend(told)
        return result

    return run


def tell(*facts: Fact) -> None:
    """Say what has happened: same-transaction consequences, the activity, the outbox."""
    told = _told.get()
    if told is None:
        raise RuntimeError("Facts are told inside an operation.")
    told.extend(facts)
    for fact in facts:
        for step in wiring.during(type(fact)):  # type: ignore[arg-type]
            step(fact)
    rows = [_activity(fact) for fact in facts]
    insert(rows)
    jobs = list(follow_up(zip(facts, rows, strict=True)))
    if jobs:
        insert(jobs)
        transaction.on_commit(bell.ring)


def _activity(fact: Fact) -> Activity:
    actor = fact.actor
    subject = fact.subject
    return Activity(
        fact=type(fact).__name__,
        code=fact.code,
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        client_id=fact.client_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        token_id=actor.token_id,
        token_name=actor.token_name,
        ip=actor.ip,
        mentions={kind: [row.pk, str(row)[:190]] for kind, row in fact.mentions.items()},
        notes=fact.notes,
        changes={name: [_plain(old), _plain(new)] for name, (old, new) in fact.changes.items()},
    )


def changed(row: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set ``values`` on ``row`` and answer what really changed: field -> (old, new)."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name, new in values.items():
        old = getattr(row, name)
        if old != new:
            changes[name] = (old, new)
            setattr(row, name, new)
    return changes


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if isinstance(value, (str, int, bool, type(None), list, dict)) else str(value)
