"""A bank on this machine that publishes rates of exchange like the European Central Bank, or fails to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any

from tests.listening import listening

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
    'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
    "<gesmes:subject>Reference rates</gesmes:subject>"
    "<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>"
)


def sheet(days: dict[str, dict[str, str]]) -> bytes:
    """A file of that bank: day -> code -> rate."""
    cubes = "".join(
        f"<Cube time='{day}'>"
        + "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in rates.items())
        + "</Cube>"
        for day, rates in days.items()
    )
    return f"{_HEAD}{cubes}</Cube></gesmes:Envelope>".encode()


@dataclass
class Bank:
    """``status`` and ``body`` are its answer; a ``silent`` one gives none until ``woken``."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    silent: bool = False
    woken: Event = field(default_factory=Event)
    asked: list[str] = field(default_factory=list)

    def publish(self, days: dict[str, dict[str, str]]) -> None:
        self.body = sheet(days)


class Handler(BaseHTTPRequestHandler):
    bank: Bank

    def do_GET(self) -> None:
        bank = self.bank
        bank.asked.append(self.path)
        if bank.silent:
            bank.woken.wait(60)
            return
        self.send_response(bank.status)
        if bank.status in (301, 302):
            self.send_header("Location", f"{bank.url}&again")
        self.send_header("Content-Length", str(len(bank.body)))
        self.end_headers()
        self.wfile.write(bank.body)

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def standing() -> Iterator[Bank]:
    """The bank, until the block ends."""
    bank = Bank()
    with listening(type("BankHandler", (Handler,), {"bank": bank})) as port:
        bank.url = f"http://127.0.0.1:{port}/eurofxref-daily.xml?v=1"
        try:
            yield bank
        finally:
            bank.woken.set()
