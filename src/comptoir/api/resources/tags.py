"""Tags on the wire (contract schemas.json tag), and the ``tags`` of every record that bears them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final

from django.db import models

from comptoir.api.resources.wire import Dated
from comptoir.contract.fields import Key, Nested, Text
from comptoir.contract.fields.keys import read_key
from comptoir.contract.filters import Rows
from comptoir.contract.reading import ABSENT, Reading, listed
from comptoir.contract.relations import Made
from comptoir.contract.requesters import Requester
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row, Shape
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.tagging import operations, rules
from comptoir.tagging.kinds import kind_from, wire_class
from comptoir.tagging.models import Tag
from comptoir.tagging.queries import tags_on, with_any

tagged = operations.tagged
"""Lets the operation of a resource take ``tags``."""

_MOST: Final = 1000


def known_kind(word: str) -> str:
    """``App\\Models\\Task`` or ``task``. Raises Refused for a word that names no kind of records."""
    kind = kind_from(word)
    if not kind:
        raise Refused("", rules.kind_sentence())
    return kind


class Kind(Text):
    """The class of the records that a tag is for; its short form is taken as well."""

    code = "wire_class({v})"

    def show(self, slot: str) -> str:
        return self.code.format(v=slot)

    @property
    def names(self) -> dict[str, Any]:
        return {"wire_class": wire_class}

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        """On update: the same, or refused."""
        taken = super().take(value, where, reading)
        if reading.row is None or taken is ABSENT:
            return taken
        return ABSENT if taken == reading.row.kind else reading.fault(where, "unknown")  # type: ignore[attr-defined]


class Shade(Text):
    """``#rgb`` or ``#rrggbb``, null for none."""

    code = "{v} or None"

    def show(self, slot: str) -> str:
        return self.code.format(v=slot)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "null"], "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"}


def for_kind(rows: Rows, value: str, who: Requester) -> Rows:
    """Tags for one kind of records; a word that names none has none."""
    return rows.filter(kind=kind_from(value))


class Tags(Dated, Resource):
    path, entity, model = "tags", "tag", Tag

    id = Key("pk", writable=False)
    entity_type = Kind("kind", required=True, convert=known_kind)
    name = Text(required=True)
    color = Shade(default=None)

    search = ("name",)
    filters = {"entity_type": for_kind}
    sorts = {"name": "folded"}
    create, update = operations.create_tag, operations.update_tag
    actions = {
        "archive": operations.archive_tag,
        "restore": operations.restore_tag,
        "delete": operations.delete_tag,
    }


class TagList(Nested):
    """The tags of a record: ``{id, name, color}`` each; ids or such objects are taken.

    A deleted tag is left out, as it is everywhere; what names no tag for such records is a fault.
    """

    def __init__(self) -> None:
        super().__init__(Made())

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self.relation = Made(make=partial(_on_wire, str(model._meta.model_name)))

    def accept(self, value: Any, where: str, reading: Reading) -> Any:
        value = listed(value)
        if not isinstance(value, list):
            return reading.fault(where, "list")
        if len(value) > _MOST:
            return reading.fault(where, "many", most=_MOST)
        keys = [read_key(part.get("id") if isinstance(part, dict) else part) for part in value]
        found = Tag.objects.in_bulk({key for key in keys if key is not None})
        faulty = [reading.fault(f"{where}.{n}", "unknown") for n, key in enumerate(keys) if key not in found]
        if faulty:
            return ABSENT
        wanted = [found[key] for key in dict.fromkeys(keys) if key is not None]
        return [tag for tag in wanted if not tag.is_deleted]

    def take(self, value: Any, where: str, reading: Reading) -> Any:
        """Null says nothing about the tags; only an empty list takes them away."""
        return ABSENT if value is None else super().take(value, where, reading)

    def schema(self) -> dict[str, Any]:
        text, colour = {"type": "string"}, {"type": ["string", "null"]}
        properties = {"id": text, "name": text, "color": colour}
        return {"type": "array", "items": {"type": "object", "properties": properties}}


class Tagged(Shape):
    """A record that bears tags."""

    tags = TagList()


def with_tags(rows: Rows, value: str, who: Requester) -> Rows:
    """Records that bear one of the tags of a comma list; an id that is none is on no record."""
    keys = [key for word in value.split(",")[:_MOST] if (key := read_key(word.strip())) is not None]
    return with_any(rows, str(rows.model._meta.model_name), keys)


def _on_wire(kind: str, keys: Collection[int], view: Any) -> Mapping[int, list[Row]]:
    worn = tags_on(kind, keys)
    return {
        record: [{"id": ids.encode(tag.id), "name": tag.name, "color": tag.color or None} for tag in tags]
        for record, tags in worn.items()
    }
