"""Import of files: upload and see what is in them, then say which column is which (contract rules 26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comptoir.contract import answers, problems
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.idempotency import once
from comptoir.insight.imports import files, headings, rules
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.kernel.refused import Refused
from comptoir.preferences.values import truth
from comptoir.tenancy import keys

MATCHED_BY: Final = ("number", "id_number", "name")
"""By what apps expect a row to be refused as known (decision C19); ``matched_by`` says otherwise."""
_LAYOUTS: Final = ("csv", *ENTITIES)


class Imports(Endpoints):
    path, entity = "import", "client"

    @route("POST", "/preimport")
    def preimport(call: Call) -> HttpResponse:
        """Upload ``files[client]`` and get its first rows, what can be imported, and what seems to be what.

        Kept for a day.
        """
        _need_any(call)
        return once(call, lambda: lambda: answers.json(_seen(_uploaded(call))))

    @route("POST", "/import")
    def start(call: Call) -> HttpResponse:
        """Import what was uploaded under ``hash``; a mail tells when it is done.

        Ours besides: ``duplicates`` (skip, update, create) and ``matched_by`` (number, id_number,
        vat_number, email, name).
        """
        _need_any(call)
        return once(call, lambda: lambda: _start(call))


def _need_any(call: Call) -> None:
    """Raise Forbidden for whom no file could be imported; which right a file wants, it says itself."""
    if not any(call.who.may("create", kind.permission) for kind in ENTITIES.values()):
        raise problems.Forbidden


def _uploaded(call: Call) -> list[Import]:
    """Every file that came, under one key. Raises Refused at its part."""
    runs: list[Import] = []
    for part, uploads in call.request.FILES.lists():
        entity = part.partition("[")[2].rstrip("]") or str(call.body.get("import_type") or "")
        try:
            kind = rules.entity_of(entity)
            call.need("create", entity=kind.permission)
            beside = runs[0] if runs else None
            by, on = call.who.actor, call.who.today
            runs.append(upload_import(entity, uploads[0], by=by, on=on, beside=beside))
        except Refused as refusal:
            raise Refused(f"files.{entity}", refusal.sentence) from None
    if not runs:
        raise Refused("files", _("The files field is required when hash is not present."))
    return runs


def _seen(runs: list[Import]) -> dict[str, Any]:
    return {"hash": runs[0].key, "mappings": {run.entity: _described(run) for run in runs}}


def _described(run: Import) -> dict[str, Any]:
    """Headings and a first row, the columns by place, and for each column of the file the place that fits."""
    columns = [column.id for column in ENTITIES[run.entity].columns()]
    head = [row.cells for row in files.head(run, 2)]
    guessed = headings.guess(ENTITIES[run.entity], head[0])
    hints = {
        str(place): str(columns.index(guessed[place])) if place in guessed else None
        for place in range(len(head[0]))
    }
    return {"available": {str(n): name for n, name in enumerate(columns)}, "headers": head, "hints": hints}


def _start(call: Call) -> HttpResponse:
    if str(call.body.get("import_type") or "csv") not in _LAYOUTS:
        raise Refused("import_type", _("Records of this kind cannot be imported from a file."))
    runs = _kept(str(call.body["hash"])) if call.body.get("hash") else _uploaded(call)
    maps = call.body.get("column_map")
    wanted = [run for run in runs if not isinstance(maps, Mapping) or run.entity in maps]
    if not wanted:
        raise Refused("column_map", _("Say which column is which."))
    for run in wanted:
        call.need("create", entity=ENTITIES[run.entity].permission)
        try:
            start_import(run, _choices(call, run, maps), by=call.who.actor, on=call.who.today)
        except Refused as refusal:
            raise _at_columns(refusal, run.entity) from None
    return call.message(_("Your import has started, we'll send you an email once it completes."))


def _at_columns(refusal: Refused, entity: str) -> Refused:
    """The faults of the mapping at their place in the body."""
    prefix = f"column_map.{entity}."
    errors = refusal.errors.items()
    return Refused.many({prefix + at if at.startswith("mapping") else at: texts for at, texts in errors})


def _kept(key: str) -> list[Import]:
    """What was uploaded under a key and not imported yet. Raises Refused at ``hash``."""
    found = [run for run in Import.objects.filter(key_digest=keys.digest(key)).order_by("pk") if run.is_open]
    if not found:
        raise Refused("hash", _("There is no such upload any more: upload the file again."))
    return found


def _choices(call: Call, run: Import, maps: Any) -> dict[str, Any]:
    """What the body says, in the words of the operation. Raises Refused at the key."""
    choices: dict[str, Any] = {"wants_mail": True, "matched_by": _matched_by(run)}
    if "skip_header" in call.body:
        try:
            choices["has_header"] = truth(call.body["skip_header"])
        except ValueError:
            raise Refused("skip_header", _("This is neither true nor false.")) from None
    sent = maps.get(run.entity) if isinstance(maps, Mapping) else None
    if isinstance(sent, Mapping) and isinstance(sent.get("mapping"), Mapping):
        choices["mapping"] = _mapping(sent["mapping"], run)
    if "duplicates" in call.body:
        choices["duplicates"] = str(call.body["duplicates"])
    if isinstance(call.body.get("matched_by"), list):
        choices["matched_by"] = [str(name) for name in call.body["matched_by"]]
    return choices


def _matched_by(run: Import) -> list[str]:
    keys = ENTITIES[run.entity].keys
    return [key for key in keys if run.entity != "client" or key in MATCHED_BY]


def _mapping(sent: Mapping[Any, Any], run: Import) -> dict[str, str]:
    """Places with names of columns; what is left blank is not imported."""
    found: list[tuple[int, str]] = []
    for place, name in sent.items():
        if not str(place).isdecimal():
            raise Refused(f"mapping.{place}", _("There is no such column."))
        found.append((int(place), str(name or "")))
    return rules.mapping_of(sorted(found))
