"""What the worker does for imports."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone, translation

from comptoir.activity.jobs import job
from comptoir.activity.schedule import every
from comptoir.files import shelves
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.reference import language
from comptoir.tenancy.scope import current_company

from .models import Import
from .operations import JOB
from .running import run_import

UNUSED: Final = timedelta(days=1)
REPORTS: Final = timedelta(days=90)


@job(JOB)
def run_job(*, run: int) -> None:
    """Import what is left, its reasons in the language of whoever asked."""
    found = Import.objects.filter(pk=run).first()
    if found is None or not found.is_running:
        return
    person = User.objects.filter(pk=found.user_id).first()
    own = person.language_id if person else ""
    spoken = language(own or str(Preferences((current_company().settings,)).language_id))
    with translation.override(translation.to_language(spoken.locale if spoken else "en")):
        run_import(found)


@every(name="imports.tidy", days=1, at="03:50")
def tidy(*, turn: str = "") -> int:
    """Remove uploads that nobody imported for a day, and reports of a quarter ago; how many."""
    now = timezone.now()
    open_ = [Import.State.UPLOADED, Import.State.CHECKED]
    unused = Import.everywhere.filter(state__in=open_, updated_at__lt=now - UNUSED)
    old = Import.everywhere.exclude(state=Import.State.RUNNING).filter(updated_at__lt=now - REPORTS)
    return shelves.discard(unused | old)
