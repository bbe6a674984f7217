"""What a person does with an import: reads the file otherwise, tries, begins, stops, goes on, removes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.insight.imports import files
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import, SavedMapping
from comptoir.insight.imports.operations import (
    forget_import,
    forget_mapping,
    reread_import,
    resume_import,
    save_mapping,
    start_import,
    stop_import,
    use_mapping,
)
from comptoir.insight.imports.rules import mapping_of
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused, WrongState
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.imports.finding import address, find
from comptoir.office.imports.showing import draw, values
from comptoir.ui import toasts
from comptoir.ui.forms import Form


def reread(desk: Desk, key: str) -> HttpResponse:
    """Another encoding, delimiter or sheet; with or without headings."""
    run, sent = find(desk, key), desk.request.POST
    manner: dict[str, Any] = {name: sent[name] for name in ("encoding", "delimiter", "sheet") if name in sent}
    manner["has_header"] = bool(sent.get("has_header"))
    attempt(desk, lambda: reread_import(run, manner))
    return redirect(address(run))


def start(desk: Desk, key: str) -> HttpResponse:
    """Check, or import, with what was chosen."""
    run, sent = find(desk, key), desk.request.POST
    places = [
        (int(place), sent[name]) for name in sent if (place := name.removeprefix("column.")).isdecimal()
    ]
    mapping = mapping_of(places)
    choices = {
        "mapping": mapping,
        "matched_by": [name for name in ENTITIES[run.entity].keys if sent.get(f"by.{name}")],
        **{name: sent.get(name, "") for name in ("duplicates", "decimal", "day_order")},
    }
    checks = sent.get("do") != "import"
    try:
        if sent.get("mapping_name", "").strip():
            _keep(desk, run, mapping, sent["mapping_name"])
        start_import(run, choices, by=desk.actor, on=desk.on, rehearsal=checks)
    except WrongState as refused:
        toasts.add(desk.request, str(refused.sentence), "error")
    except Refused as refused:
        run.refresh_from_db()
        return draw(desk, run, Form({**values(run), **sent.dict()}, _at_columns(refused)), status=422)
    return redirect(address(run))


def _keep(desk: Desk, run: Import, mapping: dict[str, str], name: str) -> None:
    head = files.head(run, 1)[0].cells if run.has_header else []
    pairs = [(head[int(place)], column) for place, column in mapping.items() if int(place) < len(head)]
    save_mapping(name, run.entity, pairs, by=desk.actor, on=desk.on)


def _at_columns(refused: Refused) -> dict[str, list[Any]]:
    """The faults at the inputs; what concerns the whole stands above the form."""
    places = {"mapping": "", "file": "", "matched_by": ""}
    return {
        places.get(name, name.replace("mapping.", "column.")): texts for name, texts in refused.errors.items()
    }


def stop(desk: Desk, key: str) -> HttpResponse:
    return _done(desk, key, stop_import)


def resume(desk: Desk, key: str) -> HttpResponse:
    return _done(desk, key, resume_import)


def _done(desk: Desk, key: str, work: Callable[..., Any]) -> HttpResponse:
    run = find(desk, key)
    attempt(desk, lambda: work(run, by=desk.actor, on=desk.on))
    return redirect(address(run))


def forget(desk: Desk, key: str) -> HttpResponse:
    """Remove a file and its report; its records stay."""
    run = find(desk, key)
    if not attempt(desk, lambda: forget_import(run, by=desk.actor, on=desk.on)):
        return redirect(address(run))
    toasts.add(desk.request, _("The file and its report are removed; the records stay."))
    return redirect(reverse("office:imports"))


def use(desk: Desk, key: str) -> HttpResponse:
    """Match the columns as they were kept."""
    run = find(desk, key)
    saved = _saved(desk, run)
    attempt(desk, lambda: use_mapping(run, saved))
    return redirect(address(run))


def unkeep(desk: Desk, key: str) -> HttpResponse:
    """Remove columns that were kept."""
    run = find(desk, key)
    saved = _saved(desk, run)
    attempt(desk, lambda: forget_mapping(saved, by=desk.actor, on=desk.on))
    return redirect(address(run))


def _saved(desk: Desk, run: Import) -> SavedMapping:
    key = ids.decode(desk.request.POST.get("saved", "")) or 0
    found = SavedMapping.objects.filter(pk=key, entity=run.entity).first()
    if found is None:
        raise Http404
    return found
