"""What a request wants of a shape: the includes, resolved once into fixed statements."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection

from comptoir.contract.relations import Made, Many, One, Relation, Through
from comptoir.contract.shapes import Compiled, Shape, column_of
from comptoir.tenancy.statements import KEYS

Tree = dict[str, "Tree"]
DEEPEST = 4


class UnknownInclude(Exception):
    """An include that the shape does not have (contract rules 4: 400, in lists only)."""


def tree_of(text: str) -> Tree:
    """``a,b.c`` as {"a": {}, "b": {"c": {}}}."""
    tree: Tree = {}
    for path in text.replace(" ", "").split(","):
        branch = tree
        for name in path.split(".")[:DEEPEST] if path else ():
            branch = branch.setdefault(name, {})
    return tree


class Plan:
    """A shape with the relations wanted beside it; its statements are written on first use."""

    def __init__(self, shape: type[Shape], link: Relation | None, parts: dict[str, Plan]) -> None:
        self.shape = shape
        self.link = link
        self.parts = parts

    @cached_property
    def compiled(self) -> Compiled:
        return self.shape.compiled(connection.vendor)

    @cached_property
    def statement(self) -> str:
        """The one SELECT of this plan; its last column is the near row's key for a list of children."""
        if isinstance(self.link, Many):
            return self._many(self.link)
        return self._through(self.link) if isinstance(self.link, Through) else self._by_key()

    def slot_of(self, link: One) -> int:
        """Where the key that ``link`` follows stands in a row of this plan."""
        return self.compiled.slots[column_of(self.shape.model, link.by)]

    def _by_key(self) -> str:
        return self._select(f"WHERE {column_of(self.shape.model, 'pk')} {self._keys}")

    def _many(self, link: Many) -> str:
        near = column_of(self.shape.model, link.by)
        where = f"WHERE {near} {self._keys}{_and(link.where)}"
        if link.most is None:
            return self._select(f"{where} ORDER BY {_t(link.order)}", near)
        place = f"row_number() OVER (PARTITION BY {near} ORDER BY {_t(link.order)}) AS place"
        ranked = f"(SELECT t.*, {place} FROM {self._table} {where}) t"  # noqa: S608 - declared names
        return self._select(f"WHERE t.place <= {link.most} ORDER BY t.place", near, table=ranked)

    def _through(self, link: Through) -> str:
        near = f'l."{link.near}"'
        join = f'JOIN "{link.link}" l ON l."{link.far}" = {column_of(self.shape.model, "pk")}'
        where = f"WHERE {near} {self._keys}{_and(link.where)}"
        return self._select(f"{join} {where} ORDER BY {_t(link.order)}", near)

    def _select(self, rest: str, *more: str, table: str = "") -> str:
        columns = ", ".join((self.compiled.select, *more))
        return f"SELECT {columns} FROM {table or self._table} {rest}"  # noqa: S608 - declared names

    @property
    def _table(self) -> str:
        return f'"{self.shape.model._meta.db_table}" t'

    @property
    def _keys(self) -> str:
        return KEYS[connection.vendor]


def _t(sql: str) -> str:
    return sql.replace("{t}", "t")


def _and(where: str) -> str:
    return f" AND ({_t(where)})" if where else ""


def plan_for(
    shape: type[Shape],
    wanted: Tree,
    resolve: Callable[[Any], type[Shape] | None],
    *,
    strict: bool = True,
    link: Relation | None = None,
) -> Plan:
    """The plan for a shape and the includes asked for.

    ``resolve`` finds a relation's target; one that this installation lacks is left out. Raises
    UnknownInclude for a name the shape does not have, unless not ``strict``.
    """
    parts: dict[str, Plan] = {}
    for name in {**dict.fromkeys(shape.always), **wanted}:
        relation = shape.relations.get(name)
        if relation is None:
            if strict and name not in shape.also_known:
                raise UnknownInclude(name)
        elif isinstance(relation, Made):
            parts[name] = Plan(shape, relation, {})
        elif target := resolve(relation.target):
            parts[name] = plan_for(target, wanted.get(name, {}), resolve, strict=strict, link=relation)
    return Plan(shape, link, parts)
