"""Everything that is done to imports by people. ``running`` does the work itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.base import File as Content
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import outbox
from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.files import names, shelves
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.reference import country, currency
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.locking import lock
from comptoir.tenancy.scope import current_company

from . import facts, files, headings, rules, sheets
from .models import PURPOSE, Import, ImportedRow, SavedMapping

JOB = "imports.run"
_AHEAD: Final = timedelta(hours=1)
LOOKED_AT = 50
"""Rows read to find out what a file is like."""


def upload_import(
    entity: str, upload: Content[bytes] | None, *, by: Actor, on: date, beside: Import | None = None
) -> Import:
    """Keep a file to be imported, with all that can be guessed of it. ``beside`` lends its key.

    Raises Refused at ``import_type``, ``file``, ``encoding`` or ``delimiter``; then nothing is kept.
    """
    kind = rules.refuse_upload(upload)
    assert upload is not None
    upload.seek(0)
    content = upload.read()
    run = Import(
        entity=rules.entity_of(entity).key,
        user_id=by.user_id,
        actor=asdict(by),
        name=names.clean(upload.name or ""),
        type=kind,
        **(_key(beside) if beside else fresh(PURPOSE)),
        **_notation(),
    )
    _look_at(run, content)
    shelved = files.keep(content, kind)
    try:
        return _upload(run, shelved, by=by, on=on)
    except BaseException:
        shelves.remove([shelved])
        raise


@operation
def _upload(run: Import, path: str, *, by: Actor, on: date) -> Import:
    run.path = path
    run.save()
    tell(facts.ImportUploaded(run, actor=by))
    return run


def reread_import(run: Import, manner: Mapping[str, Any]) -> Import:
    """Read the file otherwise: ``encoding``, ``delimiter``, ``sheet``, ``has_header``; columns are guessed.

    Nothing has happened yet that history would tell. Raises Refused at these names, WrongState for a
    file that is imported already.
    """
    with transaction.atomic():
        lock(run)
        rules.refuse_begun(run)
        for name in ("encoding", "delimiter", "sheet", "has_header"):
            if name in manner:
                setattr(run, name, manner[name])
        content = files.read(run)
        found = sheets.rows(content, run.type, run.manner, LOOKED_AT)
        _guess(run, found)
        _count(run, content)
        run.save()
    return run


@operation
def start_import(
    run: Import, choices: Mapping[str, Any], *, by: Actor, on: date, rehearsal: bool = False
) -> Import:
    """Leave the import to the worker, from its first row; a ``rehearsal`` only tells what would happen.

    ``choices`` may hold ``mapping``, ``duplicates``, ``matched_by``, ``decimal``, ``day_order``,
    ``has_header`` and ``wants_mail``. Raises Refused at these names, WrongState when it has begun.
    """
    lock(run)
    rules.refuse_begun(run)
    for name, value in choices.items():
        setattr(run, name, value)
    rules.refuse_choices(
        rules.entity_of(run.entity),
        {
            name: getattr(run, name)
            for name in ("mapping", "duplicates", "matched_by", "decimal", "day_order")
        },
    )
    _count(run, files.read(run))
    if not run.total:
        raise Refused("file", _("The file has no rows to import."))
    ImportedRow.objects.filter(run=run).delete()
    for name in ("handled", "cursor", *run.counts()):
        setattr(run, name, 0)
    run.state, run.rehearsal, run.error = Import.State.RUNNING, rehearsal, ""
    run.actor, run.user_id = asdict(by), by.user_id
    run.save()
    _hand_over(run)
    tell((facts.ImportCheckStarted if rehearsal else facts.ImportStarted)(run, actor=by))
    return run


@operation
def stop_import(run: Import, *, by: Actor, on: date) -> Import:
    """After the batch in hand nothing more is written; what was stays, and it can go on from there."""
    lock(run)
    if run.is_running:
        run.state = Import.State.UPLOADED if run.rehearsal else Import.State.STOPPED
        run.save()
    tell(facts.ImportStopped(run, actor=by))
    return run


@operation
def resume_import(run: Import, *, by: Actor, on: date) -> Import:
    """Go on with an import that was stopped or failed, where it ended."""
    lock(run)
    rules.refuse_running(run)
    if run.state not in (Import.State.STOPPED, Import.State.FAILED) or not run.path:
        rules.refuse_begun(run)
    run.state, run.error = Import.State.RUNNING, ""
    run.save()
    _hand_over(run)
    tell(facts.ImportStarted(run, actor=by))
    return run


@operation
def forget_import(run: Import, *, by: Actor, on: date) -> None:
    """Remove a file and its report; the records that it made stay. Raises WrongState while it runs."""
    lock(run)
    rules.refuse_running(run)
    tell(facts.ImportForgotten(run, actor=by))
    files.remove_once_committed(run)
    run.delete()


@operation
def save_mapping(
    name: str, entity: str, pairs: Sequence[tuple[str, str]], *, by: Actor, on: date
) -> SavedMapping:
    """Keep which heading means which column, anew for a known name. Raises Refused at ``mapping_name``."""
    name = name.strip()
    if not name or len(name) > 60:
        raise Refused("mapping_name", _("Give it a name of at most 60 characters."))
    found = SavedMapping.objects.filter(entity=entity, name=name).first() or SavedMapping(
        entity=entity, name=name, user_id=by.user_id
    )
    found.headings = [list(pair) for pair in pairs]
    found.save()
    tell(facts.MappingSaved(found, actor=by))
    return found


@operation
def forget_mapping(saved: SavedMapping, *, by: Actor, on: date) -> None:
    """Remove kept columns; imports that used them stay as they are."""
    lock(saved)
    tell(facts.MappingForgotten(saved, actor=by))
    saved.delete()


def _hand_over(run: Import) -> None:
    """Before the mails that wait: somebody looks at a progress bar."""
    outbox.queue(JOB, {"run": run.pk}, run_at=timezone.now() - _AHEAD)


def use_mapping(run: Import, saved: SavedMapping) -> Import:
    """Match the columns of a file as was kept. Raises WrongState when it has begun."""
    with transaction.atomic():
        lock(run)
        rules.refuse_begun(run)
        head = files.head(run, LOOKED_AT)
        found = headings.remembered(
            saved.headings, head[0].cells if head else [], rules.entity_of(run.entity)
        )
        run.mapping = rules.mapping_of(list(found.items()))
        run.save()
    return run


def _look_at(run: Import, content: bytes) -> None:
    manner = sheets.found_manner(content, run.type)
    run.encoding, run.delimiter, run.sheet = manner.encoding, manner.delimiter, manner.sheet
    found = sheets.rows(content, run.type, manner, LOOKED_AT)
    if not found:
        raise Refused("file", _("The file is empty."))
    run.has_header = headings.is_header(rules.entity_of(run.entity), found[0].cells)
    run.matched_by = list(rules.entity_of(run.entity).keys)
    _guess(run, found)
    _count(run, content)


def _guess(run: Import, found: Sequence[sheets.Row]) -> None:
    known = run.has_header and found
    guessed = headings.guess(rules.entity_of(run.entity), found[0].cells) if known else {}
    run.mapping = rules.mapping_of(list(guessed.items()))


def _count(run: Import, content: bytes) -> None:
    found = len(sheets.rows(content, run.type, run.manner))
    run.total = max(0, found - run.has_header)


def _notation() -> dict[str, str]:
    """How numbers and days are written where the company is (S4: the decimal sign follows its currency)."""
    preferences = Preferences((current_company().settings,))
    unit, nation = currency(str(preferences.currency_id)), country(str(preferences.country_id))
    sign = (nation.decimal_separator if nation else "") or (unit.decimal_separator if unit else "")
    american = nation is not None and nation.iso_3166_2 == "US"
    return {"decimal": "," if sign == "," else ".", "day_order": "mdy" if american else "dmy"}


def _key(beside: Import) -> dict[str, Any]:
    return {"key_seed": beside.key_seed, "key_digest": beside.key_digest}


@operation
def finish_import(run: Import, summary: str, *, by: Actor, on: date) -> Import:
    """All rows are through: the file goes, the report stays. For ``running``."""
    run.state = Import.State.CHECKED if run.rehearsal else Import.State.DONE
    run.finished_at = timezone.now()
    if not run.rehearsal:
        files.remove_once_committed(run)
        run.path = ""
    run.save()
    if run.rehearsal:
        tell(facts.ImportChecked(run, actor=by))
    else:
        tell(facts.ImportFinished(run, actor=by, notes=summary))
    return run


@operation
def fail_import(run: Import, sentence: str, *, by: Actor, on: date) -> Import:
    """It cannot go on, and says why; what was written stays. For ``running``."""
    run.state, run.error = Import.State.FAILED, sentence
    run.save()
    tell(facts.ImportFailed(run, actor=by, notes=sentence))
    return run
