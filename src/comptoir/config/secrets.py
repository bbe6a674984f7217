"""The installation's secrets: made at first start, kept in one file that only the owner can read."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SHORTEST = 40
KNOWN_BEGINNINGS = ("django-insecure", "changeme", "change-me", "secret", "base64:", "comptoir")


class WeakSecret(Exception):
    """A secret that somebody could guess; the message says which and what to do."""


@dataclass(frozen=True)
class Secrets:
    """`current` signs and derives; what the `older` ones signed is still read."""

    current: str
    older: tuple[str, ...] = ()


def load(data: Path, given: str = "") -> Secrets:
    """The secrets of the data folder, made when there are none; `given` replaces the current one.

    Raises WeakSecret on a short or well-known secret.
    """
    kept = _read(data / "secrets.json") if not given or (data / "secrets.json").exists() else Secrets(given)
    found = Secrets(given, (kept.current, *kept.older)) if given and given != kept.current else kept
    for secret in (found.current, *found.older):
        refuse_weak(secret)
    return found


def rotate(data: Path) -> Secrets:
    """Put a new secret in front; the old one stays readable until it is taken out of the file."""
    kept = _read(data / "secrets.json")
    found = Secrets(_new(), (kept.current, *kept.older))
    _write(data / "secrets.json", found)
    return found


def refuse_weak(secret: str) -> None:
    """Raise WeakSecret unless `secret` is long, varied and not a published default."""
    if len(secret) < SHORTEST or len(set(secret)) < 12:
        raise WeakSecret(f"The secret is too easy to guess: use at least {SHORTEST} random characters.")
    if secret.lower().startswith(KNOWN_BEGINNINGS):
        raise WeakSecret("The secret is a well-known default: use random characters of your own.")


def _new() -> str:
    return secrets.token_urlsafe(48)


def _read(path: Path) -> Secrets:
    if not path.exists():
        _write(path, Secrets(_new()))
    written = json.loads(path.read_text())
    return Secrets(written["current"], tuple(written.get("older", ())))


def _write(path: Path, found: Secrets) -> None:
    """Whole or not at all: a torn secrets file would lose every derived key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"current": found.current, "older": list(found.older)}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
