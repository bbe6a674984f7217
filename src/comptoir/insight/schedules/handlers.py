"""Jobs of schedules register themselves."""

from . import records, statements

__all__ = ["records", "statements"]
