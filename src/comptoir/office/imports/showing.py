"""One import: its columns before it begins, its progress while it runs, its report afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from comptoir.insight.imports import reporting
from comptoir.insight.imports.entities import ENTITIES
from comptoir.insight.imports.models import Import
from comptoir.office.desk import Desk
from comptoir.office.imports import words
from comptoir.office.imports.finding import address, find
from comptoir.office.imports.matching import columns
from comptoir.office.imports.results import report
from comptoir.office.pages import go_to, page, part
from comptoir.tenancy.scope import acting_for, current_company
from comptoir.ui.forms import Form
from comptoir.ui.parts import Crumb

_VIEWS: Final = {
    "read": "reread-import",
    "start": "start-import",
    "stop": "stop-import",
    "resume": "resume-import",
    "forget": "forget-import",
    "corrections": "import-corrections",
    "use": "use-mapping",
    "unkeep": "forget-mapping",
}


def show(desk: Desk, key: str) -> HttpResponse:
    """Whichever of its three faces it has now."""
    run = find(desk, key)
    if run.is_running:
        return page(desk, "imports/running.html", _around(run) | _progress(run), module="settings")
    if run.is_open:
        return draw(desk, run, Form(values(run)))
    return page(desk, "imports/report.html", _around(run) | report(desk, run), module="settings")


def progress(desk: Desk, key: str) -> HttpResponse:
    """How far it is; once it is over, the page of what came of it."""
    run = find(desk, key)
    if not run.is_running:
        return go_to(desk, address(run))
    return part(desk, "imports/progress.html", _progress(run))


def corrections(desk: Desk, key: str) -> HttpResponseBase:
    """The rows that were refused or left out, as a file to correct and import again."""
    run = find(desk, key)
    name = run.name.rpartition(".")[0] or run.name
    response = StreamingHttpResponse(_spoken(run), content_type="text/csv; charset=utf-8")
    said = content_disposition_header(True, f"{name}-{_('corrections')}.csv")
    response.headers["Content-Disposition"] = said or "attachment"
    return response


def _spoken(run: Import) -> Iterator[str]:
    """Read while it is sent, in the scope and the language of the request that asked."""
    company, language = current_company(), get_language()
    lines = reporting.correction(run, [])

    def read() -> Iterator[str]:
        while True:
            with acting_for(company), override(language):
                line = next(lines, None)
            if line is None:
                return
            yield line

    return read()


def draw(desk: Desk, run: Import, form: Form, *, status: int = 200) -> HttpResponse:
    """The page of columns, with what a rehearsal has found if there was one."""
    context = _around(run) | columns(run) | {"form": form}
    if run.state == Import.State.CHECKED:
        context |= report(desk, run)
    return page(desk, "imports/columns.html", context, module="settings", status=status)


def values(run: Import) -> dict[str, Any]:
    """What the form of columns shows."""
    columns = {f"column.{place}": name for place, name in run.columns.items()}
    by = {f"by.{key}": "1" if key in run.matched_by else "" for key in ENTITIES[run.entity].keys}
    return {
        **columns, **by, "duplicates": run.duplicates, "decimal": run.decimal, "day_order": run.day_order,
    }  # fmt: skip


def _around(run: Import) -> dict[str, Any]:
    return {
        "run": run,
        "state": words.state_badge(run),
        "crumbs": [
            Crumb(_("Settings"), reverse("office:settings")),
            Crumb(_("Import and export"), reverse("office:imports")),
        ],
        "urls": {name: address(run, view) for name, view in _VIEWS.items()},
    }


def _progress(run: Import) -> dict[str, Any]:
    text = _("Checking the rows") if run.rehearsal else _("Importing the rows")
    return {
        "run": run,
        "text": text,
        "progress_url": address(run, "import-progress"),
        "stop_url": address(run, "stop-import"),
    }
