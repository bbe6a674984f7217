"""A client's contacts on the wire: they have no routes of their own (contract schemas.json)."""

from __future__ import annotations

from django.conf import settings

from comptoir.api.resources.wire import CustomValues
from comptoir.clients.models import Contact
from comptoir.contract.fields import Derived, Email, Flag, Key, Masked, Moment, Text
from comptoir.contract.shapes import Shape
from comptoir.tenancy import keys


def contact_key(seed: int) -> str:
    return keys.derive("contact", seed)


class Contacts(CustomValues, Shape):
    model = Contact

    id = Key("pk")
    first_name = Text()
    last_name = Text()
    email = Email()
    created_at = Moment()
    updated_at = Moment()
    archived_at = Moment()
    is_primary = Flag()
    is_locked = Flag(writable=False)
    phone = Text()
    contact_key = Derived(contact_key, "key_seed")
    send_email = Flag(default=True)
    cc_only = Flag()
    can_sign = Flag()
    last_login = Moment()
    password = Masked(most=1000)
    link = Derived(lambda seed: f"{settings.BASE_URL}/client/key_login/{contact_key(seed)}", "key_seed")
