"""A large file on its way: how far it is, then the file, for a day."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.activity import kinds
from comptoir.insight.exports.making import MIME, opened
from comptoir.insight.exports.models import Export
from comptoir.insight.exports.operations import ask_again, forget_export
from comptoir.insight.exports.sheets import SHEETS
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.modules import module_of
from comptoir.office.pages import go_to, page, part
from comptoir.ui import cells, toasts
from comptoir.ui.parts import Crumb


def show(place: Desk, key: str) -> HttpResponse:
    """The page where one waits, and then fetches."""
    return page(place, "exports/show.html", _context(_find(place, key)))


def progress(place: Desk, key: str) -> HttpResponse:
    """How far it is; once it is over, the page again."""
    export = _find(place, key)
    if not export.is_running:
        return go_to(place, _address("show-export", export))
    return part(place, "exports/progress.html", _context(export))


def fetch(place: Desk, key: str) -> HttpResponseBase:
    """The file."""
    export = _find(place, key)
    if not export.is_ready:
        raise Http404
    return FileResponse(
        opened(export), as_attachment=True, filename=export.name, content_type=MIME[export.type]
    )


def forget(place: Desk, key: str) -> HttpResponse:
    """Give up waiting, or remove the file."""
    export = _find(place, key)
    back = _back(export)
    forget_export(export, by=place.actor, on=place.on)
    toasts.add(place.request, _("The export is removed."))
    return go_to(place, back)


def again(place: Desk, key: str) -> HttpResponse:
    """Ask for one that failed once more."""
    export = _find(place, key)
    attempt(place, lambda: ask_again(export, by=place.actor, on=place.on))
    return go_to(place, _address("show-export", export))


def _find(place: Desk, key: str) -> Export:
    """404 for an unknown id, another company's or another member's."""
    mine = Export.objects.filter(user_id=place.membership.user_id)
    export = mine.filter(pk=ids.decode(key) or 0).first()
    if export is None:
        raise Http404
    return export


def _context(export: Export) -> dict[str, Any]:
    back = _back(export)
    return {
        "export": export,
        "rows": cells.number(export.total),
        "crumbs": [Crumb(str(SHEETS[export.sheet].title), back)] if export.sheet in SHEETS else [],
        "back_url": back,
        "text": _("Writing the file"),
        **{
            f"{name}_url": _address(f"{name}-export", export)
            for name in ("progress", "fetch", "again", "forget")
        },
    }  # fmt: skip


def _back(export: Export) -> str:
    """The list that it is of."""
    entity = SHEETS[export.sheet].entity if export.sheet in SHEETS else ""
    return module_of(entity).list_url if kinds.find(entity) else reverse("office:home")


def _address(name: str, export: Export) -> str:
    return reverse(f"office:{name}", args=[ids.encode(export.pk)])


here = desk()

urlpatterns = [
    path("exports/<str:key>", require_GET(here(show)), name="show-export"),
    path("exports/<str:key>/progress", require_GET(here(progress)), name="progress-export"),
    path("exports/<str:key>/file", require_GET(here(fetch)), name="fetch-export"),
    path("exports/<str:key>/again", require_POST(here(again)), name="again-export"),
    path("exports/<str:key>/forget", require_POST(here(forget)), name="forget-export"),
]
