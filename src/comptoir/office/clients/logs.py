"""System logs as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.models import SystemLog


def shown_logs(rows: Iterable[SystemLog]) -> list[dict[str, Any]]:
    """Each row with its category and kind in words, whether it went well, and the detail."""
    return [
        {
            "when": row.created_at,
            "category": _category(row.category_id),
            "event": _event(row),
            "ok": _went_well(row),
            "detail": json.dumps(row.log, indent=2, ensure_ascii=False, default=str),
            "summary": _summary(row.log),
        }
        for row in rows
    ]


def _category(category: int) -> str:
    words = {
        1: _("Payment gateway"),
        2: _("E-mail"),
        3: _("Webhook"),
        4: _("PDF"),
        5: _("Security"),
        6: _("Log"),
    }
    return words.get(category, str(category))


def _event(row: SystemLog) -> str:
    types = {600: _("PDF failed"), 601: _("PDF made"), 800: _("Signed in"), 801: _("Sign-in failed")}
    events = {
        21: _("Gateway success"),
        22: _("Gateway failure"),
        23: _("Gateway error"),
        30: _("Sent"),
        31: _("Will be tried again"),
        32: _("Did not arrive"),
        33: _("Marked as spam"),
        34: _("Delivered"),
        35: _("Opened"),
        40: _("Webhook response"),
        41: _("Webhook success"),
        42: _("Webhook failure"),
        60: _("Sign-in failed"),
    }
    return types.get(row.type_id) or events.get(row.event_id) or str(row.event_id)


def _went_well(row: SystemLog) -> bool:
    return row.type_id not in (600, 801) and row.event_id not in (22, 23, 31, 32, 33, 42, 60)


def _summary(log: dict[str, Any]) -> str:
    """The words that matter most: what, to whom, how long."""
    parts = [str(log[key]) for key in ("number", "recipient", "subject", "error") if log.get(key)]
    if log.get("milliseconds") is not None:
        parts.append(f"{log['milliseconds']} ms")
    return " · ".join(parts)
