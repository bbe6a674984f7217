"""What a structured invoice says beside the printed words (EN 16931): units, means of payment, period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNITS: Final = {
    "C62": pgettext_lazy("unit", "Piece"),
    "HUR": pgettext_lazy("unit", "Hour"),
    "DAY": pgettext_lazy("unit", "Day"),
    "WEE": pgettext_lazy("unit", "Week"),
    "MON": pgettext_lazy("unit", "Month"),
    "ANN": pgettext_lazy("unit", "Year"),
    "LS": pgettext_lazy("unit", "Lump sum"),
    "SET": pgettext_lazy("unit", "Set"),
    "KGM": pgettext_lazy("unit", "Kilogram"),
    "TNE": pgettext_lazy("unit", "Tonne"),
    "LTR": pgettext_lazy("unit", "Litre"),
    "MTR": pgettext_lazy("unit", "Metre"),
    "MTK": pgettext_lazy("unit", "Square metre"),
    "MTQ": pgettext_lazy("unit", "Cubic metre"),
    "KMT": pgettext_lazy("unit", "Kilometre"),
    "KWH": pgettext_lazy("unit", "Kilowatt hour"),
}
"""Units of UN/ECE Recommendation 20 that invoices of small companies use."""

MEANS: Final = {
    "30": _("Credit transfer"),
    "58": _("SEPA credit transfer"),
    "59": _("SEPA direct debit"),
    "48": _("Card"),
    "20": _("Cheque"),
    "10": _("Cash"),
    "68": _("Online payment"),
    "97": _("Set off against other invoices"),
}
"""Means of payment of UNTDID 4461."""

KEY: Final = "payment_means_code"
PRECEDING: Final = "preceding_invoice"
"""The number of the invoice that this one follows or corrects (BT-25); a credit names its own by a column."""
KEPT: Final = (KEY, PRECEDING)


def unit_choices(rows: Iterable[Mapping[str, Any]] = ()) -> list[tuple[str, Any]]:
    """The units to choose from, with those that lines have already."""
    known = list(UNITS.items())
    others = sorted({str(row.get("unit_code") or "C62") for row in rows} - UNITS.keys())
    return known + [(code, code) for code in others]


def shown(document: Any) -> dict[str, Any]:
    """What the form shows of it."""
    said = document.e_invoice or {}
    return {key: str(said.get(key) or "") for key in KEPT}


def kept(fields: Mapping[str, Any], document: Any = None) -> dict[str, Any]:
    """The fields with these beside what else the document has for structured invoices."""
    rest = dict(fields)
    sent = {key: rest.pop(key) for key in KEPT if rest.get(key) is not None}
    if not sent:
        return {name: value for name, value in rest.items() if name not in KEPT}
    before = getattr(document, "e_invoice", None) or {}
    said = {**{key: value for key, value in before.items() if key not in sent}, **sent}
    return rest | {"e_invoice": {key: value for key, value in said.items() if value or key not in KEPT}}
