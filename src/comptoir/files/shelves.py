"""Where the bytes lie: ``<company>/<record>/<random>.<type>``, none of it a person's word (S35)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from django.core.files.base import File as Content
from django.core.files.storage import Storage, storages
from django.db import models, transaction

from comptoir.activity.facts import kind_of
from comptoir.tenancy import keys
from comptoir.tenancy.scope import current_company_id


class Shelved(NamedTuple):
    path: str
    checksum: str
    size: int


def storage() -> Storage:
    """The default storage of the settings: a folder of the data, or a bucket."""
    return storages["default"]


def shelve(owner: models.Model, content: Content[bytes], type_: str) -> Shelved:
    """Write the bytes under a fresh path. Nothing points to it before a row does."""
    checksum = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        checksum.update(chunk)
    size = content.tell()
    content.seek(0)
    path = f"{_folder('company', current_company_id())}/{_folder(kind_of(owner), owner.pk)}"
    path = storage().save(f"{path}/{secrets.token_hex(20)}.{type_}", content)
    return Shelved(path, checksum.hexdigest(), size)


def remove(paths: Iterable[str]) -> None:
    """Take bytes away; a path that is gone already is fine."""
    for path in paths:
        storage().delete(path)


def discard(rows: models.QuerySet[Any]) -> int:
    """Delete rows that have a ``path``, of any company, and their bytes; how many."""
    found = dict(rows.values_list("pk", "path"))
    remove({path for path in found.values() if path})
    rows.model.everywhere.filter(pk__in=found).delete()
    return len(found)


def remove_once_committed(paths: Iterable[str]) -> None:
    """Take them away when the transaction has succeeded, so that a rollback loses no file."""
    transaction.on_commit(partial(remove, list(paths)))


def _folder(kind: str, row_id: int) -> str:
    return keys.digest(keys.derive(f"folder:{kind}", row_id))[:32]
