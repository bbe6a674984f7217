"""A mail before it is sent: for the editor of texts and for the API's templates call."""

from __future__ import annotations

from typing import NamedTuple

from comptoir.tenancy.models import Company

from .look import Settings, look_of
from .pieces import Values
from .texts import wording
from .writing import write


class Preview(NamedTuple):
    """``wrapper`` is the whole page, ``body`` the message alone (contract rules 22)."""

    subject: str
    body: str
    wrapper: str
    raw_subject: str
    raw_body: str


def preview(
    company: Company,
    settings: Settings,
    template: str,
    values: Values,
    *,
    kind: str,
    locale: str,
    subject: str = "",
    body: str = "",
) -> Preview:
    """What the recipient would see; ``subject`` and ``body`` replace the texts in force.

    Raises KeyError for a template that does not exist.
    """
    stock = wording(settings, template, locale)
    raw_subject, raw_body = subject or stock.subject, body or stock.body
    written = write(raw_subject, raw_body, values, look_of(company, settings), kind=kind, locale=locale)
    return Preview(written.subject, written.message, written.html, raw_subject, raw_body)
