"""What went wrong with a mail, and whether to try again."""

from __future__ import annotations

import smtplib
from enum import Enum
from typing import Final, NamedTuple

from comptoir.kernel.refused import Refused

from .attachments import TooLarge

_MENDABLE: Final = {421, 450, 451, 452, 454, 530, 534, 535}


class Verdict(Enum):
    """``LATER``: nothing was sent, try again. ``NEVER``: no use. ``UNKNOWN``: it may have been sent."""

    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


class Fault(NamedTuple):
    verdict: Verdict
    sentence: str


class Judged(Exception):
    """What a provider's API said, weighed already."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def judge(error: Exception, recipient: str, *, given: bool) -> Fault:
    """Weigh an error; ``given`` says whether the message itself was already on its way.

    The server's 4xx codes are for later and its 5xx codes final (RFC 5321), but for a refused
    password, which a person can put right.
    """
    match error:
        case Judged():
            return error.fault
        case smtplib.SMTPRecipientsRefused():
            code, said = error.recipients.get(recipient) or next(iter(error.recipients.values()))
            return _by_code(code, said)
        case smtplib.SMTPResponseException():
            return _by_code(error.smtp_code, error.smtp_error)
        case OSError() if not isinstance(error, smtplib.SMTPNotSupportedError):
            pass  # lines that break, and certificates: those are ValueErrors too
        case smtplib.SMTPNotSupportedError() | Refused() | TooLarge() | ValueError():
            return Fault(Verdict.NEVER, str(error))
    return Fault(Verdict.UNKNOWN if given else Verdict.LATER, f"{type(error).__name__}: {error}")


def refused(recipient: str, refusals: dict[str, tuple[int, bytes]]) -> Fault | None:
    """A recipient whom the server refused although it took the message for a hidden copy."""
    if recipient not in refusals:
        return None
    return Fault(Verdict.NEVER, _by_code(*refusals[recipient]).sentence)


def _by_code(code: int, said: bytes | str) -> Fault:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    later = code < 500 or code in _MENDABLE
    return Fault(Verdict.LATER if later else Verdict.NEVER, f"{code} {words}".strip())
