"""Values of the people in a text, by placeholder name. What a document says is in `pdf.values`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.delivery.placeholders.parties import Address, Client, Company, Contact, CustomField
from comptoir.delivery.placeholders.reader import Reader

_ADDRESS = (
    "address1", "address2", "city", "state", "postal_code", "country",
    "city_state_postal", "postal_city", "postal_city_state",
)  # fmt: skip


@dataclass(frozen=True)
class Parties:
    """Everybody that a text may name."""

    company: Company
    client: Client
    contact: Contact


def party_values(parties: Parties, reader: Reader, *, owner: str = "client") -> dict[str, str]:
    """Values of $company.…, $client.… and $contact.…; `owner` is "vendor" on an order.

    Written in the language that is active.
    """
    return {
        **_company(parties.company, reader),
        **client_values(parties.client, reader, owner),
        f"{owner}.email": parties.contact.email,
        **contact_values(parties.contact, reader),
    }


def custom_values(prefix: str, fields: Sequence[CustomField], reader: Reader) -> dict[str, str]:
    """Four custom fields and their labels: custom1, custom1_label …"""
    found: dict[str, str] = {}
    for slot, field in enumerate(fields, start=1):
        found[f"{prefix}custom{slot}"] = field.written(reader)
        found[f"{prefix}custom{slot}_label"] = field.label
    return found


def _company(company: Company, reader: Reader) -> dict[str, str]:
    names = ("name", "id_number", "vat_number", "website", "email", "phone")
    return {
        **{f"company.{name}": getattr(company, name) for name in names},
        **_address("company.", company.address),
        **custom_values("company.", company.custom, reader),
    }


def client_values(client: Client, reader: Reader, owner: str = "client") -> dict[str, str]:
    """Values of $client.… alone."""
    names = ("name", "number", "id", "id_number", "vat_number", "website", "phone", "public_notes")
    sums = {
        "balance": client.balance,
        "paid_to_date": client.paid_to_date,
        "credit_balance": client.credit_balance,
    }
    return {
        **{f"{owner}.{name}": getattr(client, name) for name in names},
        **_address(f"{owner}.", client.address),
        **_address(f"{owner}.shipping_", client.shipping),
        **{f"{owner}.{name}": reader.money(amount) for name, amount in sums.items() if amount is not None},
        f"{owner}.currency": reader.currency.code,
        **custom_values(f"{owner}.", client.custom, reader),
    }


def contact_values(contact: Contact, reader: Reader) -> dict[str, str]:
    """Values of $contact.… alone."""
    names = ("first_name", "last_name", "full_name", "email", "phone")
    return {
        **{f"contact.{name}": getattr(contact, name) for name in names},
        **custom_values("contact.", contact.custom, reader),
    }


def _address(prefix: str, address: Address) -> dict[str, str]:
    return {f"{prefix}{name}": getattr(address, name) for name in _ADDRESS}
