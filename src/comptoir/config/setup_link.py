"""The one-time link to the set-up page: a file in the data folder, there until somebody works here."""

import contextlib
import os
import secrets
from pathlib import Path

NAME = "setup-link"


def make(data: Path) -> None:
    """Make the link, unless there is one."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(data / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))


def forget(data: Path) -> None:
    """Nobody comes in by it any more."""
    (data / NAME).unlink(missing_ok=True)


def url(data: Path, base_url: str) -> str | None:
    """The link to print, or None once the installation is set up."""
    try:
        return f"{base_url}/setup/{(data / NAME).read_text()}"
    except FileNotFoundError:
        return None


def opens(data: Path, link: str) -> bool:
    """Whether `link` is the right one."""
    try:
        return secrets.compare_digest(link.encode(), (data / NAME).read_bytes())
    except FileNotFoundError:
        return False
