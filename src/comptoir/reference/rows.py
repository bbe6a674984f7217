"""One frozen row of each id table; ids are the wire's plain numeric strings (contract rules 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Country:
    """``id`` is ISO 3166-1 numeric without leading zeros; separators are "" where the currency's hold."""

    id: str
    iso_3166_2: str
    iso_3166_3: str
    name: str
    full_name: str
    country_code: str
    capital: str
    citizenship: str
    currency: str
    currency_code: str
    currency_sub_unit: str
    region_code: str
    sub_region_code: str
    thousand_separator: str
    decimal_separator: str
    swap_postal_code: bool
    swap_currency_symbol: bool
    eea: bool


@dataclass(frozen=True, slots=True)
class Currency:
    """``exchange_rate`` is 1 in the table, which says that it knows none: rates have days (``exchange``)."""

    id: str
    code: str
    name: str
    symbol: str
    precision: int
    thousand_separator: str
    decimal_separator: str
    swap_currency_symbol: bool
    exchange_rate: Decimal


@dataclass(frozen=True, slots=True)
class Language:
    id: str
    locale: str
    name: str


@dataclass(frozen=True, slots=True)
class Timezone:
    """``location`` is the IANA name; ``utc_offset`` is in seconds, in winter."""

    id: str
    location: str
    label: str
    utc_offset: int

    @property
    def name(self) -> str:
        """The wire's word for the IANA name."""
        return self.location

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.location)


@dataclass(frozen=True, slots=True)
class DateFormat:
    """The same pattern in PHP's, Moment's and Dart's letters; ours is PHP's (kernel.formats)."""

    id: str
    format: str
    format_moment: str
    format_dart: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that is only a name: an industry, a size, a frequency."""

    id: str
    name: str
    french: str


@dataclass(frozen=True, slots=True)
class PaymentType:
    """How a payment was made; ``gateway_type_id`` is "" for what no gateway collects."""

    id: str
    name: str
    french: str
    gateway_type_id: str


@dataclass(frozen=True, slots=True)
class GatewayType:
    """A way of paying online; fees and limits of a gateway are kept under these ids."""

    id: str
    code: str
    name: str
    french: str


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """A column of the task board that a new company begins with."""

    id: str
    name: str
    french: str
    status_order: int


@dataclass(frozen=True, slots=True)
class BuiltInDesign:
    id: str
    name: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class Gateway:
    """A payment provider; ``fields`` are its credentials with their defaults.

    ``options`` says, by gateway type id, whether it refunds and keeps cards.
    """

    id: str
    name: str
    key: str
    provider: str
    visible: bool
    sort_order: int
    is_offsite: bool
    is_secure: bool
    default_gateway_type_id: str
    fields: dict[str, Any]
    options: dict[str, Any]
