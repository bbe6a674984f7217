"""Everything that can be done to attached files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File as Content
from django.db import models
from django.utils import timezone

from comptoir.activity.actors import Actor
from comptoir.activity.facts import Fact, kind_of
from comptoir.activity.operations import changed, operation, tell
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.locking import lock

from . import facts, rules, shelves
from .models import File
from .queries import owners_of
from .types import MOST_KB

EDITABLE = frozenset({"name", "is_public", "is_default"})


def attach_files(
    owner: models.Model,
    uploads: Sequence[Content[bytes]],
    *,
    by: Actor,
    on: date,
    is_public: bool = True,
    most_kb: int = MOST_KB,
) -> list[File]:
    """Keep ``uploads`` with a record. Two of the same name are two files.

    Raises Refused at ``documents.<n>``: then none of them is kept. The bytes are written before the
    transaction begins, so that no other writer waits for a slow disk.
    """
    examined = rules.examine(uploads, most_kb=most_kb)
    if not examined:
        return []
    shelved = []
    try:
        for upload in examined:
            shelved.append(shelves.shelve(owner, upload.content, upload.type))  # noqa: PERF401 - kept when one fails
        return _attach(owner, list(zip(examined, shelved, strict=True)), is_public, by=by, on=on)
    except BaseException:
        shelves.remove(lying.path for lying in shelved)
        raise


@operation
def _attach(
    owner: models.Model,
    kept: Sequence[tuple[rules.Examined, shelves.Shelved]],
    is_public: bool,
    *,
    by: Actor,
    on: date,
) -> list[File]:
    files = File.objects.bulk_create(
        [
            File(
                **_belonging(owner),
                **fresh("file"),
                user_id=by.user_id,
                name=upload.name,
                type=upload.type,
                width=upload.width,
                height=upload.height,
                path=lying.path,
                size=lying.size,
                checksum=lying.checksum,
                is_public=is_public,
            )
            for upload, lying in kept
        ]
    )
    _touch(owner)
    tell(facts.about(owner, facts.FilesAttached, [file.name for file in files], by=by))
    return files


@operation
def update_file(file: File, fields: Mapping[str, Any], *, by: Actor, on: date) -> File:
    """Rename a file, show it to the client or hide it. It keeps its extension whatever it is called."""
    lock(file)
    sent = {name: value for name, value in fields.items() if name in EDITABLE}
    if "name" in sent:
        sent["name"] = rules.refuse_name(sent["name"], file.type)
    changes = changed(file, sent)
    file.save()
    _tell([file], facts.FilesChanged, by=by, changes=changes)
    return file


def archive_files(files: Sequence[File], *, by: Actor, on: date) -> None:
    """Put files out of the way; those that are already stay as they are."""
    if present := [file for file in files if not file.is_archived]:
        _stamp(present, timezone.now(), by=by)


def restore_files(files: Sequence[File], *, by: Actor, on: date) -> None:
    """Bring archived files back."""
    if archived := [file for file in files if file.is_archived]:
        _stamp(archived, None, by=by)


def delete_files(files: Sequence[File], *, by: Actor, on: date) -> None:
    """Remove files for good; their bytes go once the transaction has succeeded."""
    if files:
        _delete(files, by=by)


def copy_files(source: models.Model, target: models.Model, *, by: Actor, on: date) -> list[File]:
    """Keep a copy of one record's live files with another (a quote's with its invoice)."""
    copies = []
    for file in File.objects.of(source).active():
        with shelves.storage().open(file.path) as content:
            content.name = file.name
            copies += attach_files(target, [content], by=by, on=on, is_public=file.is_public)
    return copies


def move_files(source: models.Model, target: models.Model) -> int:
    """Hand all files of one record to another; how many. For use inside an operation (a merge)."""
    if kind_of(source) == "client":
        File.objects.about(source.pk).update(client_id=target.pk)
    return int(File.objects.of(source).update(**_belonging(target), updated_at=timezone.now()))


def follow_client(owner: models.Model) -> None:
    """A record has another client than before: its files go along. For use inside an operation."""
    File.objects.of(owner).update(**_belonging(owner))


def forget_files(*owners: models.Model) -> int:
    """Remove all files of these records for good; how many. For use inside an operation (a purge).

    A client's are all those of its file, whichever record carries them.
    """
    files = File.objects.of(*owners)
    for owner in owners:
        if kind_of(owner) == "client":
            files |= File.objects.about(owner.pk)
    shelves.remove_once_committed(list(files.values_list("path", flat=True)))
    return int(files.delete()[0])


@operation
def _stamp(files: Sequence[File], at: datetime | None, *, by: Actor) -> None:
    lock(*files)
    for file in files:
        file.archived_at, file.updated_at = at, timezone.now()
    File.objects.bulk_update(files, ["archived_at", "updated_at"])
    _tell(files, facts.FilesChanged, by=by, changes={"is_archived": (at is None, at is not None)})


@operation
def _delete(files: Sequence[File], *, by: Actor) -> None:
    lock(*files)
    _tell(files, facts.FilesDeleted, by=by)
    shelves.remove_once_committed(file.path for file in files)
    File.objects.filter(pk__in=[file.pk for file in files]).delete()


def _tell(files: Sequence[File], kind: type[Fact], *, by: Actor, **more: Any) -> None:
    """One fact for each record concerned; a file whose record is gone speaks for itself."""
    owners = owners_of(files)
    by_owner: dict[models.Model, list[str]] = {}
    for file in files:
        by_owner.setdefault(owners.get(file.pk, file), []).append(file.name)
    for owner, names in by_owner.items():
        if owner not in files:
            _touch(owner)
        tell(facts.about(owner, kind, names, by=by, **more))


def _belonging(owner: models.Model) -> dict[str, Any]:
    """The columns that say whose file it is."""
    client_id = owner.pk if kind_of(owner) == "client" else getattr(owner, "client_id", None)
    return {"owner_kind": kind_of(owner), "owner_id": owner.pk, "client_id": client_id}


def _touch(owner: models.Model) -> None:
    """Let those who ask for changed records see it: its files are part of its answer."""
    owner.updated_at = timezone.now()  # type: ignore[attr-defined]
    type(owner)._base_manager.filter(pk=owner.pk).update(updated_at=owner.updated_at)  # type: ignore[attr-defined]
