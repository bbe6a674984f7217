"""What a cell says: readers of texts, numbers, days and names, in French and English.

A reader takes the text of a cell that is not empty and raises ValueError with the sentence that says what
is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel.folding import folded
from comptoir.kernel.money import parse
from comptoir.kernel.refused import Refused
from comptoir.preferences.custom_fields import CustomField, FieldKind
from comptoir.reference import country, currency, industry, language, name_in, size

LANGUAGES: Final = ("en", "fr")
ORDERS: Final = ("dmy", "mdy", "ymd")
_SPACES: Final = re.compile(r"[\s'’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
_DAY: Final = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})")
_YES: Final = frozenset({"1", "yes", "y", "true", "oui", "o", "vrai", "x", "on"})
_NO: Final = frozenset({"0", "no", "n", "false", "non", "faux", "off"})
_AT_ONCE: Final = frozenset({"on receipt", "due on receipt", "a reception", "comptant", "immediat"})
_CLASSES: Final[dict[str, str]] = {
    "individual": "individual",
    "particulier": "individual",
    "business": "business",
    "entreprise": "business",
    "company": "company",
    "societe": "company",
    "partnership": "partnership",
    "partenariat": "partnership",
    "societe de personnes": "partnership",
    "trust": "trust",
    "fiducie": "trust",
    "charity": "charity",
    "association": "charity",
    "association caritative": "charity",
    "organisme de bienfaisance": "charity",
    "government": "government",
    "gouvernement": "government",
    "administration": "government",
    "administration publique": "government",
    "organisme public": "government",
    "other": "other",
    "autre": "other",
}


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers and days are written: "," or "." before the decimals, the order of day, month, year."""

    decimal: str = "."
    order: str = "dmy"


Reader = Callable[[str, Notation], Any]


def text(cell: str, notation: Notation) -> str:
    """As it stands."""
    return cell


def nothing(cell: str, notation: Notation) -> None:
    """For what follows from other records and is never taken from a file."""
    return


def amount(cell: str, notation: Notation) -> Decimal:
    """A number with or without thousands, percent or a currency's sign; brackets are a minus."""
    plain = re.sub(r"[^\d.,()\-+]", "", _SPACES.sub("", cell))
    minus = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()")
    other = "." if notation.decimal == "," else ","
    plain = plain.replace(other, "").replace(notation.decimal, ".")
    try:
        if not any(sign.isdigit() for sign in plain):
            raise ValueError
        found = parse(plain)
    except (Refused, ValueError):
        raise ValueError(_("“%(cell)s” is not a number.") % {"cell": cell[:60]}) from None
    return -found if minus else found


def day(cell: str, notation: Notation) -> date:
    """31/03/2026, 31.3.26 or 2026-03-31; which of the first two is the month, the notation says."""
    found = _DAY.match(cell)
    try:
        if found is None:
            raise ValueError
        parts = [int(part) for part in found.groups()]
        order = "ymd" if len(found[1]) == 4 else notation.order
        spoken = dict(zip(order, parts, strict=True))
        year = spoken["y"] + (2000 if spoken["y"] < 100 else 0)
        return date(year, spoken["m"], spoken["d"])
    except ValueError:
        raise ValueError(_("“%(cell)s” is not a day.") % {"cell": cell[:60]}) from None


def switch(cell: str, notation: Notation) -> bool:
    """Yes or no, oui ou non, 1 or 0."""
    said = folded(cell)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueError(_("“%(cell)s” is neither yes nor no.") % {"cell": cell[:60]})


def days(cell: str, notation: Notation) -> str:
    """30, “30 days”, “Net 30”, “30 jours”, “à réception”: a number of days, as settings keep it."""
    if folded(cell) in _AT_ONCE:
        return "0"
    found = re.findall(r"\d+", cell)
    if len(found) != 1 or int(found[0]) > 9999:
        raise ValueError(_("“%(cell)s” is not a number of days.") % {"cell": cell[:60]})
    return str(int(found[0]))


def named(names: Mapping[str, Any], sentence: Callable[[], str]) -> Reader:
    """One of some records by its name, whatever its case and accents."""

    def read(cell: str, notation: Notation) -> Any:
        try:
            return names[key(cell)]
        except KeyError:
            raise ValueError(sentence() % {"cell": cell[:60]}) from None

    return read


def key(cell: str) -> str:
    """How names are compared: without case, accents and signs."""
    return re.sub(r"[^\w]+", " ", folded(cell).replace("_", " ")).strip()


@lru_cache(maxsize=8)
def _listed(kind: str) -> dict[str, str]:
    """Every name and code of an id table, and its id; names win over codes, codes over ids."""
    table: Any = {
        "country": country,
        "currency": currency,
        "language": language,
        "size": size,
        "industry": industry,
    }[kind]
    found: dict[str, str] = {}
    for row in table:
        for name in _names(row):
            found.setdefault(key(name), row.id)
    for row in table:
        for code in ("iso_3166_2", "iso_3166_3", "code", "locale", "id"):
            if value := getattr(row, code, ""):
                found.setdefault(key(value), row.id)
    return found


def _names(row: Any) -> Iterable[str]:
    yield from (name_in(row, spoken) for spoken in LANGUAGES)
    yield from (value for name in ("name", "full_name") if (value := getattr(row, name, "")))


def listed(kind: str, sentence: Callable[[], str]) -> Reader:
    """A row of an id table by name, code or id; its id."""
    return named(_listed(kind), sentence)


def classification(cell: str, notation: Notation) -> str:
    """What kind of client, in French or English."""
    return str(named(_CLASSES, lambda: _("“%(cell)s” is no kind of client."))(cell, notation))


def custom(field: CustomField) -> Reader:
    """A custom field by its type, in the form that it is kept in."""

    def read(cell: str, notation: Notation) -> str:
        if field.kind is FieldKind.DATE:
            return day(cell, notation).isoformat()
        if field.kind is FieldKind.SWITCH:
            return "yes" if switch(cell, notation) else "no"
        if field.kind is FieldKind.CHOICE:
            options = {key(option): option for option in field.options}
            return str(named(options, lambda: _("“%(cell)s” is not one of the choices."))(cell, notation))
        return cell

    return read
