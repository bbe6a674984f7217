"""The outbox keeps itself in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from .models import Job
from .schedule import PREFIX, every

KEPT: Final = timedelta(days=14)
_AT_ONCE: Final = 1000


@every(name="activity.drop_old_jobs", hours=1)
def drop_old_jobs(*, turn: str = "") -> int:
    """Forget done jobs after two weeks; how many.

    One queued under a key stays, since the key is what keeps it from being queued again; turns of
    a schedule never come back and need no such memory. Failed and unknown ones wait for a person.
    """
    old = Job.objects.filter(state=Job.State.DONE, run_at__lt=timezone.now() - KEPT)
    ended = old.filter(Q(key=None) | Q(key__startswith=PREFIX)).order_by("run_at")
    dropped = 0
    while batch := list(ended.values_list("pk", flat=True)[:_AT_ONCE]):
        dropped += Job.objects.filter(pk__in=batch).delete()[0]
    return dropped
