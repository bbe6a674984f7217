"""What the worker does for imports."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.activity.schedule import every
from comptoir.files import shelves
from comptoir.people.models import User
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.languages import spoken_by
from comptoir.tenancy.scope import current_company

from .models import Import
from .operations import JOB, fail_import
from .running import run_import

UNUSED: Final = timedelta(days=1)
REPORTS: Final = timedelta(days=90)


def give_up(*, run: int) -> None:
    """It stops where it is, and says so to whoever waits."""
    found = Import.objects.filter(pk=run).first()
    if found is None or not found.is_running:
        return
    with _spoken(found):
        sentence = _("Something went wrong on the server; the log says what. What was imported stays.")
        fail_import(found, sentence, by=SYSTEM, on=timezone.localdate(timezone=current_company().zone))


@job(JOB, given_up=give_up)
def run_job(*, run: int) -> None:
    """Import what is left, its reasons in the language of whoever asked."""
    found = Import.objects.filter(pk=run).first()
    if found is None or not found.is_running:
        return
    with _spoken(found):
        run_import(found)


def _spoken(run: Import) -> AbstractContextManager[None]:
    """The language of whoever asked for it."""
    person = User.objects.filter(pk=run.user_id).first()
    own = person.language_id if person else ""
    spoken = spoken_by(own, Preferences((current_company().settings,)))
    return translation.override(translation.to_language(spoken.locale))


@every(name="imports.tidy", days=1, at="03:50")
def tidy(*, turn: str = "") -> int:
    """Remove uploads that nobody imported for a day, and reports of a quarter ago; how many."""
    now = timezone.now()
    open_ = [Import.State.UPLOADED, Import.State.CHECKED]
    unused = Import.everywhere.filter(state__in=open_, updated_at__lt=now - UNUSED)
    old = Import.everywhere.exclude(state=Import.State.RUNNING).filter(updated_at__lt=now - REPORTS)
    return shelves.discard(unused | old)
