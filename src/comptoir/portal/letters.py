"""Mails with a link in them that works once: sign in, choose a password, confirm an address."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comptoir.clients.models import Contact
from comptoir.delivery.mail import letters
from comptoir.delivery.mail.letters import Letter
from comptoir.delivery.mail.operations import queue_mail
from comptoir.kernel.refused import Refused
from comptoir.portal.models import OneTimeKey
from comptoir.portal.visits import locale_of
from comptoir.tenancy import keys
from comptoir.tenancy.scope import acting_for

Purpose = OneTimeKey.Purpose
LASTS: Final = {
    Purpose.SIGN_IN: timedelta(minutes=30),
    Purpose.PASSWORD: timedelta(hours=1),
    Purpose.EMAIL: timedelta(hours=24),
}
_ADDRESSES: Final = {
    Purpose.SIGN_IN: "portal:magic-link",
    Purpose.PASSWORD: "portal:reset",
    Purpose.EMAIL: "portal:confirm-email",
}


def refuse_no_address(email: str) -> None:
    """Raises Refused at ``email``."""
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("email", _("This is not an e-mail address.")) from None


def mail_key(contact: Contact, purpose: Purpose, email: str = "") -> OneTimeKey:
    """Send a fresh link to a contact (or to ``email``, the address to confirm); older ones work no more."""
    to, key = email or contact.email, secrets.token_urlsafe(32)
    with acting_for(contact.company), transaction.atomic():
        OneTimeKey.objects.filter(contact=contact, purpose=purpose).delete()
        row: OneTimeKey = OneTimeKey.objects.create(
            contact=contact,
            purpose=purpose,
            digest=keys.digest(key),
            email=to,
            expires_at=timezone.now() + LASTS[purpose],
        )
        _queue(contact, to, row, _letter(contact, purpose, key))
    return row


def key_behind(key: str) -> OneTimeKey | None:
    """The row of a key that still works: not used, not too old, and the address is still the contact's."""
    rows = OneTimeKey.everywhere.select_related("company", "contact__client__group")
    row: OneTimeKey | None = rows.filter(digest=keys.digest(key), expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    row.contact.company = row.contact.client.company = row.company
    moved = row.purpose != Purpose.EMAIL and row.email.lower() != row.contact.email.lower()
    return None if moved else row


def _letter(contact: Contact, purpose: Purpose, key: str) -> Letter:
    url = settings.BASE_URL + reverse(_ADDRESSES[purpose], args=[key])
    name, company, locale = contact.first_name, contact.company.name, locale_of(contact)
    minutes = int(LASTS[purpose].total_seconds()) // 60
    if purpose == Purpose.SIGN_IN:
        return letters.magic_link(url=url, name=name, company_name=company, minutes=minutes, locale=locale)
    if purpose == Purpose.PASSWORD:
        return letters.password_reset(
            url=url, name=name, company_name=company, minutes=minutes, locale=locale
        )
    return _confirmation(url, name, company, locale)


def _confirmation(url: str, name: str, company: str, locale: str) -> Letter:
    with translation.override(translation.to_language(locale)):
        text = _("This address was given for your client area with $company.name. Confirm that it is yours.")
        ignore = _("If you did not expect this message, you can ignore it: nothing changes.")
        return Letter(
            subject=_("Confirm your e-mail address for $company.name"),
            body="\n\n".join(("$greeting", text, "$link_button", ignore)),
            values={
                "link": url,
                "link_label": _("Confirm this address"),
                "contact.first_name": name,
                "company.name": company,
            },
        )


def _queue(contact: Contact, to: str, row: OneTimeKey, letter: Letter) -> None:
    queue_mail(
        kind="portal",
        object_id=contact.pk,
        client_id=contact.client_id,
        recipient=to,
        recipient_name=contact.full_name,
        locale=locale_of(contact),
        subject=letter.subject,
        body=letter.body,
        values=letter.values,
        attachments=[],
        occurrence=f"{row.purpose}-{row.pk}",
        company=contact.company,
        settings=contact.client.preferences,
        secret=True,
    )
