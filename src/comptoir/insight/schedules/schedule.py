"""Once an hour, at ten past: the schedules of every company (contract rules 20)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from comptoir.activity.schedule import every
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .models import Schedule
from .running import run_due


@every(name="schedules.run", hours=1, at="00:10")
def run_all(*, turn: str = "") -> None:
    """Idempotent however often it runs: a turn that was made is found taken."""
    now = timezone.now()
    late = (now + timedelta(days=1)).date()  # it may be tomorrow already where a company is
    due = Schedule.everywhere.filter(next_run__lte=late, is_paused=False, archived_at=None)
    companies = due.values_list("company_id", flat=True).distinct()
    for company in Company.objects.filter(pk__in=list(companies), deleted_at=None):
        with acting_for(company):
            run_due(now)
