"""Numbers that others have given a client: SIREN, SIRET, IBAN, BIC, VAT. Pure (python-stdnum)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from stdnum import bic, get_cc_module, iban
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

from comptoir.reference import country, eu_members, name_in

from .columns import Fault
from .vat.numbers import prefix_of

_CHECKED: Final[dict[str, tuple[Any, Any]]] = {
    "siren": (siren, gettext_lazy("This is not a SIREN number: it has 9 digits that check each other.")),
    "siret": (
        siret,
        gettext_lazy("This is not a SIRET number: it has 14 digits that check each other."),
    ),
    "iban": (iban, gettext_lazy("This is not an IBAN: a letter or digit is wrong.")),
    "bic": (bic, gettext_lazy("This is not a BIC: it has 8 or 11 letters and digits.")),
}


def compact(values: dict[str, Any]) -> None:
    """Write them without spaces, in capitals; a SIRET says its SIREN."""
    for name, (kind, _sentence) in _CHECKED.items():
        if values.get(name):
            values[name] = kind.compact(values[name]).upper()
    if values.get("siret") and not values.get("siren"):
        values["siren"] = values["siret"][:9]


def malformed(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What cannot be right, at its field."""
    for name, (kind, sentence) in _CHECKED.items():
        if values.get(name) and not kind.is_valid(values[name]):
            yield name, sentence
    if values.get("siret") and values.get("siren") and not values["siret"].startswith(values["siren"]):
        yield "siret", _("This SIRET belongs to another SIREN.")


def vat_advice(number: str, country_id: str, *, on: date) -> str:
    """What a person should look at again; "" when nothing is wrong or nobody knows. Never blocks (S64)."""
    found = country(country_id)
    if not number.strip() or found is None:
        return ""
    code = found.iso_3166_2.upper()
    rule = get_cc_module(code.lower(), "vat")
    if rule is None:
        return ""
    try:
        rule.validate(number)
    except ValidationError:
        name = name_in(found, get_language() or "en")
        return _("This does not look like a VAT number of %(country)s.") % {"country": name}
    prefix = prefix_of(code)
    if code in eu_members(on) and not number.strip().upper().startswith(prefix):
        return _("Within the European Union, begin it with %(prefix)s.") % {"prefix": prefix}
    return ""
