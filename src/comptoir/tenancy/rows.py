"""What rows of the house have in common: an owner, stamps, an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from .scope import current_company_id

if TYPE_CHECKING:
    from .models import Company


def filled(column: str, *, name: str) -> models.Index:
    """The index of a text that few rows have. It serves what says so: ``.exclude(column="")``."""
    return models.Index(fields=["company", column], condition=~models.Q(**{column: ""}), name=name)


class Rows(models.QuerySet[Any]):
    """Adjectives that every archivable row understands."""

    def active(self) -> Self:
        """Neither archived nor deleted."""
        return self.filter(archived_at=None, deleted_at=None)

    def live(self) -> Self:
        """Not deleted (archived ones count)."""
        return self.filter(deleted_at=None)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False, deleted_at=None)

    def deleted(self) -> Self:
        """They are archived too; saying so lets the index of what was put away serve both."""
        return self.filter(archived_at__isnull=False, deleted_at__isnull=False)


_Manager = models.Manager.from_queryset(Rows)


class CompanyManager(_Manager[Any]):
    """The rows of the company in scope; raises NoCompany when none is."""

    def get_queryset(self) -> Rows:
        return super().get_queryset().filter(company_id=current_company_id())  # type: ignore[return-value]


class Stamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Archivable(models.Model):
    """Archived rows are out of the way; deleted ones out of the totals; both can come back.

    ``deleted_at`` is a moment rather than a flag: it says when, and ``IS NULL`` uses an index where
    SQLite's ``NOT is_deleted`` does not. A deleted row is archived too (contract rules 6).
    """

    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class CompanyOwned(models.Model):
    """A row of one company. ``objects`` sees the company in scope only.

    ``everywhere`` is for jobs, migrations and proofs that look across companies.
    """

    company: models.ForeignKey[Company, Company] = models.ForeignKey(
        "tenancy.Company",
        on_delete=models.CASCADE,
        default=current_company_id,
        db_index=False,
        related_name="+",
    )

    everywhere = models.Manager.from_queryset(Rows)()
    objects = CompanyManager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "objects"
