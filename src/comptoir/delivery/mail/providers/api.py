"""A connection that is a provider's HTTP API (django-anymail), with its answers in our words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NoReturn

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ..faults import Fault, Judged, Verdict

TIMEOUT: Final = (10, 30)
"""Seconds to reach the provider, seconds to wait for its answer."""

_MENDABLE: Final = {401, 402, 403, 404, 408, 409, 425, 429}
"""Our key, our account, our pace: a person or time puts it right, and the mail is as good as before."""

_OPEN: Final = {502, 504}
"""A gateway lost sight of the request: it may have been carried out."""


class Api(BaseEmailBackend):
    """One provider for one company. Raises Judged: what was said, and whether to try again."""

    def __init__(
        self, name: str, backend: str, mendable: frozenset[int] = frozenset(), **options: Any
    ) -> None:
        super().__init__()
        self.name = name
        self.mendable = mendable
        self.backend = get_connection(f"anymail.backends.{backend}.EmailBackend", timeout=TIMEOUT, **options)

    def open(self) -> bool:
        return bool(self.backend.open())

    def close(self) -> None:
        self.backend.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from anymail.exceptions import AnymailError

        try:
            return int(self.backend.send_messages(email_messages) or 0)
        except AnymailError as error:
            self._judge(error)

    def _judge(self, error: Any) -> NoReturn:
        from anymail.exceptions import AnymailRecipientsRefused

        if isinstance(error, AnymailRecipientsRefused):
            said = _said(error.response) or "The recipient was refused."
            raise Judged(Fault(Verdict.NEVER, f"{self.name} 406: {said}")) from error
        response = getattr(error, "response", None)
        if response is None:
            raise Judged(self._unanswered(error)) from error
        status = response.status_code
        fault = Fault(self._verdict(status, _code(response)), f"{self.name} {status}: {_said(response)}")
        raise Judged(fault) from error

    def _verdict(self, status: int, code: int) -> Verdict:
        if status < 300 or status in _OPEN:
            return Verdict.UNKNOWN  # taken, as it seems, but not in words that we know
        later = status >= 500 or status in _MENDABLE or code in self.mendable
        return Verdict.LATER if later else Verdict.NEVER

    def _unanswered(self, error: Any) -> Fault:
        cause = error.__cause__
        if cause is None or isinstance(error, ValueError):
            return Fault(Verdict.NEVER, f"{self.name}: {error}")
        words = f"{type(cause).__name__}: {self.name}"
        return Fault(Verdict.LATER if _never_left(cause) else Verdict.UNKNOWN, words)


def _never_left(cause: Exception) -> bool:
    """Whether the connection failed before a byte of the request was sent."""
    from requests import ConnectTimeout
    from requests.exceptions import ProxyError, SSLError
    from urllib3.exceptions import NewConnectionError

    inner = cause.args[0] if cause.args else None
    reason = getattr(inner, "reason", None)
    return isinstance(cause, (ConnectTimeout, ProxyError, SSLError)) or isinstance(reason, NewConnectionError)


def _body(response: Any) -> dict[str, Any]:
    try:
        found = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(response: Any) -> str:
    """The provider's own sentence, in one line."""
    body = _body(response)
    words = body.get("Message") or body.get("message") or response.text or response.reason
    return " ".join(str(words).split())[:500]


def _code(response: Any) -> int:
    """Postmark's number of a fault; 0 from the others."""
    code = _body(response).get("ErrorCode")
    return code if isinstance(code, int) else 0
