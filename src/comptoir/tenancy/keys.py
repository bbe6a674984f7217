"""Keys that the wire shows again and again, derived instead of stored (architecture, decision 12).

A key is an HMAC of the installation's secret over a purpose, a row and a rotation number. Tables
keep only its sha256, so a stolen database opens nothing; raising the rotation revokes a key.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def derive(purpose: str, row_id: int, rotation: int = 0, length: int = 32) -> str:
    """The key of a row for a purpose: ``length`` letters and digits (32 of them hold 190 bits)."""
    return _derived(settings.KEYS_SECRET, purpose, row_id, rotation, length)


@lru_cache(maxsize=65536)
def _derived(secret: str, purpose: str, row_id: int, rotation: int, length: int) -> str:
    message = f"{purpose}:{row_id}:{rotation}".encode()
    number = int.from_bytes(hmac.digest(secret.encode(), message, hashlib.sha512), "big")
    if length > 80:
        raise ValueError("A derived key has at most 80 characters.")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, 62)
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def digest(key: str) -> str:
    """What a table keeps of a key, and looks it up by."""
    return hashlib.sha256(key.encode()).hexdigest()
