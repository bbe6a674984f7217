"""How names compare: accents set aside, however they were typed."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=2048)
def fold(name: str) -> str:
    """A name without its accents, composed or not: personnalisé1 is personnalise1."""
    parts = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
