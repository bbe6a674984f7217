"""One declaration per entity: from it come its routes, lists, writes, bulk, OpenAPI and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

from django.db.models import QuerySet

from comptoir.contract.actions import Action, Operation, Switch, as_action, as_flag
from comptoir.contract.endpoints import Endpoints, Route
from comptoir.contract.fields.keys import read_key
from comptoir.contract.filters import Filter, Rows
from comptoir.contract.narrowing import filters_of
from comptoir.contract.reading import Reading
from comptoir.contract.shapes import Row, Shape
from comptoir.contract.sorting import sorts_of
from comptoir.contract.standard import standard_routes
from comptoir.tenancy.models import CompanyOwned


class Resource(Shape, Endpoints):
    """An entity of the wire; docs/contract-layer.md shows every option by example.

    ``path`` is its place below /api/v1, ``entity`` its word in permissions. Without ``create`` or
    ``update`` those routes do not exist. ``removes`` names the action that DELETE runs.
    """

    filters: ClassVar[Mapping[str, Filter] | tuple[str, ...]] = ()
    search: ClassVar[tuple[str, ...] | Callable[[Rows, str], Rows]] = ()
    sorts: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    default_sort: ClassVar[str] = "pk"
    date_column: ClassVar[str] = ""
    date_columns: ClassVar[tuple[str, ...]] = ()
    due_column: ClassVar[str] = ""

    create: ClassVar[Operation | None] = None
    update: ClassVar[Operation | None] = None
    actions: ClassVar[Mapping[str, Action | Operation]] = {}
    flags: ClassVar[Mapping[str, Switch | Operation]] = {}
    uploads: ClassVar[Mapping[str, Operation]] = {}
    removes: ClassVar[str] = "delete"
    listed: ClassVar[bool] = True
    shown: ClassVar[bool] = True
    strict_ids: ClassVar[bool] = False
    takes_one_id: ClassVar[bool] = True
    passwords: ClassVar[frozenset[str]] = frozenset()

    plain: ClassVar[bool] = False
    """Whether ``rows`` are all those of the company's manager."""
    all_filters: ClassVar[dict[str, Filter]] = {}
    all_sorts: ClassVar[dict[str, str | tuple[str, ...]]] = {}
    all_actions: ClassVar[dict[str, Action]] = {}
    all_flags: ClassVar[dict[str, Switch]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "model"):
            return
        names = {field.name for field in cls.model._meta.get_fields()}
        cls.versioned = "updated_at" in names
        cls.plain = issubclass(cls.model, CompanyOwned) and cls._shows_all()
        cls.all_filters = filters_of(cls)
        cls.all_sorts = sorts_of(cls)
        cls.all_actions = {name: as_action(declared) for name, declared in cls.actions.items()}
        cls.all_flags = {name: as_flag(declared) for name, declared in cls.flags.items()}

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        """Every row that a path or a list may name; narrower in a resource that hides some."""
        return cls.model._default_manager.all()

    @classmethod
    @cache
    def sample(cls) -> QuerySet[Any]:
        """No rows, always the same object: what a caller who sees all gets back as it is."""
        return cls.model._base_manager.none()

    @classmethod
    def _shows_all(cls) -> bool:
        return cls.rows.__func__ is Resource.rows.__func__  # type: ignore[attr-defined]

    @classmethod
    def blank(cls, row: Row, view: Any) -> None:
        """Adjust the record of GET …/create; ``row`` has every key with its default."""

    @classmethod
    def check(cls, values: dict[str, Any], reading: Reading) -> None:
        """Note faults that concern several keys, or prepare the values for the operation."""

    @classmethod
    def pinned(cls, value: str) -> list[int]:
        """The keys that ``with=`` names."""
        return [key for word in value.split(",")[:100] if (key := read_key(word.strip())) is not None]

    @classmethod
    def routes(cls) -> list[Route]:
        return [*super().routes(), *standard_routes(cls)]
