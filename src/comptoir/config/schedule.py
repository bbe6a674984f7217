"""What the house itself does by the clock."""

from __future__ import annotations

from comptoir.activity.schedule import every

from . import statistics


@every(name="database.statistics", hours=6)
def gather_statistics(*, turn: str) -> None:
    """Tables grow while the server runs."""
    statistics.gather()
