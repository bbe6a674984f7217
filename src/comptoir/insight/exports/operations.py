"""What people do with exports. ``making`` does the work itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language

from comptoir.activity import outbox
from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.files import shelves
from comptoir.tenancy.locking import lock

from . import facts, rules
from .declaring import Column, Sheet
from .models import Export

JOB: Final = "exports.make"
_AHEAD: Final = timedelta(hours=1)
"""Before the mails that wait: somebody looks at a progress bar."""


@operation
def ask_export(
    sheet: Sheet,
    keys: Sequence[int],
    columns: Sequence[Column],
    *,
    by: Actor,
    on: date,
    type_: str = "csv",
    notation: str = "en",
    options: Mapping[str, Any] | None = None,
    wants_mail: bool = False,
) -> Export:
    """Leave a file to the worker; ``keys`` are records that the asker may see.

    Raises Refused at ``report_keys`` without a column, at ``date_range`` for too many records.
    """
    rules.refuse_no_columns(columns)
    rules.refuse_too_many(len(keys))
    export = Export(
        user_id=by.user_id,
        actor=asdict(by),
        sheet=sheet.key,
        type=type_,
        keys=list(keys),
        columns=[column.id for column in columns],
        options=dict(options or {}),
        spoken=get_language() or "en",
        notation=notation,
        wants_mail=wants_mail,
        total=len(keys),
        name=f"{sheet.called()}-{on}.{type_}",
    )
    export.save()
    _leave_to_worker(export)
    tell(facts.ExportAsked(export, actor=by, notes=str(len(keys))))
    return export


def _leave_to_worker(export: Export) -> None:
    outbox.queue(JOB, {"export": export.pk}, run_at=timezone.now() - _AHEAD)


@operation
def fail_export(export: Export, *, by: Actor, on: date) -> None:
    """It will not be made, whatever is waited. For the worker."""
    lock(export)
    export.state = Export.State.FAILED
    export.save()
    tell(facts.ExportFailed(export, actor=by))


@operation
def ask_again(export: Export, *, by: Actor, on: date) -> None:
    """Try one that failed once more: the same records, columns and words. Raises WrongState for another."""
    lock(export)
    rules.refuse_not_failed(export)
    export.state, export.handled = Export.State.RUNNING, 0
    export.save()
    _leave_to_worker(export)
    tell(facts.ExportAsked(export, actor=by, notes=str(export.total)))


@operation
def forget_export(export: Export, *, by: Actor, on: date) -> None:
    """Remove a file, or give up waiting for it: the worker stops at its next step."""
    lock(export)
    tell(facts.ExportForgotten(export, actor=by))
    if export.path:
        shelves.remove_once_committed([export.path])
    export.delete()
