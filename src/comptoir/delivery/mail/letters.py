"""Mails about accounts: they carry a link that opens a door, so queue them with ``secret=True``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, to_language


@dataclass(frozen=True)
class Letter:
    """Subject and body with placeholders, and what fills them: ``queue_mail`` takes all three."""

    subject: str
    body: str
    values: Mapping[str, str]


def magic_link(*, url: str, name: str, company_name: str, minutes: int, locale: str) -> Letter:
    """A contact asked to sign in to the portal without a password."""
    with translation.override(to_language(locale)):
        return Letter(
            subject=_("Sign in to $company.name"),
            body=_body(_("Here is your link to sign in to the client area of $company.name."), minutes),
            values=_values(url, _("Sign in"), name, company_name),
        )


def password_reset(*, url: str, name: str, company_name: str, minutes: int, locale: str) -> Letter:
    """Somebody, contact or staff, asked for a new password."""
    with translation.override(to_language(locale)):
        return Letter(
            subject=_("Choose a new password for $company.name"),
            body=_body(_("A new password was asked for your account with $company.name."), minutes),
            values=_values(url, _("Choose a password"), name, company_name),
        )


def invitation(*, url: str, name: str, company_name: str, by: str, locale: str) -> Letter:
    """A new member of staff is asked in and chooses a password (decision C21). ``by`` invites."""
    with translation.override(to_language(locale)):
        return Letter(
            subject=_("$inviter invites you to $company.name"),
            body=_body(_("$inviter invites you to work with $company.name. Choose a password to begin.")),
            values={**_values(url, _("Accept the invitation"), name, company_name), "inviter": by},
        )


def portal_access(*, url: str, name: str, company_name: str, locale: str) -> Letter:
    """A contact is given access to the portal and chooses a password."""
    with translation.override(to_language(locale)):
        welcome = _("$company.name opens its client area to you: your invoices and quotes in one place.")
        return Letter(
            subject=_("Your client area with $company.name"),
            body=_body(welcome),
            values=_values(url, _("Choose a password"), name, company_name),
        )


def _body(text: str, minutes: int = 0) -> str:
    ignore = _("If you did not expect this message, you can ignore it.")
    end = f"{_lasting(minutes)} {ignore}" if minutes else ignore
    return "\n\n".join(("$greeting", text, "$link_button", end))


def _values(url: str, label: str, name: str, company_name: str) -> dict[str, str]:
    return {"link": url, "link_label": label, "contact.first_name": name, "company.name": company_name}


def _lasting(minutes: int) -> str:
    if minutes % 60:
        return ngettext(
            "The link works once, for %(count)d minute.",
            "The link works once, for %(count)d minutes.",
            minutes,
        ) % {"count": minutes}
    hours = minutes // 60
    return ngettext(
        "The link works once, for %(count)d hour.", "The link works once, for %(count)d hours.", hours
    ) % {"count": hours}
