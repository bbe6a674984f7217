from __future__ import annotations

from django.db import models
from django.db.models import Q

from comptoir.kernel.folding import folded
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Rows, Stamped

from .colours import nearest

LONGEST = 191
_FOLDED = 400
"""A name without accents may be longer than it was: œ is written oe."""


class TagRows(Rows):
    """Adjectives of tags."""

    def of(self, kind: str) -> TagRows:
        """Those for one kind of records."""
        return self.filter(kind=kind)

    def called(self, name: str) -> TagRows:
        """Those of this name, whatever its case and accents."""
        return self.filter(folded=folded(" ".join(name.split()))[:_FOLDED])


class Tag(CompanyOwned, Stamped, Archivable):
    """A word that records of one kind ("invoice", ``kinds.KINDS``) may bear.

    ``color`` is ``#rgb`` or ``#rrggbb``, "" for none. An archived tag stays where it is and is no longer
    offered; a deleted one is on no record until it is restored.
    """

    kind = models.CharField(max_length=32)
    name = models.CharField(max_length=LONGEST)
    folded = models.CharField(max_length=_FOLDED, editable=False)
    color = models.CharField(max_length=7, blank=True)

    objects = CompanyManager.from_queryset(TagRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["company", "id"], name="tag_list"),
            models.Index(fields=["company", "kind", "folded", "id"], name="tag_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "folded"], condition=Q(deleted_at=None), name="tag_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def call(self, name: str) -> None:
        """Give it a name, and what it is found by."""
        self.name = name
        self.folded = folded(name)[:_FOLDED]

    @property
    def css(self) -> str:
        """The class of its colour."""
        return nearest(self.color).css


class TagLink(CompanyOwned):
    """A tag on one record, ``kind`` and ``record_id``; the kind is the tag's, kept here for the index."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False, related_name="links")
    kind = models.CharField(max_length=32)
    record_id = models.BigIntegerField()

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["company", "kind", "record_id"], name="tag_link_of_record")]
        constraints = [models.UniqueConstraint(fields=["tag", "record_id"], name="tag_once_on_record")]
