from __future__ import annotations

from django.db import models

from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import CompanyOwned

START = "0" * 64
"""What the first link of a company follows."""


class Chain(CompanyOwned):
    """Where the chain of a company ends: locked while a link is added."""

    length = models.BigIntegerField(default=0)
    link = models.CharField(max_length=64, default=START)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["company"], name="chain_of_company")]


class Seal(CompanyOwned):
    """A link. Append-only: the database refuses anything else.

    ``digest`` is the sha256 of what the record says (``content``), "" when it was erased; ``link`` the
    sha256 over ``previous``, place, kind, key and digest (``chaining.link_of``). ``number`` and ``amount``
    are for people.
    """

    place = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    record_id = models.BigIntegerField()
    number = models.CharField(max_length=190, blank=True)
    amount = MoneyField()
    digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["company", "place"], name="seal_place_once")]
        indexes = [models.Index(fields=["company", "kind", "record_id", "place"], name="seal_of_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
