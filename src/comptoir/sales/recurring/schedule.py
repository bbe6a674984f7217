"""Once an hour: the invoices of every company's schedules."""

from __future__ import annotations

from django.utils import timezone

from comptoir.activity.schedule import every
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

from .models import RecurringInvoice, Status
from .running import run_due


@every(name="recurring.run", hours=1)
def run_all(*, turn: str = "") -> None:
    """Idempotent however often it runs: an occurrence that was made is found taken."""
    now = timezone.now()
    due = RecurringInvoice.everywhere.filter(status_id=Status.ACTIVE, next_send_date__lte=now)
    companies = due.values_list("company_id", flat=True).distinct()
    for company in Company.objects.filter(pk__in=list(companies), deleted_at=None):
        with acting_for(company):
            run_due(now)
