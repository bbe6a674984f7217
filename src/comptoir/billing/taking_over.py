"""What is alike for invoices and credit notes that another program issued: numbers, days (decision M13)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from comptoir.kernel.refused import Refused
from comptoir.numbering.counters import has_drawn
from comptoir.numbering.rules import is_gap_free
from comptoir.preferences.cascade import Preferences

from . import numbers
from .documents import BillingDocument

MARK: Final = "taken_over"
"""In the snapshot of a document that was issued elsewhere."""
_DRAFT: Final = 1


def number_draft(document: BillingDocument, series: str, preferences: Preferences, on: date) -> None:
    """A draft keeps the number it brings, or takes the next; where numbers have no gaps it has none."""
    if is_gap_free(series):
        document.number = ""
    elif not numbers.waits_for_issue(series, numbers.applied(series, preferences)):
        numbers.take_number(series, document, preferences, on=on)


def refuse_too_late(document: BillingDocument, series: str, sentence: Any) -> None:
    """Where numbers must be chronological, one from elsewhere is older than the first issued here.

    Raises Refused at ``date`` with the sentence, which may name ``%(number)s``.
    """
    if not is_gap_free(series) or not has_drawn(series):
        return
    rows: Any = type(document)
    earlier = rows.objects.exclude(status_id=_DRAFT).filter(date__lt=document.date)
    if earlier.exclude(snapshot__has_key=MARK).exists():
        raise Refused("date", sentence % {"number": document.number})
