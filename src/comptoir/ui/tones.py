"""The colour of a state. Its word comes from the page: in French it agrees with what it describes."""

from __future__ import annotations

from typing import Final

from comptoir.ui.parts import Tone

STATUS_TONES: Final[dict[str, Tone]] = {
    "draft": "",
    "archived": "",
    "cancelled": "",
    "reversed": "",
    "paused": "",
    "logged": "",
    "expired": "",
    "sent": "info",
    "viewed": "accent",
    "scheduled": "info",
    "running": "info",
    "received": "info",
    "converted": "info",
    "invoiced": "info",
    "partial": "warning",
    "partially_refunded": "warning",
    "pending": "warning",
    "unapplied": "warning",
    "unpaid": "warning",
    "active": "success",
    "paid": "success",
    "approved": "success",
    "applied": "success",
    "accepted": "success",
    "completed": "success",
    "matched": "success",
    "overdue": "error",
    "deleted": "error",
    "failed": "error",
    "bounced": "error",
    "rejected": "error",
    "refunded": "accent",
}


def tone_of(status: str) -> Tone:
    """Neutral for a state that nobody has coloured."""
    return STATUS_TONES.get(status, "")
