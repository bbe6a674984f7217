"""Finding a file by its public key, and the record behind it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.apps import apps
from django.db import models

from comptoir.tenancy import keys

from .models import File


def found_by_key(key: str) -> File | None:
    """The live file of a public link, whatever company it belongs to; None for an unknown key.

    The link's door decides whether a file that is not public may be shown.
    """
    files = File.everywhere.select_related("company")
    return files.filter(key_digest=keys.digest(key), deleted_at=None).first()


def owner_of(file: File) -> models.Model | None:
    """The record that carries a file of the company in scope; None once it is gone for good."""
    return owners_of([file]).get(file.pk)


def owners_of(files: Iterable[File]) -> dict[int, models.Model]:
    """The record of each file, by the file's key: one query a kind."""
    by_kind: dict[str, list[File]] = {}
    for file in files:
        by_kind.setdefault(file.owner_kind, []).append(file)
    found: dict[int, models.Model] = {}
    for kind, some in by_kind.items():
        model = model_named(kind)
        rows = model._base_manager.in_bulk({file.owner_id for file in some}) if model else {}
        found |= {file.pk: rows[file.owner_id] for file in some if file.owner_id in rows}
    return found


@lru_cache(maxsize=64)
def model_named(kind: str) -> type[models.Model] | None:
    """The table behind a kind: "invoice" is sales' Invoice."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("comptoir."))
    return next((model for model in ours if model._meta.model_name == kind), None)
