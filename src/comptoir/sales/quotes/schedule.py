"""Once an hour: the quotes that nobody answered in time."""

from __future__ import annotations

from django.utils import timezone

from comptoir.activity.schedule import every
from comptoir.billing.deadlines import tell_everywhere

from .facts import QuoteExpired
from .models import Quote


@every(name="quotes.expired", hours=1, at="00:06")
def tell_expired(*, turn: str = "") -> int:
    """Tell each once, the day after it was valid where the company is; how many."""
    return tell_everywhere(
        lambda on: Quote.objects.expired(on).filter(deleted_at=None), QuoteExpired, timezone.now()
    )
