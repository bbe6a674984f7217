"""What the worker does for exports."""

from __future__ import annotations

from django.utils import timezone, translation

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.activity.schedule import every
from comptoir.files import shelves
from comptoir.tenancy.scope import current_company

from .making import KEPT, make_export
from .models import Export
from .operations import JOB, fail_export


def give_up(*, export: int) -> None:
    """Whoever waits for the file is to know that it does not come."""
    found = Export.objects.filter(pk=export).first()
    if found is not None and found.is_running:
        fail_export(found, by=SYSTEM, on=timezone.localdate(timezone=current_company().zone))


@job(JOB, given_up=give_up)
def make_job(*, export: int) -> None:
    """Write the file that somebody waits for, in their words and the company's time."""
    found = Export.objects.filter(pk=export).first()
    if found is None or not found.is_running:
        return
    with translation.override(found.spoken), timezone.override(current_company().zone):
        make_export(found)


@every(name="exports.tidy", hours=1)
def tidy(*, turn: str = "") -> int:
    """Remove files that are a day old; how many."""
    return shelves.discard(Export.everywhere.filter(created_at__lt=timezone.now() - KEPT))
