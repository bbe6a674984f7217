"""The list of a company's own designs, and what is done to one of them."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from comptoir.activity import kinds
from comptoir.delivery.runs.subjects import SUBJECTS
from comptoir.designs import operations
from comptoir.designs.models import Design
from comptoir.designs.starting import STARTS
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.ui import cells, toasts
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import Action

VERBS: Final = {
    "archive": (operations.archive, gettext_lazy("Archived.")),
    "restore": (operations.restore, gettext_lazy("It is back.")),
    "delete": (operations.delete, gettext_lazy("Deleted.")),
}


@require_GET
@desk("edit", "company")
def listed(place: Desk) -> HttpResponse:
    """Archived ones too; deleted ones are brought back by undoing."""
    rows = list(Design.objects.live().order_by("name", "pk"))
    context = {
        **frame(place, level_of(place), "designs"),
        "table": _table(rows),
        "new_url": reverse("office:new-design"),
        "starts": [
            Action(str(one.name), f"{reverse('office:new-design')}?start={one.key}", "template")
            for one in STARTS
        ],
        "import_url": reverse("office:import-design"),
        "back_url": reverse("office:settings-page", args=["designs"]),
    }
    return page(place, "settings/designs/list.html", context, module="settings")


def _table(rows: list[Design]) -> Table:
    at = reverse("office:edit-design", args=["ID"]).replace("ID", "{id}")
    verb = reverse("office:act-design", args=["ID", "VERB"]).replace("ID", "{id}")
    return Table(
        columns=[
            Column("name", _("Name"), strong=True, wide=True, phone="main"),
            Column("kind", _("Kind"), quiet=True),
            Column("changed", _("Changed"), quiet=True, phone="sub"),
            Column("state", "", phone="end"),
        ],
        rows=[_row(row) for row in rows],
        actions=[
            Action(_("Edit"), at, "pencil", key="edit"),
            Action(_("Export"), at.replace("/edit", "/export"), "download", key="export"),
            Action(
                _("Archive"), verb.replace("VERB", "archive"), "archive", "post", key="archive", divided=True
            ),
            Action(_("Restore"), verb.replace("VERB", "restore"), "archive-off", "post", key="restore"),
            Action(_("Delete"), verb.replace("VERB", "delete"), "trash", "post", key="delete", danger=True),
        ],
        caption=_("Own designs"),
    )


def _kind(row: Design) -> str:
    """ "Design", or what a template is run over."""
    if not row.is_template:
        return _("Design of documents")
    labels = [str(kinds.named(entity).many) for entity in SUBJECTS if entity in row.kinds]
    return _("Template: %(kinds)s") % {"kinds": ", ".join(labels) or _("all records")}


def _row(row: Design) -> Row:
    away = cells.badge(_("Archived"), status="archived") if row.is_archived else ""
    url = reverse("office:edit-design", args=[ids.encode(row.pk)])
    return Row(
        ids.encode(row.pk),
        row.name,
        [cells.link(row.name, url), _kind(row), cells.day(row.updated_at.date()), away],
        can="restore export delete" if row.is_archived else "edit export archive delete",
    )


@require_POST
@desk("edit", "company")
def act(place: Desk, key: str, name: str) -> HttpResponse:
    """Archive, restore or delete."""
    if name not in VERBS:
        raise Http404
    row: Any = place.find(Design.objects.all(), key, "company", "edit")
    run, done = VERBS[name]
    if attempt(place, lambda: run(row, by=place.actor, on=place.on)):
        undo = "" if name == "restore" else reverse("office:act-design", args=[key, "restore"])
        toasts.add(place.request, done, undo=undo)
    return redirect("office:designs")
