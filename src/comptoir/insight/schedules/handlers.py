"""Jobs of schedules register themselves."""

from . import records, reports, statements

__all__ = ["records", "reports", "statements"]
