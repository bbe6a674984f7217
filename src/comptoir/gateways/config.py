"""A gateway's credentials as apps send and see them: a JSON text whose secrets are never shown again."""

from __future__ import annotations

import json
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused

from .registry import secrets_of

MASK: Final = "**********"
_LONGEST: Final = 10_000


def shown(key: str, config: dict[str, Any]) -> dict[str, Any]:
    """The credentials with asterisks for the secret ones."""
    secrets = secrets_of(key)
    return {
        name: MASK if value and (secrets is None or name in secrets) else value
        for name, value in config.items()
    }


def merged(key: str, kept: dict[str, Any], sent: Any) -> dict[str, Any]:
    """What holds after ``sent`` (a JSON text or an object): asterisks leave a value as it is, "" empties it.

    Raises Refused at config.
    """
    said = read(sent)
    return {**kept, **{name: value for name, value in said.items() if not _is_mask(value)}}


def read(sent: Any) -> dict[str, Any]:
    """The object of a JSON text. Raises Refused at config."""
    if sent in (None, ""):
        return {}
    if isinstance(sent, str):
        try:
            sent = json.loads(sent)
        except ValueError:
            raise Refused("config", _("The credentials are no JSON.")) from None
    if isinstance(sent, list) and not sent:
        return {}
    if not isinstance(sent, dict) or len(json.dumps(sent)) > _LONGEST:
        raise Refused("config", _("The credentials are no JSON."))
    return {str(name): value.strip() if isinstance(value, str) else value for name, value in sent.items()}


def _is_mask(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not value.strip("*")
