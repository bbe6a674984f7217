"""Create, update, delete and upload: authorise, read everything, then one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.contract import answers, envelopes
from comptoir.contract.fetching import version_of
from comptoir.contract.fields.nested import take_all
from comptoir.contract.idempotency import once
from comptoir.contract.reading import Reading, sentence
from comptoir.kernel.refused import Refused, Stale, WrongState
from comptoir.tenancy.locking import lock

if TYPE_CHECKING:
    from comptoir.contract.calls import Call


def show_blank(call: Call) -> HttpResponse:
    """A record with its defaults, not stored (decisions T24 to T26)."""
    resource = call.resource
    row = resource.empty()
    resource.blank(row, call.view)
    return answers.json(envelopes.item(row, call))


def store(call: Call) -> HttpResponse:
    """Create one row."""

    def prepare() -> Callable[[], HttpResponse]:
        values = read_values(call)
        return lambda: finish(call, call.resource.create(values, by=call.who.actor, on=call.who.today))  # type: ignore[misc]

    return once(call, prepare)


def change(call: Call) -> HttpResponse:
    """Update what was sent of one row; the rest keeps its value."""
    row = call.row("edit")
    if getattr(row, "deleted_at", None):
        raise WrongState(_("Record is deleted and cannot be edited. Restore the record to enable editing."))

    def prepare() -> Callable[[], HttpResponse]:
        values = read_values(call, row)
        return lambda: _save(call, row, values)

    return once(call, prepare)


def _save(call: Call, row: models.Model, values: dict[str, Any]) -> HttpResponse:
    refuse_stale(call, row)
    call.resource.update(row, values, by=call.who.actor, on=call.who.today)  # type: ignore[misc]
    return finish(call, row)


def finish(call: Call, row: models.Model) -> HttpResponse:
    """Files, then flags in their declared order, then the row as it is after all of it."""
    attach(call, row)
    for name, flag in call.resource.all_flags.items():
        flag.run(name, row, call)
    return call.one(row.pk)


def remove(call: Call) -> HttpResponse:
    """Delete one row, or archive it where the resource says so."""
    action = call.resource.all_actions[call.resource.removes]
    row = call.row(action.verb)

    def work() -> HttpResponse:
        action.run(call, row, {})
        return action.answer(call, [row]) if action.answer else call.one(row.pk)  # type: ignore[return-value]

    return once(call, lambda: work)


def upload(call: Call) -> HttpResponse:
    """Attach files to one row and show it."""
    row = call.row("edit")
    if not any(part in call.files for part in ("file", *call.resource.uploads)):
        raise Refused("documents", sentence("required", "documents"))
    return once(call, lambda: lambda: finish(call, row))


def attach(call: Call, row: models.Model) -> None:
    """Hand the files of the request to the operations that the resource names for their parts."""
    if not call.resource.uploads or not call.files:
        return
    public = str(call.body.get("is_public", "true")).lower() not in ("false", "0", "")
    for part, operation in call.resource.uploads.items():
        sent = call.files.get(part, []) + (call.files.get("file", []) if part == "documents" else [])
        if sent:
            operation(row, sent, public=public, by=call.who.actor, on=call.who.today)


def read_values(call: Call, row: models.Model | None = None) -> dict[str, Any]:
    """The body as the operation wants it. Raises Refused with every fault at once."""
    reading = Reading(call.who, row)
    values = take_all(call.resource.fields, call.body, reading)
    call.resource.check(values, reading)
    reading.settle()
    return values


def refuse_stale(call: Call, row: models.Model) -> None:
    """With If-Match, refuse a save of a row that has changed since (decisions T28)."""
    wanted = call.request.headers.get("If-Match", "")
    if not wanted or wanted.strip() == "*" or not call.resource.versioned:
        return
    lock(row)
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in wanted.split(",")}
    if str(version_of(getattr(row, "updated_at", None))) not in tags:
        raise Stale(_("Somebody else has saved this record since you opened it."))
