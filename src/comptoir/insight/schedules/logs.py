"""What a schedule could not send stands in the logs of its client."""

from __future__ import annotations

from comptoir.activity import systemlog

from .models import Schedule


def unsent(schedule: Schedule, kind: str, client_id: int, error: str) -> None:
    """One row; ``kind`` is what should have left."""
    systemlog.record(
        systemlog.Category.MAIL,
        systemlog.Event.MAIL_BOUNCED,
        systemlog.Type.GENERIC,
        client_id=client_id,
        log={"kind": kind, "schedule": schedule.name, "error": error},
    )
