"""VIES on this machine: a server that answers like the Commission's, for the numbers a test told it of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.listening import listening


@dataclass
class Register:
    """``known`` maps a number with its prefix to what is said of it; ``away`` are states without an answer.

    ``seen`` are the numbers asked about, in order; ``askers`` who asked each time, "" for nobody.
    """

    url: str = ""
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    away: dict[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    raw: tuple[int, bytes] | None = None
    seen: list[str] = field(default_factory=list)
    askers: list[str] = field(default_factory=list)

    def reset(self) -> None:
        self.known, self.away, self.strangers, self.raw = {}, {}, set(), None
        self.seen, self.askers = [], []

    def answer(self, state: str, digits: str, asker: str) -> dict[str, Any]:
        """The body of an answer, with the keys of the real service."""
        told: dict[str, Any] = {
            "isValid": False, "requestDate": "2026-11-24T09:30:00.000Z", "userError": "INVALID",
            "name": "---", "address": "---", "requestIdentifier": "", "vatNumber": digits,
        }  # fmt: skip
        if asker in self.strangers:
            return told | {"userError": "INVALID_REQUESTER_INFO"}
        if state in self.away:
            return told | {"userError": self.away[state]}
        if state + digits not in self.known:
            return told
        proof = f"WAPIAAAA{len(self.seen):08}" if asker else ""
        return told | {
            "isValid": True, "userError": "VALID", "requestIdentifier": proof, **self.known[state + digits],
        }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    register: Register

    def do_GET(self) -> None:
        asked, register = urlsplit(self.path), self.register
        parts = [unquote(part) for part in asked.path.strip("/").split("/")]
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        asker = query.get("requesterMemberStateCode", "") + query.get("requesterNumber", "")
        status, body = 404, b""
        if len(parts) == 5 and (parts[0], parts[1], parts[3]) == ("rest-api", "ms", "vat"):
            register.seen.append(parts[2] + parts[4])
            register.askers.append(asker)
            told = json.dumps(register.answer(parts[2], parts[4], asker)).encode()
            status, body = register.raw or (200, told)
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", f"{register.url}/ms/BE/vat/0403053608")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def standing() -> Iterator[Register]:
    """The server, until the block ends."""
    register = Register()
    with listening(type("ViesHandler", (Handler,), {"register": register})) as port:
        register.url = f"http://127.0.0.1:{port}/rest-api"
        yield register
