"""The files of a record as its page shows them, and attaching more."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.activity.facts import kind_of
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.files.queries import owners_of
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk
from comptoir.office.links import address, record_url
from comptoir.ui import toasts

MOST = 200
_ICONS = {
    "pdf": "file-type-pdf", "png": "photo", "jpg": "photo", "jpeg": "photo", "webp": "photo", "gif": "photo",
    "csv": "table", "xlsx": "table", "xls": "table", "ods": "table",
}  # fmt: skip


def count(owner: models.Model) -> str:
    """How many files a tab announces; "" for none."""
    rows = File.objects.live()
    kind = kind_of(owner)
    rows = rows.about(owner.pk) if kind == "client" else rows.filter(owner_kind=kind, owner_id=owner.pk)
    n = rows.count()
    return str(n) if n else ""


def panel(desk: Desk, owner: models.Model, upload_url: str, *, may_upload: bool) -> dict[str, Any]:
    """What ``files/panel.html`` shows; a client's files are those of all that is theirs (S30)."""
    live = File.objects.live().select_related("user")
    rows = live.about(owner.pk) if kind_of(owner) == "client" else live.of(owner)
    files = list(rows.order_by("-pk")[:MOST])
    if kind_of(owner) == "client":
        files += live.shared(owner.company_id, owner.group_id).order_by("-pk")[:MOST]  # type: ignore[attr-defined]
    owners = owners_of(
        [file for file in files if (file.owner_kind, file.owner_id) != (kind_of(owner), owner.pk)]
    )
    return {
        "files": [_shown(file, owners.get(file.pk)) for file in files],
        "upload_url": upload_url,
        "may_upload": may_upload,
        "is_public": bool(desk.preferences.documents_public_by_default),
    }


def _shown(file: File, other: models.Model | None) -> dict[str, Any]:
    here = address("file", file.pk)
    return {
        "name": file.name,
        "icon": _ICONS.get(file.type, "file-text"),
        "size": file.size,
        "when": file.created_at,
        "who": file.user.name if file.user else "",
        "is_public": file.is_public,
        "url": here,
        "picture_url": f"{here}?inline" if file.is_picture else "",
        "toggle_url": address("file-visibility", file.pk),
        "rename_url": address("file-rename", file.pk),
        "delete_url": address("file-delete", file.pk),
        "is_own": file.owner_kind not in ("company", "group"),
        "of": str(other) if other is not None else "",
        "of_url": record_url(file.owner_kind, file.owner_id) if other is not None else "",
    }


def upload(desk: Desk, owner: models.Model, back: str) -> HttpResponse:
    """Keep what was sent with the record, or say what is wrong with it."""
    files = desk.request.FILES.getlist("documents")
    public = desk.request.POST.get("is_public", "") == "1"
    if not files:
        toasts.add(desk.request, _("Choose a file first."), "warning")
    elif attempt(desk, lambda: attach_files(owner, files, by=desk.actor, on=desk.on, is_public=public)):
        n = len(files)
        toasts.add(desk.request, ngettext("%(n)s file added.", "%(n)s files added.", n) % {"n": n})
    return redirect(back)
