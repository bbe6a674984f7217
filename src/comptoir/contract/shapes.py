"""A shape: the fields of one kind of object on the wire, compiled.

What a row is, is one fixed SELECT and one function made from the field list; no ORM row is built to
show it (architecture, "The contract layer").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

from django.db import models
from msgspec import Raw

from comptoir.contract.fields.base import Field, column_field
from comptoir.contract.fields.nested import Nested
from comptoir.contract.relations import Many, Relation, Through

Row = dict[str, Any]


class Compiled(NamedTuple):
    """A shape for one kind of database.

    ``select`` is the column list of a row's table ``t``, ``make`` turns a database row into the
    wire's, ``slots`` says where a column stands in it (0 is the key), ``version`` where
    ``updated_at`` does (0 when it is not read).
    """

    select: str
    make: Callable[[tuple[Any, ...]], Row]
    slots: dict[str, int]
    version: int = 0


class Shape:
    """Fields of a model as the wire shows them; see docs/contract-layer.md.

    ``includes`` are the relations that may be asked for, ``default_includes`` those always given.
    A Nested field is always given. ``also_known`` are include names that are taken and give nothing.
    """

    model: ClassVar[type[models.Model]]
    includes: ClassVar[Mapping[str, Relation]] = {}
    default_includes: ClassVar[tuple[str, ...]] = ()
    also_known: ClassVar[tuple[str, ...]] = ()
    versioned: ClassVar[bool] = False

    fields: ClassVar[dict[str, Field]] = {}
    relations: ClassVar[dict[str, Relation]] = {}
    always: ClassVar[tuple[str, ...]] = ()
    _compiled: ClassVar[dict[str, Compiled]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "model"):
            return  # a set of keys that several shapes share
        declared = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}
        forms = {name: form for name, form in declared.items() if isinstance(form, Field)}
        cls.fields = {(form.name or name): form.bound(name, cls.model) for name, form in forms.items()}
        nested = {name: field.relation for name, field in cls.fields.items() if isinstance(field, Nested)}
        cls.relations = {**cls.includes, **nested}
        cls.always = (*nested, *cls.default_includes)
        cls._compiled = {}

    @classmethod
    def finish(cls, row: Row, view: Any) -> None:
        """Fill in what no column says, includes in place; the base does nothing."""

    @classmethod
    def compiled(cls, vendor: str) -> Compiled:
        """The shape for one kind of database, made once."""
        if vendor not in cls._compiled:
            cls._compiled[vendor] = compile_shape(cls, vendor)
        return cls._compiled[vendor]

    @classmethod
    def empty(cls) -> Row:
        """Every key with its default, as of a record not yet stored; lists of others are empty."""
        row = {name: field.default for name, field in cls.fields.items() if not field.hidden}
        row |= {name: [] for name in cls.always if isinstance(cls.relations[name], (Many, Through))}
        return {
            name: value.copy() if isinstance(value, (dict, list)) else value for name, value in row.items()
        }


def column_of(model: type[models.Model], attribute: str) -> str:
    """The quoted column of an attribute, ``pk`` included."""
    return f't."{column_field(model, attribute).column}"'


def compile_shape(shape: type[Shape], vendor: str) -> Compiled:
    """Write the column list and the function that turns its rows into the wire's."""
    slots: dict[str, int] = {column_of(shape.model, "pk"): 0}
    names: dict[str, Any] = {"Raw": Raw}
    keys = []
    for name, field in shape.fields.items():
        if field.hidden:
            continue
        at = [f"r[{slots.setdefault(source, len(slots))}]" for source in field.sources(vendor)]
        names |= field.names
        keys.append(f"{name!r}: {field.show(', '.join(at))}")
    for relation in shape.relations.values():
        for attribute in relation.needs:
            slots.setdefault(column_of(shape.model, attribute), len(slots))
    version = slots.setdefault(_version(shape, vendor), len(slots)) if shape.versioned else 0
    exec(f"def make(r): return {{{', '.join(keys)}}}", names)  # noqa: S102 - only declared forms, no input
    return Compiled(", ".join(slots), names["make"], slots, version)


def _version(shape: type[Shape], vendor: str) -> str:
    """``updated_at`` to the microsecond; as text on SQLite, past Django's slow converter."""
    column = column_of(shape.model, "updated_at")
    return f"CAST({column} AS TEXT)" if vendor == "sqlite" else column
