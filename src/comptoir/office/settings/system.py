"""What runs here, and where its files lie (S34, S36)."""

from __future__ import annotations

import sqlite3

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import comptoir
from comptoir.activity.models import Job
from comptoir.files.models import File
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
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
    context = {**frame(place, level_of(place), "system"), "details": details, "data": str(settings.DATA)}
    return page(place, "settings/system.html", context, module="settings")


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


urlpatterns = [path("settings/system", show, name="system")]
