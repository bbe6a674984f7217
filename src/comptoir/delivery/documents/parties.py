"""Who a document is from and for: its snapshot once issued, the living records before."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from comptoir.billing.documents import BillingDocument
from comptoir.clients import models as clients
from comptoir.delivery.placeholders.parties import Address, Client, Company, Contact, CustomField
from comptoir.kernel import ids
from comptoir.preferences.cascade import Preferences
from comptoir.reference import country
from comptoir.reference.names import name_in

SLOTS = (1, 2, 3, 4)


def company_of(document: BillingDocument, preferences: Preferences, locale: str) -> Company:
    """The seller, as on the day of issue."""
    company = document.company
    said = document.snapshot.get("company") or {}
    name = said.get if said else lambda key: str(preferences[key])
    kept = SimpleNamespace(**{key: str(name(key) or "") for key in _COMPANY})
    return Company(
        name=kept.name,
        id_number=kept.id_number,
        vat_number=kept.vat_number,
        website=kept.website,
        email=kept.email,
        phone=kept.phone,
        address=address(vars(kept), "", locale),
        custom=custom(company.custom_fields, "company", vars(kept)),
        legal_form=company.switch("legal_form"),
        capital=company.switch("share_capital"),
        trade_register=company.switch("trade_register"),
    )


def client_of(document: BillingDocument, locale: str) -> Client:
    """The buyer, as on the day of issue; figures are today's."""
    client = document.client
    said = document.snapshot.get("client") or {name: getattr(client, name) for name in _CLIENT}
    return Client(
        name=said["display_name"],
        number=said["number"],
        id=ids.encode(client.pk) if client.pk else "",
        id_number=said["id_number"],
        vat_number=said["vat_number"],
        website=said["website"],
        phone=said["phone"],
        address=address(said, "", locale),
        shipping=address(said, "shipping_", locale),
        custom=custom(document.company.custom_fields, "client", said),
        public_notes=client.public_notes,
        is_professional=said.get("classification") != "individual",
        balance=client.balance,
        paid_to_date=client.paid_to_date,
        credit_balance=client.credit_balance,
    )


def contact_of(contact: clients.Contact | None, labels: Mapping[str, str]) -> Contact:
    """The person it goes to."""
    if contact is None:
        return Contact()
    said = {f"custom_value{n}": getattr(contact, f"custom_value{n}") for n in SLOTS}
    return Contact(
        contact.first_name, contact.last_name, contact.email, contact.phone, custom(labels, "contact", said)
    )


def custom(labels: Mapping[str, str], kind: str, said: Mapping[str, Any]) -> tuple[CustomField, ...]:
    """Four custom fields, with the company's labels."""
    return tuple(
        CustomField.defined(str(labels.get(f"{kind}{n}") or ""), str(said.get(f"custom_value{n}") or ""))
        for n in SLOTS
    )


def address(said: Mapping[str, Any], prefix: str, locale: str) -> Address:
    """An address out of columns of one prefix."""
    place = country(str(said.get(f"{prefix}country_id") or ""))
    parts = ("address1", "address2", "city", "state", "postal_code")
    return Address(
        **{part: str(said.get(prefix + part) or "") for part in parts},
        country=name_in(place, locale) if place else "",
        country_code=place.iso_3166_2 if place else "",
    )


_COMPANY = (
    "name", "id_number", "vat_number", "website", "email", "phone", "address1", "address2", "city", "state",
    "postal_code", "country_id", "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip
_CLIENT = (
    "display_name", "number", "id_number", "vat_number", "website", "phone", "classification", "address1",
    "address2", "city", "state", "postal_code", "country_id", "shipping_address1", "shipping_address2",
    "shipping_city", "shipping_state", "shipping_postal_code", "shipping_country_id", "custom_value1",
    "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip
