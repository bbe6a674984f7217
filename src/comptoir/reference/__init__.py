"""The id tables that everybody shares: currencies, countries, languages, time zones and the like.

A table is called with an id (``currency("3")``) or asked by code (``currency.by_code("EUR")``),
gives a frozen row or None, and is walked in the order of the ids.
"""

from .names import name_in, sorted_by_name
from .static_lists import BULK_UPDATES, DEFAULT_PAYMENT_TERMS, statics
from .tables import (
    Table,
    country,
    country_iso3,
    currency,
    date_format,
    datetime_format,
    design,
    frequency,
    gateway,
    gateway_type,
    industry,
    language,
    payment_type,
    size,
    task_status,
    timezone,
)
from .unions import eu_members, euro_area

country_by_code = country.by_code
country_by_iso3 = country_iso3.by_code
currency_by_code = currency.by_code
date_format_by_code = date_format.by_code
gateway_by_key = gateway.by_code
gateway_type_by_code = gateway_type.by_code
language_by_code = language.by_code
timezone_by_code = timezone.by_code

__all__ = [
    "BULK_UPDATES",
    "DEFAULT_PAYMENT_TERMS",
    "Table",
    "country",
    "country_by_code",
    "country_by_iso3",
    "currency",
    "currency_by_code",
    "date_format",
    "date_format_by_code",
    "datetime_format",
    "design",
    "eu_members",
    "euro_area",
    "frequency",
    "gateway",
    "gateway_by_key",
    "gateway_type",
    "gateway_type_by_code",
    "industry",
    "language",
    "language_by_code",
    "name_in",
    "payment_type",
    "size",
    "sorted_by_name",
    "statics",
    "task_status",
    "timezone",
    "timezone_by_code",
]
