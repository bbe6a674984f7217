"""The day that a document falls due, or is valid until, by the terms in force (S86, S87)."""

from __future__ import annotations

from datetime import date

from comptoir.kernel import terms
from comptoir.preferences.cascade import Preferences


def due_date(on: date, preferences: Preferences, setting: str = "payment_terms") -> date | None:
    """``setting`` is payment_terms or valid_until: "30", "45 EOM", or "" for no day at all."""
    return terms.due_date(on, terms.PaymentTerm.parse(str(preferences[setting])))
