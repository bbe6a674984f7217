"""One request to a webhook's target: no redirects, no proxies, no second look at the name."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
import time
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from comptoir import __version__

from . import targets

SECONDS: Final = 10
_READ: Final = 4_096


class Answer(NamedTuple):
    """``status`` is the HTTP status; 0 when there was none, and ``error`` says why."""

    status: int
    error: str = ""

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def signature(secret: str, moment: int, body: bytes) -> str:
    """HMAC-SHA256 of ``<unix seconds>.<body>`` in hexadecimal, for the receiver to check."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def post(url: str, method: str, headers: dict[str, str], body: bytes, *, secret: str, event: str) -> Answer:
    """Send a body; ``event`` names it, the same one at every try, so that a receiver can drop copies."""
    moment = int(time.time())
    ours = {
        "Content-Type": "application/json",
        "User-Agent": f"Comptoir/{__version__}",
        "X-Comptoir-Event": event,
        "X-Comptoir-Signature": f"t={moment},v1={signature(secret, moment, body)}",
    }
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connected(parts)
        try:
            connection.request(method.upper(), path, body=body, headers={**headers, **ours})
            answer = connection.getresponse()
            answer.read(_READ)
            return Answer(answer.status, "" if answer.status < 300 else answer.reason[:200])
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, UnicodeError) as failure:
        return Answer(0, (str(failure) or type(failure).__name__)[:200])


def _connected(parts: Any) -> http.client.HTTPConnection:
    secure = parts.scheme == "https"
    host, port = parts.hostname, parts.port or (443 if secure else 80)
    sock = _socket(host, port)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(sock, server_hostname=host) if secure else sock
        )
    except BaseException:
        sock.close()
        raise
    return connection


def _socket(host: str, port: int) -> socket.socket:
    """Connected to the first address that answers."""
    last: OSError = OSError(f"{host} has no address.")
    for family, kind, protocol, _name, where in targets.resolved(host, port):
        made = socket.socket(family, kind, protocol)
        made.settimeout(SECONDS)
        try:
            made.connect(where)
        except OSError as failure:
            made.close()
            last = failure
        else:
            return made
    raise last
