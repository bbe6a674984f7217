"""What an issued document must not lose (architecture, decision 13; law: features 4).

A later change of the client, the company or a setting never changes it.
"""

from __future__ import annotations

from typing import Any

from comptoir.clients.models import Client
from comptoir.preferences.cascade import Preferences
from comptoir.reference import country, currency, language

from .documents import BillingDocument
from .exchanging import fill_rate

CLIENT = (
    "number", "name", "display_name", "id_number", "vat_number", "website", "phone", "legal_form", "siren",
    "siret", "routing_id", "electronic_address", "electronic_address_scheme", "classification",
    "address1", "address2", "city", "state", "postal_code", "country_id",
    "shipping_address1", "shipping_address2", "shipping_city", "shipping_state", "shipping_postal_code",
    "shipping_country_id", "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip
COMPANY = (
    "name", "address1", "address2", "city", "state", "postal_code", "country_id", "phone", "email", "website",
    "vat_number", "id_number", "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip


def take_snapshot(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    """Copy addresses, names, language and currency as they are on the day of issue.

    A draft that has waited for its rate of exchange takes that of its date now, or never by itself.
    """
    fill_rate(document, client)
    document.snapshot = {
        "client": {name: getattr(client, name) for name in CLIENT},
        "company": {name: str(preferences[name]) for name in COMPANY},
        "rappen": bool(preferences.enable_rappen_rounding),
        "language": _code(language(str(preferences.language_id)), "locale"),
        "currency": _code(currency(document.currency_id), "code"),
        "seller_country": _code(country(str(preferences.of_company.country_id)), "iso_3166_2"),
    }


def _code(row: Any, name: str) -> str:
    return str(getattr(row, name)) if row is not None else ""
