"""Facts: what an operation tells once it has happened, in the past tense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from .actors import Actor

_kinds: dict[str, type[Fact]] = {}


@dataclass(frozen=True)
class Fact:
    """One thing that happened to ``subject``, done by ``actor``.

    ``code`` is the wire's activity type (contract rules 17; None where it has none), ``event`` the
    webhook id (rules 19), ``phrase`` the sentence shown to people, with ``{user}`` for the actor and
    ``{invoice}``-like names for the subject and ``refs``. ``changes`` maps a field to (old, new).
    """

    code: ClassVar[int | None] = None
    event: ClassVar[int | None] = None
    phrase: ClassVar[Any] = ""

    subject: models.Model
    actor: Actor = field(kw_only=True)
    refs: Mapping[str, models.Model] = field(default_factory=dict, kw_only=True)
    notes: str = field(default="", kw_only=True)
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict, kw_only=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _kinds[cls.__name__] = cls

    @classmethod
    def said(cls, notes: str) -> str:
        """The phrase of one with these ``notes``; whoever counts in it agrees with the number."""
        return str(cls.phrase)

    @property
    def client_id(self) -> int | None:
        """The client whose file the fact belongs to, when the subject has one."""
        if kind_of(self.subject) == "client":
            return self.subject.pk
        return getattr(self.subject, "client_id", None)

    @property
    def mentions(self) -> dict[str, models.Model]:
        """The subject and every ref, by kind."""
        return {kind_of(self.subject): self.subject, **self.refs}


def kind_of(row: models.Model) -> str:
    """The word for a row's table: "client", "invoice"."""
    return row._meta.model_name or ""


def fact_named(name: str) -> type[Fact] | None:
    """The class behind a stored activity; None when a later version has dropped it."""
    return _kinds.get(name)


def facts_with_events() -> Iterator[type[Fact]]:
    """The facts that webhooks can wait for."""
    return (fact for fact in _kinds.values() if fact.event is not None)
