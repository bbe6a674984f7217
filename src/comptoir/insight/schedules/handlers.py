"""Jobs of schedules register themselves."""

from . import running

__all__ = ["running"]
