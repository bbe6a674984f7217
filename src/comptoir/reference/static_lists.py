"""The answer to ``GET statics``: every id table in the wire's form (contract rules 27, apps 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import msgspec

from comptoir.reference import tables
from comptoir.reference.names import Named, sorted_by_name
from comptoir.reference.rows import Gateway

DEFAULT_PAYMENT_TERMS: Final = (0, 7, 10, 14, 15, 30, 60, 90)
"""Days of the payment terms that a new company begins with."""

BULK_UPDATES: Final[Mapping[str, tuple[str, ...]]] = {
    "client": (
        "public_notes",
        "industry_id",
        "size_id",
        "country_id",
        "custom_value1",
        "custom_value2",
        "custom_value3",
        "custom_value4",
    ),
    "expense": (
        "tax1",
        "tax2",
        "tax3",
        "custom_value1",
        "custom_value2",
        "custom_value3",
        "custom_value4",
        "should_be_invoiced",
        "uses_inclusive_taxes",
        "private_notes",
        "public_notes",
    ),
    "recurring_invoice": (
        "tax1",
        "tax2",
        "tax3",
        "custom_value1",
        "custom_value2",
        "custom_value3",
        "custom_value4",
        "uses_inclusive_taxes",
        "private_notes",
        "public_notes",
        "terms",
        "footer",
    ),
    "task": (),
}
"""Columns that bulk actions may set; apps need a list under each of these four names."""


def statics(
    locale: str = "en",
    templates: Mapping[str, Any] | None = None,
    rates: Mapping[str, Decimal] | None = None,
) -> dict[str, Any]:
    """Give all lists, five of them sorted by their name in ``locale``.

    ``templates`` are the default mail texts by template key, which only delivery knows; ``rates`` how
    many units of a currency, by its id, the reader's company has for one of its own: 1 where unknown.
    """
    lists = _lists(locale)
    priced = [
        {**row, "exchange_rate": rates[row["id"]]} if rates and row["id"] in rates else row
        for row in lists["currencies"]
    ]
    return {**lists, "currencies": priced, "templates": dict(templates or {})}


@lru_cache(maxsize=64)
def _lists(locale: str) -> dict[str, Any]:
    return {
        "industries": _named(tables.industry, locale),
        "countries": _named(tables.country, locale),
        "payment_types": [
            {**row, "gateway_type_id": int(row["gateway_type_id"]) if row["gateway_type_id"] else None}
            for row in _named(tables.payment_type, locale)
        ],
        "languages": _named(tables.language, locale),
        "currencies": [
            {**row, "exchange_rate": int(row["exchange_rate"])} for row in _named(tables.currency, locale)
        ],
        "sizes": sorted(_named(tables.size, locale), key=lambda row: int(row["id"])),
        "datetime_formats": [asdict(row) for row in tables.datetime_format],
        "gateways": [gateway_row(row) for row in tables.gateway],
        "timezones": [
            {"id": row.id, "name": row.location, "location": row.label, "utc_offset": row.utc_offset}
            for row in tables.timezone
        ],
        "date_formats": [asdict(row) for row in tables.date_format],
        "bulk_updates": {entity: list(columns) for entity, columns in BULK_UPDATES.items()},
        "banks": [],
        "license_key": "",
    }


def _named(rows: Iterable[Named], locale: str) -> list[dict[str, Any]]:
    pairs = [({**asdict(row), "name": name}) for name, row in sorted_by_name(rows, locale)]
    for row in pairs:
        row.pop("french", None)
    return pairs


def gateway_row(row: Gateway) -> dict[str, Any]:
    """Credentials go out as a JSON text inside the JSON, as apps parse it a second time."""
    return {**asdict(row), "fields": msgspec.json.encode(row.fields).decode()}
