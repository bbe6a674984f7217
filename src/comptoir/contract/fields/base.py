"""What every form of a wire key has in common."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from django.db import models

from comptoir.contract.reading import ABSENT, Reading
from comptoir.kernel.refused import Refused

Sql = str | Mapping[str, str]
"""SQL over the row's table ``{t}``, or one text for each of "sqlite" and "postgresql"."""


class Field:
    """One key of a wire object: where it is read, how it looks, what it accepts.

    ``source`` names the model's attribute (the key itself, or the key without ``_id``, when left
    out); ``sql`` reads an expression instead of a column and makes the key output only.
    ``required`` wants a value on create, ``fixed`` refuses another value on update, ``convert``
    turns an accepted value into what the operation takes and may raise Refused with paths below
    this key. ``default`` is what a blank record shows, ``wire`` the key where Python cannot write it.
    """

    empty: ClassVar[Any] = ""
    """The wire's "nothing" in this form."""

    hidden: ClassVar[bool] = False
    """Whether no answer shows the key."""

    takes: ClassVar[tuple[str, ...]] = ("string", "null")
    """JSON types that bodies may use."""

    code: ClassVar[str] = "{v}"
    """Python for the wire's value, from a database value ``{v}``; may use ``self.names``."""

    def __init__(
        self,
        source: str = "",
        *,
        sql: Sql = "",
        writable: bool = True,
        required: bool = False,
        fixed: bool = False,
        default: Any = ABSENT,
        convert: Callable[[Any], Any] | None = None,
        wire: str = "",
        means: str = "",
    ) -> None:
        self.name = wire
        self.source = source
        self.sql = sql
        self.writable = writable and not sql
        self.required = required
        self.fixed = fixed
        self.default = self.empty if default is ABSENT else default
        self.convert = convert
        self.means = means
        self.attribute = source
        self.column: models.Field[Any, Any] | None = None

    @property
    def names(self) -> dict[str, Any]:
        """What ``code`` may use beside the row."""
        return {}

    def bound(self, name: str, model: type[models.Model]) -> Self:
        """This form as the key ``name`` of one resource, its column found."""
        field = copy.copy(self)
        field.name = self.name or name
        field.bind(model)
        return field

    def free(self, name: str) -> Self:
        """This form as a parameter of an action, with no column behind it."""
        field = copy.copy(self)
        field.name = name
        field.attribute = self.source or name
        return field

    def bind(self, model: type[models.Model]) -> None:
        """Find the column. Raises FieldDoesNotExist for a source the model does not have."""
        if self.sql:
            return
        source = self.source or self.name
        known = {f.name for f in model._meta.concrete_fields}
        if not self.source and source not in known:
            source = source.removesuffix("_id")
        self.column = column = column_field(model, source)
        self.attribute = column.name

    def select(self, vendor: str) -> str:
        """The SQL that reads this key from the row's table ``t``."""
        if self.sql:
            return (self.sql if isinstance(self.sql, str) else self.sql[vendor]).replace("{t}", "t")
        assert self.column is not None
        return self.form(f't."{self.column.column}"', vendor)

    def form(self, column: str, vendor: str) -> str:
        """The column in the shape that ``code`` expects, for one kind of database."""
        return column

    def show(self, slot: str) -> str:
        """The Python text that gives the wire's value from the row's ``slot``."""
        return self.code.format(v=slot)

    def sources(self, vendor: str) -> list[str]:
        """Every SQL expression this key is made of."""
        return [self.select(vendor)]

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        """The value for the operation, or ABSENT once a fault is noted at ``where``."""
        if value is None or value == "":
            if self.required:
                return reading.fault(where, "required")
            return self.nothing()
        taken = self.accept(value, where, reading)
        if taken is ABSENT or self.convert is None:
            return taken
        try:
            return self.convert(taken)
        except Refused as refused:
            return reading.refuse_below(where, refused.errors)

    def nothing(self) -> Any:
        """What "" and null mean to the operation."""
        return self.empty

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        """The Python value of a wire value that is neither "" nor null."""
        return value

    def schema(self) -> dict[str, Any]:
        """The key in OpenAPI's words."""
        return {"type": "string"}


def column_field(model: type[models.Model], attribute: str) -> models.Field[Any, Any]:
    """The model's field behind an attribute, ``pk`` included. Raises FieldDoesNotExist."""
    found = model._meta.pk if attribute == "pk" else model._meta.get_field(attribute)
    assert isinstance(found, models.Field), f"{attribute} is no column of {model.__name__}"
    return found
