from __future__ import annotations

from comptoir.preferences.facts import CompanyUpdated

from . import counters


def set_counters(fact: CompanyUpdated) -> None:
    """Settings that name counters move them (architecture, settings on the wire); during CompanyUpdated."""
    counters.write(fact.sent)
