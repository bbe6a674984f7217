"""Small secrets that must be read again (an authenticator's seed), sealed with the installation's own."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet
from django.conf import settings


def seal(text: str) -> str:
    """What the database keeps of a secret."""
    return _box(settings.KEYS_SECRET).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """The secret. Raises cryptography's InvalidToken when the installation has other keys."""
    return _box(settings.KEYS_SECRET).decrypt(text.encode()).decode()


@lru_cache(maxsize=2)
def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sealing:" + secret.encode()).digest()))
