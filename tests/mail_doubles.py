"""Postmark, Mailgun and Brevo on this machine: it answers as their APIs do, and keeps what it gets."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.policy import default as modern
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl

from tests.listening import listening

TAKEN: dict[str, dict[str, Any]] = {
    "postmark": {
        "To": "claire@client.example",
        "SubmittedAt": "2026-11-24T10:00:00Z",
        "MessageID": "b7bc2f4a-e38e-4336-af7d-e6c392c2f817",
        "ErrorCode": 0,
        "Message": "OK",
    },
    "mailgun": {"id": "<20261124.1@mg.atelier.example>", "message": "Queued. Thank you."},
    "brevo": {"messageId": "<202611241000.1@smtp-relay.mailin.fr>"},
}
"""What each says when it takes a mail."""


@dataclass
class Posted:
    """A request: ``data`` are the fields of its body, files by name with their bytes."""

    path: str
    headers: dict[str, str]
    data: dict[str, Any]


@dataclass
class Services:
    """``says`` replaces the answers by a status and a body; ``hangs_up`` breaks the connection instead."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    says: tuple[int, Any] | None = None
    hangs_up: bool = False
    pages: dict[str, bytes] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """For MAIL_PROVIDERS."""
        return {
            "postmark": f"{self.url}/postmark/",
            "mailgun": f"{self.url}/mailgun/v3/",
            "mailgun_eu": f"{self.url}/mailgun-eu/v3/",
            "brevo": f"{self.url}/brevo/v3/",
        }


class Handler(BaseHTTPRequestHandler):
    services: Services

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get("Content-Type", "")
        self.services.posted.append(Posted(self.path, dict(self.headers.items()), _fields(kind, body)))
        if self.services.hangs_up:
            self.close_connection = True
            return
        name = self.path.split("/")[1].removesuffix("-eu")
        status, said = self.services.says or (201 if name == "brevo" else 200, TAKEN[name])
        self._answer(status, said if isinstance(said, bytes) else json.dumps(said).encode())

    def do_GET(self) -> None:
        self.services.seen.append(self.path)
        page = self.services.pages.get(self.path)
        self._answer(200 if page is not None else 404, page or b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


def _fields(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        found: dict[str, Any] = json.loads(body)
        return found
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode()))
    if kind.startswith("multipart/form-data"):
        form = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=modern)
        return dict(_part(each) for each in form.iter_parts())
    raise AssertionError(f"No API takes {kind}.")


def _part(part: Any) -> tuple[str, Any]:
    options = part["Content-Disposition"].params
    content = part.get_payload(decode=True)
    name = options["name"]
    return name, (options["filename"], content) if "filename" in options else content.decode()


@contextmanager
def standing() -> Iterator[Services]:
    """The server, until the block ends."""
    services = Services()
    with listening(type("MailHandler", (Handler,), {"services": services})) as port:
        services.port = port
        yield services
