"""Portal passwords of contacts: how good they must be, and whose e-mail they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from .models import Contact

_RULE: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).{7,}", re.DOTALL)
_MASK: Final = re.compile(r"\**")


def sent(value: Any) -> str:
    """A new password; "" for nothing, and for the asterisks that the wire shows of an old one."""
    text = str(value or "")
    return "" if _MASK.fullmatch(text) else text


def weak(password: str) -> Iterator[str]:
    """The one rule of API, office and portal (decision C12)."""
    if password and not _RULE.fullmatch(password):
        yield _("A password has at least 7 characters, with a small letter, a capital and a digit.")


def claimed_twice(claims: Sequence[tuple[str, Contact]]) -> Iterator[tuple[str, str, Contact]]:
    """One e-mail signs in once per company: who else has a password with it (decision C10).

    ``claims`` are (path, contact) of those that get a password, or an e-mail beside one; given back are
    (path, sentence, contact). Contacts that are deleted, or whose client is, leave theirs free.
    """
    emails = {contact.email.lower() for _path, contact in claims}
    if not emails:
        return
    holders = Contact.objects.live().filter(client__deleted_at=None).exclude(password="")
    holders = holders.exclude(pk__in=[contact.pk for _path, contact in claims if contact.pk])
    lowered = holders.annotate(lowered=Lower("email")).filter(lowered__in=emails)
    taken = set(lowered.values_list("lowered", flat=True))
    for path, contact in claims:
        if contact.email.lower() in taken:
            yield path, _("Another contact already signs in with this e-mail. Use a different one."), contact
        taken.add(contact.email.lower())
