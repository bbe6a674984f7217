"""Fresh seeds for rows that are reached by a derived key."""

from __future__ import annotations

import secrets

from . import keys


def fresh(purpose: str) -> dict[str, int | str]:
    """The ``key_seed`` and ``key_digest`` of a row not yet saved: one INSERT, nothing clear stored."""
    seed = secrets.randbits(62)
    return {"key_seed": seed, "key_digest": keys.digest(keys.derive(purpose, seed))}
