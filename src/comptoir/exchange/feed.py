"""The European Central Bank's daily feed: fetched within bounds, read with care.

The address is the installation's choice alone (COMPTOIR_RATES_URL). Redirects are not followed, no more
than ``MOST`` bytes are read in ``SECONDS``, and a document type, where entities would come from, is refused.
A file may tell of several days, as the Bank's longer ones do.
"""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat

from comptoir import __version__
from comptoir.reference import currency_by_code

SECONDS: Final = 20
MOST: Final = 1_000_000
_STEP: Final = 16_384
_RATE: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


class Unusable(Exception):
    """There is nothing to go by; ``args[0]`` says why, for the log."""


@dataclass(slots=True)
class Published:
    """``rates``: by currency id, units of it for one euro."""

    day: date
    rates: dict[str, Decimal] = field(default_factory=dict)


def fetch(url: str) -> bytes:
    """What stands at the address now. Raises Unusable."""
    try:
        return _get(url)
    except (OSError, http.client.HTTPException) as failure:
        raise Unusable(str(failure)[:200] or type(failure).__name__) from failure


def _get(url: str) -> bytes:
    parts, end = urlsplit(url), time.monotonic() + SECONDS
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    try:
        headers = {"Accept": "application/xml, text/xml", "User-Agent": f"Comptoir/{__version__}"}
        connection.request("GET", f"{parts.path or '/'}?{parts.query}".rstrip("?"), headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise Unusable(f"HTTP {answer.status}")
        body = b""
        while piece := answer.read1(_STEP):
            body += piece
            if len(body) > MOST:
                raise Unusable("too long")
            if time.monotonic() > end:
                raise Unusable("too slow")
        return body
    finally:
        connection.close()


def read(body: bytes) -> list[Published]:
    """The days that a file tells of, oldest first; unknown currencies are left out. Raises Unusable."""
    days: list[Published] = []

    def begin(name: str, said: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in said:
            days.append(Published(_day(said["time"])))
        elif "currency" in said and "rate" in said:
            if not days:
                raise Unusable("a rate without its day")
            known, rate = currency_by_code(said["currency"]), _rate(said["currency"], said["rate"])
            if known is not None:
                days[-1].rates[known.id] = rate

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)
    except expat.ExpatError as failure:
        raise Unusable(f"no XML: {failure}") from failure
    if not days or not all(one.rates for one in days):
        raise Unusable("no rates in it")
    return sorted(days, key=lambda one: one.day)


def _refuse_doctype(*_: object) -> None:
    raise Unusable("a document type, which such a file has no use for")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as failure:
        raise Unusable(f"no day: {text[:20]}") from failure


def _rate(code: str, text: str) -> Decimal:
    if not _RATE.fullmatch(text) or not Decimal(text):
        raise Unusable(f"no rate of {code[:8]}: {text[:20]}")
    return Decimal(text)
