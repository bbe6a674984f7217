"""The password that is typed again for what cannot be undone (contract rules 1, decision T8)."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from django.http import HttpRequest

WRONG: Final = "\0"
"""Stands for a header that nobody can read: never a password, and never "none was sent"."""


def typed_password(request: HttpRequest) -> str | None:
    """The password of the request's headers; None where none or an empty one was sent."""
    encoded = request.headers.get("X-API-PASSWORD-BASE64")
    if not encoded:
        return request.headers.get("X-API-PASSWORD") or None
    try:
        return base64.b64decode(encoded, validate=True).decode() or None
    except (binascii.Error, UnicodeDecodeError):
        return WRONG
