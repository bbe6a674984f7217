"""Everything that can be done to tags, and with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from comptoir.activity import shelving
from comptoir.activity.actors import Actor
from comptoir.activity.facts import kind_of
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.locking import lock

from . import facts, rules
from .models import Tag, TagLink
from .queries import Worn, tags_on


@operation
def create_tag(fields: Mapping[str, Any], *, by: Actor, on: date) -> Tag:
    """``fields``: kind, name, color. Raises Refused at entity_type, name or color."""
    tag = Tag(kind=fields.get("kind") or "", color=_colour(fields))
    tag.call(_name(fields))
    rules.refuse_faulty(tag)
    with rules.twins_are_refused():
        tag.save(force_insert=True)
    tell(facts.TagCreated(tag, actor=by))
    return tag


@operation
def update_tag(tag: Tag, fields: Mapping[str, Any], *, by: Actor, on: date) -> Tag:
    """Rename it or give it another colour; what it is for never changes. Raises Refused at name or color."""
    lock(tag)
    shelving.refuse_deleted(tag)
    values = {"name": _name(fields)} if "name" in fields else {}
    if "color" in fields:
        values["color"] = _colour(fields)
    changes = changed(tag, values)
    tag.call(tag.name)
    rules.refuse_faulty(tag)
    with rules.twins_are_refused():
        tag.save()
    tell(facts.TagUpdated(tag, actor=by, changes=changes))
    return tag


@operation
def archive_tag(tag: Tag, *, by: Actor, on: date) -> Tag:
    """It stays on its records and is no longer offered."""
    shelving.archive(tag)
    tell(facts.TagArchived(tag, actor=by))
    return tag


@operation
def delete_tag(tag: Tag, *, by: Actor, on: date) -> Tag:
    """It is on no record any more, until it is restored."""
    shelving.delete(tag)
    tell(facts.TagDeleted(tag, actor=by))
    return tag


@operation
def restore_tag(tag: Tag, *, by: Actor, on: date) -> Tag:
    """Raises Refused at name when another tag has it now."""
    lock(tag)
    rules.refuse_twin(tag)
    with rules.twins_are_refused():
        shelving.restore(tag)
    tell(facts.TagRestored(tag, actor=by))
    return tag


def change_tags(
    records: Sequence[Any], *, add: Sequence[Tag] = (), remove: Sequence[Tag] = (), by: Actor, on: date
) -> int:
    """Put tags on records of one kind and take others off; how many records change.

    Raises Refused at ``tags.<n>``, the place in ``add``, for a tag of another kind, and for an archived one
    that one of them does not bear yet; WrongState for a deleted record.
    """
    wanted = {tag.pk for tag in add} - {tag.pk for tag in remove}
    gone = {tag.pk for tag in remove}
    return _change(records, list(add), lambda worn: (worn - gone) | wanted, by=by)


def set_tags(record: Any, tags: Sequence[Tag], *, by: Actor, on: date) -> int:
    """Let a record bear exactly these; the refusals are those of ``change_tags``."""
    wanted = {tag.pk for tag in tags}
    return _change([record], list(tags), lambda _worn: wanted, by=by)


def tagged(write: Callable[..., Any]) -> Callable[..., Any]:
    """The operation of a record, which now also takes ``tags`` among its fields: those it shall bear.

    Left out, they stay as they are.
    """

    @wraps(write)
    def run(*args: Any, by: Actor, on: date) -> Any:
        *row, fields = args
        said = dict(fields)
        tags = said.pop("tags", None)
        with transaction.atomic():
            record = write(*row, said, by=by, on=on)
            if tags is not None:
                set_tags(row[0] if row else record, tags, by=by, on=on)
        return record

    return run


def _change(
    records: Sequence[Any], new: list[Tag], wanted: Callable[[set[int]], set[int]], *, by: Actor
) -> int:
    """Work out what changes, and change it if anything does."""
    if not records:
        return 0
    kind = kind_of(records[0])
    worn = tags_on(kind, [record.pk for record in records])
    before = {record.pk: {tag.id for tag in worn.get(record.pk, ())} for record in records}
    moved = [record for record in records if wanted(before[record.pk]) != before[record.pk]]
    if not moved:
        return 0
    _write(moved, new, wanted, by=by)
    return len(moved)


@operation
def _write(records: list[Any], new: list[Tag], wanted: Callable[[set[int]], set[int]], *, by: Actor) -> None:
    lock(*records)
    kind, keys = kind_of(records[0]), [record.pk for record in records]
    before = tags_on(kind, keys)
    links: list[TagLink] = []
    loose: dict[int, list[int]] = defaultdict(list)
    for record in records:
        worn = {tag.id for tag in before.get(record.pk, ())}
        after = wanted(worn)
        rules.refuse_too_many(len(after))
        links += [TagLink(tag_id=pk, kind=kind, record_id=record.pk) for pk in after - worn]
        for pk in worn - after:
            loose[pk].append(record.pk)
    put = {link.tag_id for link in links}
    rules.refuse_unfit(records, {place: tag for place, tag in enumerate(new) if tag.pk in put})
    for pk, gone in loose.items():
        TagLink.objects.filter(kind=kind, tag_id=pk, record_id__in=gone).delete()
    TagLink.objects.bulk_create(links, ignore_conflicts=True)
    _touch(records)
    now = tags_on(kind, keys)
    tell(
        *(
            facts.tagged(record, _names(before.get(record.pk, ())), _names(now.get(record.pk, ())), by=by)
            for record in records
        )
    )


def move_tags(source: models.Model, target: models.Model) -> None:
    """Let a record bear another's tags beside its own (a merge). For use inside an operation."""
    kind = kind_of(source)
    mine = TagLink.objects.filter(kind=kind, record_id=target.pk).values_list("tag_id", flat=True)
    TagLink.objects.filter(kind=kind, record_id=source.pk, tag_id__in=list(mine)).delete()
    TagLink.objects.filter(kind=kind, record_id=source.pk).update(record_id=target.pk)


def copy_tags(pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
    """Put on the second record of each pair what the first bears (a copy). For use inside an operation."""
    pairs = list(pairs)
    if not pairs:
        return
    kind = kind_of(pairs[0][0])
    worn = tags_on(kind, {source.pk for source, _target in pairs})
    TagLink.objects.bulk_create(
        [
            TagLink(tag_id=tag.id, kind=kind, record_id=target.pk)
            for source, target in pairs
            for tag in worn.get(source.pk, ())
        ]
    )


def forget_tags(table: type[models.Model], keys: Any) -> None:
    """Take every tag off records that are erased; ``keys`` is a list or a query of them. For use inside an
    operation (a purge)."""
    TagLink.objects.filter(kind=table._meta.model_name, record_id__in=keys).delete()


def _touch(records: Sequence[Any]) -> None:
    """Let those who ask for changed records see it: its tags are part of its answer."""
    now = timezone.now()
    for record in records:
        record.updated_at = now
    type(records[0])._base_manager.filter(pk__in=[record.pk for record in records]).update(updated_at=now)


def _names(worn: Iterable[Worn]) -> list[str]:
    return [tag.name for tag in worn]


def _name(fields: Mapping[str, Any]) -> str:
    return " ".join(str(fields.get("name") or "").split())


def _colour(fields: Mapping[str, Any]) -> str:
    return str(fields.get("color") or "").strip().lower()
