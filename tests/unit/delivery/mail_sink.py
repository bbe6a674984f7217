"""A mail server for tests: it keeps what it is given, and refuses or dies when told to."""

from __future__ import annotations

import email
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

from aiosmtpd.controller import Controller

Answer = str | None


class Sink:
    """``messages`` are in order of arrival. The hooks answer an SMTP line, or None for "fine"."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.on_rcpt: Callable[[str], Answer] = lambda _address: None
        self.on_data: Callable[[Any], Answer] = lambda _envelope: None
        self.on_hello: Callable[[], Answer] = lambda: None
        self.on_mail: Callable[[], Answer] = lambda: None
        self.port = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, lines: list[str]
    ) -> Any:
        session.host_name = hostname
        self.on_hello()
        return lines

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.on_mail()
        envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.on_rcpt(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.on_data(envelope)
        if answer == "hang up":
            session.transport = server.transport.close()
            return "250 OK"
        if answer:
            return answer
        self.keep(envelope)
        return "250 OK"

    def keep(self, envelope: Any) -> None:
        self.envelopes.append(envelope)
        self.messages.append(email.message_from_bytes(envelope.content, policy=modern))  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(**options: Any) -> Iterator[Sink]:
    sink = Sink()
    sink.port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
