"""Addresses and header lines. Nothing that people type can start a header of its own."""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_SEPARATORS = re.compile(r"[,;\s]+")


def one_line(text: str) -> str:
    """Text for a header: line breaks and control characters become one space."""
    return re.sub(r" {2,}", " ", _BREAKS.sub(" ", text)).strip()


def address(text: str, field: str = "recipient") -> str:
    """A mail address as it is written in the envelope, its domain in lower case.

    Raises Refused at ``field`` for anything else, a line break first of all.
    """
    wanted = text.strip(" ")
    local, at, domain = wanted.rpartition("@")
    try:
        if _BREAKS.search(wanted) or len(wanted) > 254:
            raise ValidationError("")
        validate_email(wanted)
    except ValidationError:
        raise Refused(field, _("This is not an email address.")) from None
    return f"{local}{at}{domain.lower()}"


def addresses(text: str, field: str) -> list[str]:
    """Addresses typed in one field, separated by commas, semicolons or spaces; each once."""
    return list(dict.fromkeys(address(part, field) for part in _SEPARATORS.split(text.strip()) if part))


def named(name: str, mail: str) -> str:
    """``"Name" <address>`` for a header; the bare address without a name."""
    quoted = one_line(name).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{mail}>' if quoted else mail


def bare(sender: str) -> str:
    """The address inside ``"Name" <address>``."""
    return parseaddr(sender)[1]
