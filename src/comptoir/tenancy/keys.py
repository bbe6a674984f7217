"""Keys that the wire shows again and again, derived instead of stored (architecture, decision 12).

A key is an HMAC of the installation's secret over a purpose, a row and a rotation number. Tables
keep only its sha256, so a stolen database opens nothing; raising the rotation revokes a key.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Final

from django.conf import settings

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LETTERS: Final = bytes(_ALPHABET[n % 62] for n in range(256))
"""A letter for each byte. Some are a little likelier: 5.95 bits a letter where 5.954 were possible."""

LONGEST: Final = 64


def derive(purpose: str, row_id: int, rotation: int = 0, length: int = 32) -> str:
    """The key of a row for a purpose: ``length`` letters and digits (32 of them hold 190 bits)."""
    return _derived(settings.KEYS_SECRET, purpose, row_id, rotation, length)


@lru_cache(maxsize=16_384)
def _derived(secret: str, purpose: str, row_id: int, rotation: int, length: int) -> str:
    if length > LONGEST:
        raise ValueError(f"A derived key has at most {LONGEST} characters.")
    message = f"{purpose}:{row_id}:{rotation}".encode()
    return hmac.digest(secret.encode(), message, "sha512")[:length].translate(_LETTERS).decode()


def digest(key: str) -> str:
    """What a table keeps of a key, and looks it up by."""
    return hashlib.sha256(key.encode()).hexdigest()
