"""What a gateway wants to know of the client before it collects: asked where it is missing, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.operations import update_client
from comptoir.clients.people import update_contact
from comptoir.gateways.models import CompanyGateway
from comptoir.kernel.refused import Refused
from comptoir.people.limits import TooManyTries, try_once
from comptoir.portal.letters import Purpose, mail_key, refuse_no_address
from comptoir.portal.registration.fields import Field, custom_inputs, options_of
from comptoir.portal.requests import MAILS_TO_ONE
from comptoir.portal.visits import Visit

PREFIX: Final = "details."
SAME: Final = "details.same_address"
"""Ticked, goods are delivered to the billing address."""

_BILLING: Final = (
    Field("address1", gettext_lazy("Street"), required=True, fill="billing address-line1"),
    Field("postal_code", gettext_lazy("Postal code"), fill="billing postal-code"),
    Field("city", gettext_lazy("City"), required=True, fill="billing address-level2"),
    Field("country_id", gettext_lazy("Country"), kind="country", required=True),
)
_ASKED: Final[dict[str, tuple[Field, ...]]] = {
    "require_client_name": (Field("name", gettext_lazy("Company name"), required=True, fill="organization"),),
    "require_contact_name": (
        Field("first_name", gettext_lazy("First name"), "contact", required=True, fill="given-name"),
        Field("last_name", gettext_lazy("Last name"), "contact", required=True, fill="family-name"),
    ),
    "require_contact_email": (
        Field("email", gettext_lazy("E-mail"), "contact", "email", required=True, fill="email"),
    ),
    "require_client_phone": (Field("phone", gettext_lazy("Phone"), kind="tel", required=True, fill="tel"),),
    "require_billing_address": _BILLING,
    "require_postal_code": (replace(_BILLING[1], required=True),),
    "require_shipping_address": tuple(
        replace(
            one,
            key=f"shipping_{one.key}",
            fill=one.fill.replace("billing", "shipping"),
            of="shipping",
        )
        for one in _BILLING
    ),
}


def wanted(there: Visit, gateways: Iterable[CompanyGateway]) -> list[Field]:
    """The inputs of the page: what is missing, and what else the gateways always show.

    What the client has already may be changed here only where it may be changed in the profile.
    """
    found: dict[str, Field] = {}
    editable = bool(there.preferences.enable_client_profile_update)
    for gateway in gateways:
        for field in _fields(there, gateway):
            kept = value_of(there, field)
            if not kept or (gateway.always_show_required_fields and (editable or field.of == "contact")):
                before = found.get(field.key)
                found[field.key] = field if before is None or field.required else before
    if found.get("email") and there.contact.email:
        del found["email"]  # it is changed in the profile alone, where it is confirmed
    return list(found.values())


def _fields(there: Visit, gateway: CompanyGateway) -> Iterator[Field]:
    for flag, fields in _ASKED.items():
        if getattr(gateway, flag):
            yield from fields
    for field in custom_inputs(there.company):
        if getattr(gateway, f"require_{field.key}"):
            yield replace(field, required=True)


def value_of(there: Visit, field: Field) -> str:
    """What is known already."""
    row = there.contact if field.of == "contact" else there.client
    return str(getattr(row, field.key) or "").strip()


def values(there: Visit, fields: Iterable[Field]) -> dict[str, str]:
    """What the inputs hold to begin with."""
    return {PREFIX + field.key: value_of(there, field) for field in fields}


def refuse_missing(there: Visit, gateway: CompanyGateway | None, sent: Mapping[str, str]) -> None:
    """Raises Refused at ``details.<name>`` for all that is missing."""
    asked = wanted(there, [gateway]) if gateway is not None else []
    missing = {
        PREFIX + field.key: [_("Please fill this in.")]
        for field in asked
        if field.required and not _typed(there, field, sent)
    }
    if missing:
        raise Refused.many(missing)


def keep(there: Visit, gateway: CompanyGateway, sent: Mapping[str, str]) -> None:
    """Save what was typed. Raises Refused at ``details.<name>``: all that is missing, or what cannot be."""
    refuse_missing(there, gateway, sent)
    asked = wanted(there, [gateway])
    typed = {field.key: _typed(there, field, sent) for field in asked}
    mine = {field.key: field for field in asked if typed[field.key] != value_of(there, field)}
    contact = {key: typed[key] for key, field in mine.items() if field.of == "contact"}
    client = {key: typed[key] for key, field in mine.items() if field.of != "contact"}
    email = contact.pop("email", "")
    try:
        with transaction.atomic():
            if client:
                update_client(there.client, client, by=there.actor, on=there.on)
            if contact:
                update_contact(there.contact, contact, by=there.actor, on=there.on)
            if email:
                _ask_to_confirm(there, email)
    except Refused as refused:
        raise Refused.many({PREFIX + name: texts for name, texts in refused.errors.items()}) from refused


def _typed(there: Visit, field: Field, sent: Mapping[str, str]) -> str:
    """What was typed, else what is known; goods go to the billing address unless another was typed."""
    typed = sent.get(PREFIX + field.key, value_of(there, field)).strip()
    if typed or field.of != "shipping" or not sent.get(SAME):
        return typed
    billing = field.key.removeprefix("shipping_")
    return sent.get(PREFIX + billing, "").strip() or str(getattr(there.client, billing) or "").strip()


def _ask_to_confirm(there: Visit, email: str) -> None:
    """It counts once the link that is mailed to it was opened (S101)."""
    refuse_no_address(email)
    with suppress(TooManyTries):  # it was sent a moment ago
        try_once(MAILS_TO_ONE, email.lower())
        mail_key(there.contact, Purpose.EMAIL, email)


def inputs(fields: Iterable[Field]) -> list[tuple[Field, list[tuple[str, str]]]]:
    """Each with its name in the form and what it can be chosen from."""
    return [(replace(field, key=PREFIX + field.key), options_of(field)) for field in fields]
