"""Journaux du système: what the machinery did, and whether it worked (contract rules 18)."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from .models import SystemLog


class Category(IntEnum):
    GATEWAY = 1
    MAIL = 2
    WEBHOOK = 3
    PDF = 4
    SECURITY = 5
    LOG = 6


class Event(IntEnum):
    CHECK_FAILED = 10
    CHECKED = 11
    GATEWAY_SUCCESS = 21
    GATEWAY_FAILURE = 22
    GATEWAY_ERROR = 23
    MAIL_SENT = 30
    MAIL_RETRY = 31
    MAIL_BOUNCED = 32
    MAIL_SPAM = 33
    MAIL_DELIVERED = 34
    MAIL_OPENED = 35
    WEBHOOK_RESPONSE = 40
    WEBHOOK_SUCCESS = 41
    WEBHOOK_FAILURE = 42
    PDF = 50
    AUTH_FAILURE = 60
    USER_ACTION = 61


class Type(IntEnum):
    STRIPE = 301
    CUSTOM_GATEWAY = 306
    QUOTA = 400
    UPSTREAM = 401
    WEBHOOK = 500
    PDF_FAILED = 600
    PDF_SUCCESS = 601
    MODIFIED = 701
    DELETED = 702
    LOGIN_SUCCESS = 800
    LOGIN_FAILURE = 801
    GENERIC = 900


def record(
    category: Category,
    event: Event,
    type_: Type,
    *,
    client_id: int | None = None,
    user_id: int | None = None,
    log: dict[str, Any],
) -> SystemLog:
    """Write one row for the company in scope. ``log`` is shown as it is: never put a secret in it."""
    return SystemLog.objects.create(
        category_id=category, event_id=event, type_id=type_, client_id=client_id, user_id=user_id, log=log
    )
