"""VIES, the Commission's service that knows whether a VAT number is registered, and for whom.

It asks the member states, each of which may be away for hours: ``Unavailable`` says nothing about the
number. The host is the installation's choice alone (COMPTOIR_VIES_URL); a number adds letters and digits
to the path, redirects are not followed, and no more than a page is read.
"""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from comptoir import __version__

from .numbers import VatNumber

SECONDS: Final = 15
_READ: Final = 65_536
_ANSWERED: Final = {"VALID": True, "INVALID": False, "INVALID_INPUT": False}
_NOT_OURS: Final = "INVALID_REQUESTER_INFO"
_BLANK: Final = "---"
"""What a member state says that does not disclose names."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``consultation`` is the number that proves the query, given when the asker is known by a VAT number."""

    is_valid: bool
    name: str = ""
    address: str = ""
    consultation: str = ""


class Unavailable(Exception):
    """No answer now; ``args[0]`` is VIES' word for it ("MS_UNAVAILABLE", "TIMEOUT"), or the network's."""


def ask(number: VatNumber, asker: VatNumber | None = None) -> Answer:
    """Whether the number is registered today. Raises Unavailable."""
    told = _told(number, asker)
    if told.get("userError") == _NOT_OURS and asker is not None:
        told = _told(number, None)  # our own number is not known there: ask without a proof
    word = str(told.get("userError") or "")
    if word not in _ANSWERED or not isinstance(told.get("isValid"), bool):
        raise Unavailable(word or "SERVICE_UNAVAILABLE")
    return Answer(
        told["isValid"] and _ANSWERED[word],
        _text(told.get("name")),
        _text(told.get("address")),
        _text(told.get("requestIdentifier")),
    )


def _text(value: Any) -> str:
    words = value.strip()[:500] if isinstance(value, str) else ""
    return "" if words == _BLANK else words


def _told(number: VatNumber, asker: VatNumber | None) -> dict[str, Any]:
    base = urlsplit(settings.VIES_URL)
    path = f"{base.path.rstrip('/')}/ms/{quote(number.state, safe='')}/vat/{quote(number.digits, safe='')}"
    if asker is not None:
        path += "?" + urlencode({"requesterMemberStateCode": asker.state, "requesterNumber": asker.digits})
    try:
        status, body = _get(base.scheme, base.netloc, path)
    except (OSError, http.client.HTTPException) as failure:
        raise Unavailable(str(failure)[:200] or type(failure).__name__) from failure
    if status != 200:
        raise Unavailable(f"HTTP {status}")
    try:
        told = json.loads(body)
    except ValueError as failure:
        raise Unavailable("NO_JSON") from failure
    return told if isinstance(told, dict) else {}


def _get(scheme: str, host: str, path: str) -> tuple[int, bytes]:
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, timeout=SECONDS)
    try:
        headers = {"Accept": "application/json", "User-Agent": f"Comptoir/{__version__}"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_READ)
    finally:
        connection.close()
