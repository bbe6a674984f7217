"""The kinds of records that a company keeps: each is declared in its own model, and looked up by rooms above.

``kind = Kind(_("Invoice"), _("Invoices"))`` in the class is the whole declaration. Whoever has a part of
their own for a kind (a sheet, a mail, a page) keeps it under ``entity``; ``tests/shape/test_kinds.py`` says
where every kind must have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import models

_declared: dict[str, Kind] = {}


class Kind:
    """What a kind of records is called. ``one`` and ``many`` are the words on screens.

    ``word`` names its table ("recurringinvoice": history, files, tags), ``entity`` is the singular of rights,
    of addresses and of the wire ("recurring_invoice"), ``plural`` its path there ("recurring_invoices").
    """

    model: Any
    word: str
    entity: str

    def __init__(self, one: Any, many: Any) -> None:
        self.one, self.many = one, many

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Django calls this while it makes the class of the model."""
        self.model, self.word = model, str(model._meta.model_name)
        self.entity = re.sub(r"\B(?=[A-Z])", "_", model.__name__).lower()
        _declared[self.word] = self
        setattr(model, name, self)

    @property
    def plural(self) -> str:
        return f"{self.entity}s"


def every() -> Iterator[Kind]:
    """All that are declared, those of lower rooms first."""
    yield from _declared.values()


def find(word: str) -> Kind | None:
    """By its word or its entity; None for what is no kind."""
    return _declared.get(word.replace("_", ""))


def named(word: str) -> Kind:
    """The same. Raises KeyError."""
    return _declared[word.replace("_", "")]


def entity_of(word: str) -> str:
    """The entity behind the word for a table; of what is no kind, the word itself."""
    kind = find(word)
    return kind.entity if kind else word
