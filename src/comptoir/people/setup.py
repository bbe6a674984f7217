"""The one-time word that founds the first company, for doors that cannot see the console (T31).

The file lies in the data folder from the first start until somebody works here.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from .models import User

NAME: Final = "setup-link"


def is_due() -> bool:
    """Whether nobody works here yet."""
    return not User.objects.exists()


def word(data: Path) -> str | None:
    """The word to print on the console, made when there is none; None once somebody works here."""
    path = data / NAME
    if not is_due():
        path.unlink(missing_ok=True)
        return None
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text()


def opens(data: Path, given: str) -> bool:
    """Whether ``given`` is the word, and still good for anything."""
    if not is_due():
        return False
    try:
        expected = (data / NAME).read_bytes()
    except FileNotFoundError:
        return False
    return secrets.compare_digest(given.encode(), expected)
