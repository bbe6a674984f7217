"""A connection that is a provider's HTTP API (django-anymail), with its answers in our words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ssl import SSLCertVerificationError
from typing import Any, Final

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ..addresses import bare
from ..faults import Fault, Judged, Verdict

TIMEOUT: Final = (10, 30)
"""Seconds to reach the provider, seconds to wait for its answer."""

_MENDABLE: Final = {401, 402, 403, 404, 408, 409, 425, 429}
"""Our key, our account, our pace: a person or time puts it right, and the mail is as good as before."""

_INACTIVE: Final = 406
"""Postmark's code for a recipient that it refuses."""

_LEFT_OUT: Final = ("rejected", "invalid", "failed")

_OPEN: Final = {502, 504}
"""A gateway lost sight of the request: it may have been carried out."""


class Api(BaseEmailBackend):
    """One provider for one company; ``headers`` go into every mail for the provider to read.

    Raises Judged: what was said, and whether to try again.
    """

    def __init__(
        self,
        name: str,
        backend: str,
        mendable: frozenset[int] = frozenset(),
        *,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self.headers = headers or {}
        self.name = name
        self.mendable = mendable
        self.backend = get_connection(f"anymail.backends.{backend}.EmailBackend", timeout=TIMEOUT, **options)

    def open(self) -> bool:
        return bool(self.backend.open())

    def close(self) -> None:
        self.backend.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from anymail.exceptions import AnymailError

        for message in email_messages:
            message.extra_headers.update(self.headers)
        try:
            sent = int(self.backend.send_messages(email_messages) or 0)
        except AnymailError as error:
            raise Judged(self._fault(error)) from error
        for message in email_messages:
            self._look_at(message)
        return sent

    def _look_at(self, message: Any) -> None:
        """Postmark refuses a mail, or one of its recipients, without a fault that anymail raises."""
        response = message.anymail_status.esp_response
        if response.status_code >= 400:
            raise Judged(self._answered(response))
        own = message.anymail_status.recipients.get(bare(message.to[0]))
        if own is not None and own.status in _LEFT_OUT:
            raise Judged(Fault(Verdict.NEVER, f"{self.name} {_INACTIVE}: {_said(response)}"))

    def _fault(self, error: Any) -> Fault:
        response = getattr(error, "response", None)
        return self._unanswered(error) if response is None else self._answered(response)

    def _answered(self, response: Any) -> Fault:
        code = _code(response)
        status = code if code == _INACTIVE else response.status_code
        return Fault(self._verdict(status, code), f"{self.name} {status}: {_said(response)}")

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
    """Whether the connection failed before a byte of the request was sent.

    TLS may break later too: only a certificate that is not trusted is certain.
    """
    from requests import ConnectTimeout
    from requests.exceptions import ProxyError
    from urllib3.exceptions import NewConnectionError

    reason = getattr(_first(cause), "reason", None)
    return (
        isinstance(cause, (ConnectTimeout, ProxyError))
        or isinstance(reason, NewConnectionError)
        or isinstance(_first(reason), SSLCertVerificationError)
    )


def _first(error: Any) -> Any:
    """What an error was made of."""
    return next(iter(getattr(error, "args", ())), None)


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
