"""Filling an installation in which nobody works yet."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from typing import Final

from django.core.files.base import File as Content
from django.db import transaction

from comptoir.activity.models import Job
from comptoir.files.shelves import storage
from comptoir.tenancy.models import Account

from . import manifest, tables

_PATH: Final = re.compile(r"storage/([0-9a-z]+(?:[/._-][0-9A-Za-z]+)*)")
_MAIL: Final = "delivery.send_mail"


def restore(path: Path, *, data: Path) -> manifest.Contents:
    """Bring everything back, or nothing.

    Mail that waited when the backup was made may have left since: it is *unknown*, and a person decides.
    Raises Unusable for another file, another version, or an installation that is in use.
    """
    if not zipfile.is_zipfile(path):
        raise manifest.Unusable("this is not a backup of Comptoir.")
    with zipfile.ZipFile(path) as archive:
        contents = manifest.read(archive)
        if Account.objects.exists():
            raise manifest.Unusable("somebody works here already; choose an empty COMPTOIR_DATA.")
        with transaction.atomic():
            _fill_tables(archive)
            _hold_mail_back()
            _put_files(archive)
        if manifest.SECRETS in archive.namelist():
            _put_secrets(archive.read(manifest.SECRETS), data / manifest.SECRETS)
    return contents


def _fill_tables(archive: zipfile.ZipFile) -> None:
    known = set(archive.namelist())
    for model in tables.tables():
        name = f"tables/{model._meta.db_table}.jsonl"
        if name in known:
            model._base_manager.all().delete()  # what migrations put there
            with archive.open(name) as lines:
                tables.load(model, lines)
    tables.reset_counters()


def _hold_mail_back() -> None:
    waiting = Job.objects.filter(name=_MAIL, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    waiting.update(state=Job.State.UNKNOWN)
    from comptoir.delivery.mail.models import MailDelivery

    state = MailDelivery.State
    unsent = (state.QUEUED, state.WAITING, state.SENDING)
    MailDelivery.everywhere.filter(state__in=unsent).update(state=state.UNKNOWN)


def _put_files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if not name.startswith("storage/"):
            continue
        found = _PATH.fullmatch(name)
        if found is None:
            raise manifest.Unusable(f"it names a file that Comptoir never wrote: {name}")
        with archive.open(name) as source:
            storage().save(found[1], Content(source))


def _put_secrets(content: bytes, path: Path) -> None:
    draft = path.with_suffix(".restored")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
