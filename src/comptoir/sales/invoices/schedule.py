"""Once an hour: the invoices that became late."""

from __future__ import annotations

from django.utils import timezone

from comptoir.activity.schedule import every
from comptoir.billing.deadlines import tell_everywhere

from .facts import InvoiceLate
from .models import Invoice


@every(name="invoices.late", hours=1, at="00:04")
def tell_late(*, turn: str = "") -> int:
    """Tell each once, the day after something was due where the company is; how many."""
    return tell_everywhere(Invoice.objects.overdue, InvoiceLate, timezone.now())
