"""The installation's secrets: made at first start, kept in one file that only the owner can read."""

import contextlib
import json
import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

NAME = "secrets.json"
SHORTEST = 40
KNOWN_BEGINNINGS = ("django-insecure", "changeme", "change-me", "secret", "base64:", "comptoir")


class WeakSecret(Exception):
    """A secret that somebody could guess; the message says which and what to do."""


@dataclass(frozen=True)
class Secrets:
    """`current` signs; what the `older` ones signed is still read.

    `keys` derives the links and tokens that the database knows by digest only. It stays when the
    signing secret is rotated: another one would close every link ever sent.
    """

    current: str
    keys: str
    older: tuple[str, ...] = ()


def load(data: Path, given: str = "") -> Secrets:
    """The secrets of the data folder, made when there are none; `given` is used instead of any file.

    Raises WeakSecret on a short or well-known secret.
    """
    found = Secrets(given, given) if given else _read(data / NAME)
    for secret in (found.current, found.keys, *found.older):
        refuse_weak(secret)
    return found


def rotate(data: Path) -> Secrets:
    """Put a new secret in front; the old one stays readable until it is taken out of the file."""
    kept = _read(data / NAME)
    found = Secrets(_new(), kept.keys, (kept.current, *kept.older))
    _write(data / NAME, found)
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
        _write(path, Secrets(_new(), _new()), only_if_new=True)
    written = json.loads(path.read_text())
    return Secrets(written["current"], written["keys"], tuple(written["older"]))


def _write(path: Path, found: Secrets, *, only_if_new: bool = False) -> None:
    """Whole or not at all: a torn secrets file would close every link. Two first starts agree on one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"current": found.current, "keys": found.keys, "older": list(found.older)}, file)
        file.flush()
        os.fsync(file.fileno())
    if only_if_new:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    else:
        draft.replace(path)
