"""What a webhook may be."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from comptoir.kernel.refused import Refused

from . import targets
from .events import LAST
from .models import Webhook

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE: Final = re.compile(r"[\x20-\x7e]{0,2000}")
OURS: Final = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection"})
"""Headers that the request itself decides."""


def refuse_odd(webhook: Webhook) -> None:
    """Raises Refused at every field with a fault: target_url, event_id, rest_method, headers."""
    faults: dict[str, list[Any]] = {}
    for name, check in (
        ("target_url", _refuse_target),
        ("event_id", _refuse_event),
        ("rest_method", _refuse_method),
        ("headers", _refuse_headers),
    ):
        try:
            check(webhook)
        except Refused as refused:
            faults[name] = [refused.sentence]
    if faults:
        raise Refused.many(faults)


def _refuse_target(webhook: Webhook) -> None:
    try:
        parts = urlsplit(webhook.target_url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or not webhook.target_url.isascii() or re.search(r"[\x00-\x20\x7f]", webhook.target_url):
        raise Refused("target_url", _("Give a whole address, like https://example.com/hook."))
    if parts.username or parts.password:
        raise Refused("target_url", _("Put names and passwords into a header, not into the address."))
    if targets.is_refused_name(str(parts.hostname)):
        raise Refused("target_url", _("This address lies inside a private network."))


def _refuse_event(webhook: Webhook) -> None:
    if not 0 < webhook.event_id <= LAST:
        raise Refused("event_id", _("There is no such event."))


def _refuse_method(webhook: Webhook) -> None:
    if webhook.rest_method not in Webhook.Method.values:
        raise Refused("rest_method", _("The method is post or put."))


def _refuse_headers(webhook: Webhook) -> None:
    for name, value in webhook.headers.items():
        if not _NAME.fullmatch(name) or not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise Refused("headers", _("A header is a name and a text in plain letters, on one line."))
        if name.lower() in OURS:
            raise Refused("headers", _("The header %(name)s cannot be set.") % {"name": name})
