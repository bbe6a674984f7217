"""System logs as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.activity.models import SystemLog
from comptoir.activity.systemlog import Category, Event, Type

CATEGORIES: Final = {
    int(Category.MAIL): gettext_lazy("E-mail"),
    int(Category.PDF): gettext_lazy("PDF"),
    int(Category.GATEWAY): gettext_lazy("Payment gateway"),
    int(Category.WEBHOOK): gettext_lazy("Webhook"),
    int(Category.SECURITY): gettext_lazy("Security"),
    int(Category.LOG): gettext_lazy("Log"),
}
_TYPES: Final = {
    int(Type.QUOTA): gettext_lazy("Limit of e-mails reached"),
    int(Type.UPSTREAM): gettext_lazy("VAT number at VIES"),
    int(Type.PDF_FAILED): gettext_lazy("PDF failed"),
    int(Type.PDF_SUCCESS): gettext_lazy("PDF made"),
    int(Type.LOGIN_SUCCESS): gettext_lazy("Signed in"),
    int(Type.LOGIN_FAILURE): gettext_lazy("Sign-in failed"),
}
_EVENTS: Final = {
    int(Event.GATEWAY_SUCCESS): gettext_lazy("Gateway success"),
    int(Event.GATEWAY_FAILURE): gettext_lazy("Gateway failure"),
    int(Event.GATEWAY_ERROR): gettext_lazy("Gateway error"),
    int(Event.MAIL_SENT): pgettext_lazy("e-mail", "Sent"),
    int(Event.MAIL_RETRY): gettext_lazy("Will be tried again"),
    int(Event.MAIL_BOUNCED): gettext_lazy("Did not arrive"),
    int(Event.MAIL_SPAM): gettext_lazy("Marked as spam"),
    int(Event.MAIL_DELIVERED): pgettext_lazy("e-mail", "Delivered"),
    int(Event.MAIL_OPENED): pgettext_lazy("e-mail", "Opened"),
    int(Event.WEBHOOK_RESPONSE): gettext_lazy("Webhook response"),
    int(Event.WEBHOOK_SUCCESS): gettext_lazy("Webhook success"),
    int(Event.WEBHOOK_FAILURE): gettext_lazy("Webhook failure"),
    int(Event.AUTH_FAILURE): gettext_lazy("Sign-in failed"),
    int(Event.USER_ACTION): gettext_lazy("Asked for by hand"),
}
_BAD_TYPES: Final = (Type.PDF_FAILED, Type.LOGIN_FAILURE)
_BAD_EVENTS: Final = (
    Event.GATEWAY_FAILURE, Event.GATEWAY_ERROR, Event.MAIL_RETRY, Event.MAIL_BOUNCED, Event.MAIL_SPAM,
    Event.WEBHOOK_FAILURE, Event.AUTH_FAILURE, Event.CHECK_FAILED,
)  # fmt: skip
_SAID: Final = ("number", "file", "recipient", "subject", "url", "error")


def failed() -> Q:
    """The rows that tell of something that did not work."""
    return Q(type_id__in=_BAD_TYPES) | Q(event_id__in=_BAD_EVENTS)


def shown_logs(rows: Iterable[SystemLog]) -> list[dict[str, Any]]:
    """Each row with its category and kind in words, whether it went well, and the detail."""
    return [
        {
            "when": row.created_at,
            "category": CATEGORIES.get(row.category_id, str(row.category_id)),
            "event": _TYPES.get(row.type_id) or _EVENTS.get(row.event_id) or str(row.event_id),
            "ok": row.type_id not in _BAD_TYPES and row.event_id not in _BAD_EVENTS,
            "detail": json.dumps(row.log, indent=2, ensure_ascii=False, default=str),
            "summary": _summary(row.log),
        }
        for row in rows
    ]


def _summary(log: dict[str, Any]) -> str:
    """The words that matter most: what, to whom, how large, how long."""
    parts = [str(log[key]) for key in _SAID if log.get(key)]
    if size := log.get("size"):
        parts.append(_("%(n)s kB") % {"n": max(1, round(int(size) / 1000))})
    took = log.get("milliseconds", log.get("duration_ms"))
    if took is not None:
        parts.append(_("%(n)s ms") % {"n": took})
    return " · ".join(parts)
