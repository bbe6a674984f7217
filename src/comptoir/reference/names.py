"""What a row of an id table is called in a reader's language.

Countries, currencies and languages by the CLDR (Babel); the short lists carry their French.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeVar

from babel import Locale, UnknownLocaleError

from comptoir.reference.rows import Choice, Country, Currency, GatewayType, Language, PaymentType, TaskStatus

Named = TypeVar("Named", Country, Currency, Language, Choice, PaymentType, GatewayType, TaskStatus)
AnyNamed = Country | Currency | Language | Choice | PaymentType | GatewayType | TaskStatus

_ENGLISH: Final = Locale("en")
_SUBDIVISIONS: Final = {"fr": {"ES-CN": "Îles Canaries"}}
"""Rows of the country table that are parts of a country, which the CLDR lists elsewhere."""


def name_in(row: AnyNamed, locale: str) -> str:
    """Give the row's name, capitalised as a list entry; its English one where nobody knows better."""
    reader = _parsed(locale)
    if reader.language == "en":
        return row.name
    if isinstance(row, Country | Currency | Language):
        return _capitalised(_cldr_name(row, reader) or row.name)
    return row.french if reader.language == "fr" else row.name


def sorted_by_name(rows: Iterable[Named], locale: str) -> list[tuple[str, Named]]:
    """Give (name, row) pairs in the reader's alphabetical order, accents set aside."""
    pairs = [(name_in(row, locale), row) for row in rows]
    return sorted(pairs, key=lambda pair: _alphabetical(pair[0]))


def _cldr_name(row: Country | Currency | Language, reader: Locale) -> str | None:
    if isinstance(row, Country):
        code = row.iso_3166_2
        return reader.territories.get(code) or _SUBDIVISIONS.get(reader.language, {}).get(code)
    if isinstance(row, Currency):
        return reader.currencies.get(row.code)
    return _parsed(row.locale).get_display_name(reader)


@lru_cache(maxsize=128)
def _parsed(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return _ENGLISH


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _alphabetical(name: str) -> str:
    """Fold accents and case: É sorts with e, which a plain comparison puts after z."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
