from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from comptoir.tenancy.rows import Archivable, CompanyOwned, Stamped

PARTS: Final = ("includes", "header", "body", "product", "task", "footer")
"""The texts of a design, as the wire names them."""

BUILT_IN_UP_TO: Final = 1000
"""Keys of the built-in designs and of those to come; a company's own have higher ones."""


class Design(CompanyOwned, Stamped, Archivable):
    """A design that a company wrote itself: HTML with `$names`, never a program.

    ``parts`` holds a text for each of PARTS. ``entities`` are the kinds it is meant for, separated by
    commas ("invoice,quote"); ``is_template`` marks one that lists of records are printed with.
    """

    name = models.CharField(max_length=190)
    parts = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    is_template = models.BooleanField(default=False)
    entities = models.CharField(max_length=190, blank=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="design_name_once"
            ),
            models.CheckConstraint(condition=Q(id__gt=BUILT_IN_UP_TO), name="design_beside_built_in"),
        ]
        indexes = [models.Index(fields=["company", "name", "id"], name="design_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words of ``entities``, however they are spaced."""
        return tuple(word.strip() for word in self.entities.split(",") if word.strip())


def names_by_key() -> list[tuple[str, str]]:
    """The company's own designs of documents to choose from: key as text and name."""
    rows = Design.objects.active().filter(is_template=False).order_by("name").values_list("pk", "name")
    return [(str(key), name) for key, name in rows]
