"""When a tag may not be saved as sent, or not be put on a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from comptoir.activity import shelving
from comptoir.activity.facts import kind_of
from comptoir.kernel.refused import Refused
from comptoir.tenancy.rows import Archivable

from .colours import is_colour
from .kinds import KINDS
from .models import LONGEST, Tag

MOST: Final = 50
"""Tags on one record."""


def refuse_faulty(tag: Tag) -> None:
    """Raises Refused with every fault: at ``entity_type``, ``name`` and ``color``."""
    faults: dict[str, list[str]] = {}
    if tag.kind not in KINDS:
        faults["entity_type"] = [kind_sentence()]
    if not tag.name:
        faults["name"] = [_("Give the tag a name.")]
    elif len(tag.name) > LONGEST:
        faults["name"] = [_("A name may have %(most)s characters.") % {"most": LONGEST}]
    elif tag.kind in KINDS and _twin(tag):
        faults["name"] = [taken_sentence()]
    if tag.color and not is_colour(tag.color):
        faults["color"] = [_("Write a colour as #rgb or #rrggbb.")]
    if faults:
        raise Refused.many(faults)


def _twin(tag: Tag) -> bool:
    """Archived ones count: they are still on records."""
    return Tag.objects.live().filter(kind=tag.kind, folded=tag.folded).exclude(pk=tag.pk).exists()


def kind_sentence() -> str:
    return _("Say for which kind of records the tag is.")


def taken_sentence() -> str:
    return _("There is a tag of this name already.")


def refuse_twin(tag: Tag) -> None:
    """Before one comes back: its name may have been given away. Raises Refused at ``name``."""
    if _twin(tag):
        raise Refused("name", taken_sentence())


@contextmanager
def twins_are_refused() -> Iterator[None]:
    """Another writer took the name a moment before: the same refusal, from the database's constraint."""
    try:
        yield
    except IntegrityError as error:
        if "tag_name_once" in str(error) or "tagging_tag.folded" in str(error):
            raise Refused("name", taken_sentence()) from error
        raise


def refuse_unfit(records: Sequence[Archivable], tags: Mapping[int, Tag]) -> None:
    """New tags, by their places, are of the records' kind and in use.

    Raises Refused at ``tags.<place>``, WrongState for a deleted record.
    """
    for record in records:
        shelving.refuse_deleted(record)
    kinds = {kind_of(record) for record in records}
    faults: dict[str, list[str]] = {}
    for place, tag in tags.items():
        if {tag.kind} != kinds:
            faults[f"tags.{place}"] = [_("The tag “%(name)s” is for other records.") % {"name": tag.name}]
        elif tag.is_archived:
            faults[f"tags.{place}"] = [
                _("The tag “%(name)s” is archived: restore it first.") % {"name": tag.name}
            ]
    if faults:
        raise Refused.many(faults)


def refuse_too_many(count: int) -> None:
    if count > MOST:
        raise Refused("tags", _("A record may bear %(most)s tags.") % {"most": MOST})
