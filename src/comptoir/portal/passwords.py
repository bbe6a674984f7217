"""A contact's portal password: chosen by the contact alone, never shared with another (S97, C12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.clients.models import Contact
from comptoir.clients.people import update_contact
from comptoir.kernel.refused import Refused
from comptoir.portal import sessions


def choose_password(contact: Contact, sent: Mapping[str, str], *, by: Actor, on: date) -> None:
    """Set it from ``password`` and ``password_again``. The contact is signed out everywhere.

    Raises Refused at either of them; the rule is the one of ``clients.passwords``.
    """
    password = typed_twice(sent)
    try:
        update_contact(contact, {"password": password}, by=by, on=on)
    except Refused as refused:
        texts = [text for texts in refused.errors.values() for text in texts]
        raise Refused.many({"password": texts}) from refused
    sessions.end_all(contact)


def typed_twice(sent: Mapping[str, str]) -> str:
    """The password of a form that asks for it twice. Raises Refused."""
    password = sent.get("password", "")
    if not password.strip("*"):
        raise Refused("password", _("Choose a password."))
    if password != sent.get("password_again", ""):
        raise Refused("password_again", _("The two are not the same."))
    return password
