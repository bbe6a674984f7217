"""Secrets of others that we must be able to read again: sealed at rest (AES-256-GCM).

What only has to be recognised is kept as a digest instead (``keys.digest``). The key is derived from
the installation's secret, as in ``keys``; a sealed text opens for the same company and purpose only,
so that copying it to another row is of no use.
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION: Final = "1"
_NONCE: Final = 12


class Unreadable(Exception):
    """A sealed text was changed, belongs elsewhere, or was sealed with another installation's secret."""


def seal(text: str, purpose: str, company_id: int) -> str:
    """The text, unreadable without the installation's secret; "" stays ""."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    closed = AESGCM(_key()).encrypt(nonce, text.encode(), _about(purpose, company_id))
    return f"{_VERSION}.{urlsafe_b64encode(nonce + closed).decode()}"


def unseal(sealed: str, purpose: str, company_id: int) -> str:
    """What was sealed. Raises Unreadable."""
    if not sealed:
        return ""
    version, _, body = sealed.partition(".")
    try:
        raw = urlsafe_b64decode(body)
        opened = AESGCM(_key()).decrypt(raw[:_NONCE], raw[_NONCE:], _about(purpose, company_id))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(purpose) from error
    if version != _VERSION:
        raise Unreadable(purpose)
    return opened.decode()


def _key() -> bytes:
    return hmac.digest(settings.KEYS_SECRET.encode(), b"sealing:1", "sha256")


def _about(purpose: str, company_id: int) -> bytes:
    return f"{purpose}:{company_id}".encode()
