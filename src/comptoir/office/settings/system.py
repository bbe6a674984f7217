"""What runs here, and where its files lie (S34, S36)."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

import comptoir
from comptoir.activity.models import Job
from comptoir.files.models import File
from comptoir.insight.backup import make
from comptoir.office.desk import Desk, desk
from comptoir.office.links import page_url
from comptoir.office.pages import page, part
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.tenancy.models import Account
from comptoir.ui.forms import Form
from comptoir.ui.parts import Detail


@require_GET
@desk("edit", "company")
def show(place: Desk) -> HttpResponse:
    """Facts for whoever looks after the machine; other companies' work is counted, not shown."""
    waiting = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).count()
    failed = Job.objects.filter(state=Job.State.FAILED, company_id=place.company.pk).count()
    details = [
        Detail(_("Version"), comptoir.__version__),
        Detail(_("Address"), settings.BASE_URL, "web"),
        Detail(_("Database"), _database()),
        Detail(_("Attached files"), str(settings.MEDIA_ROOT), copy=True),
        Detail(_("Files of this company"), str(File.objects.filter(deleted_at=None).count()), "number"),
        Detail(_("Waiting work"), str(waiting), "number"),
        Detail(_("Work that failed"), str(failed), "number"),
    ]
    backup_url = page_url("back-up") if _may_back_up(place) else ""
    context = {
        **frame(place, level_of(place), "system"),
        "details": details,
        "data": str(settings.DATA),
        "backup_url": backup_url,
    }
    return page(place, "settings/system.html", context, module="settings")


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def back_up(place: Desk) -> HttpResponseBase:
    """The whole installation as one file, for its only account's owner, after the password (S36)."""
    _need_owner(place)
    if place.request.method == "GET":
        return _dialog(place, Form())
    typed = place.request.POST.get("password", "")
    if not place.membership.user.check_password(typed):
        return _dialog(place, Form({}, {"password": [_("This is not your password.")]}), status=422)
    with tempfile.TemporaryDirectory(prefix="comptoir-") as folder:
        path = Path(folder) / "backup.zip"
        make(path, data=settings.DATA)
        content = path.open("rb")  # the folder may go: the bytes stay while they are read
    name = f"comptoir-{timezone.now():%Y%m%d-%H%M%S}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


def _may_back_up(place: Desk) -> bool:
    """The archive holds every account of the installation, so that there may be one only."""
    return place.membership.is_owner and Account.objects.count() == 1


def _need_owner(place: Desk) -> None:
    if not _may_back_up(place):
        raise PermissionDenied


def _dialog(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "url": place.request.path}
    return part(place, "settings/backup.html", context, status=status)


urlpatterns = [
    path("settings/system", show, name="system"),
    path("settings/system/backup", back_up, name="back-up"),
]
