"""Readers of what products, documents and payments choose from: categories, rhythms, types, people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.insight.imports import cells
from comptoir.insight.imports.cells import LANGUAGES, Notation, Reader, key
from comptoir.kernel.folding import folded
from comptoir.people.models import Membership
from comptoir.reference import frequency, name_in, payment_type

_ENDLESS: Final = frozenset({"-1", "endless", "without end", "infinite", "sans fin", "illimite", "indefini"})
_LINE_TYPES: Final = {
    "product": "1", "produit": "1", "goods": "1", "article": "1",
    "service": "2", "prestation": "2",
    "payment fee unpaid": "3", "frais de paiement impayes": "3",
    "payment fee": "4", "frais de paiement": "4",
    "late fee": "5", "penalite de retard": "5",
    "expense": "6", "depense": "6",
    **{str(n): str(n) for n in range(1, 7)},
}  # fmt: skip
_AUTO_BILL: Final = {
    "no": "off", "non": "off", "off": "off", "0": "off", "disabled": "off", "desactive": "off",
    "yes": "always", "oui": "always", "always": "always", "toujours": "always", "1": "always",
    "optin": "optin", "opt in": "optin", "if the client wants it": "optin",
    "si le client le souhaite": "optin",
    "optout": "optout", "opt out": "optout", "unless the client declines": "optout",
    "sauf refus du client": "optout",
}  # fmt: skip
_RHYTHMS: Final = {
    "quotidien": "1", "hebdomadaire": "2", "every week": "2", "biweekly": "3", "mensuel": "5",
    "every month": "5", "bimestriel": "6", "quarterly": "7", "trimestriel": "7",
    "half yearly": "9", "semestriel": "9", "yearly": "10", "every year": "10", "annuel": "10",
    "bisannuel": "11", "biennial": "11",
}  # fmt: skip
"""What people write beside the names of the list."""

_CATEGORIES: Final = {
    **{str(n): str(n) for n in range(1, 10)},
    "goods": "1", "biens": "1", "marchandises": "1", "physical": "1",
    "services": "2", "service": "2", "digital": "3", "numerique": "3",
    "exempt": "5", "exonere": "5", "reduced": "6", "taux reduit": "6",
    "zero rated": "8", "taux zero": "8", "reverse charge": "9", "autoliquidation": "9",
}  # fmt: skip
"""The wire's tax categories, and words for those that have one."""


def tax_category() -> Reader:
    return cells.named(_CATEGORIES, lambda: _("There is no tax category called “%(cell)s”."))


def users() -> Reader:
    """Members by e-mail or name; the first of two namesakes."""
    found: dict[str, Any] = {}
    for member in Membership.objects.select_related("user").order_by("pk"):
        found.setdefault(key(member.user.email), member.user)
        found.setdefault(key(member.user.name), member.user)
    return cells.named(found, lambda: _("Nobody here is called “%(cell)s”."))


def rhythm() -> Reader:
    """How often, by name or id."""
    return cells.named(_RHYTHMS | _named(frequency), lambda: _("There is no frequency called “%(cell)s”."))


def means() -> Reader:
    """A means of payment, by name or id."""
    return cells.named(_named(payment_type), lambda: _("There is no means of payment called “%(cell)s”."))


def _named(table: Iterable[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table:
        for spoken in LANGUAGES:
            found.setdefault(key(name_in(row, spoken)), row.id)
        found.setdefault(key(row.name), row.id)
    for row in table:
        found.setdefault(row.id, row.id)
    return found


def line_type() -> Reader:
    return cells.named(_LINE_TYPES, lambda: _("There is no type of line called “%(cell)s”."))


def auto_bill() -> Reader:
    return cells.named(_AUTO_BILL, lambda: _("“%(cell)s” says nothing about being charged by itself."))


def cycles(cell: str, notation: Notation) -> int:
    """How many invoices are still to come; -1 or “endless” is without end."""
    if folded(cell) in _ENDLESS:
        return -1
    found = cells.amount(cell, notation)
    if found != int(found) or not 0 <= found <= 10_000:
        raise ValueError(_("“%(cell)s” is not a number of invoices.") % {"cell": cell[:60]})
    return int(found)


def rate(cell: str, notation: Notation) -> Decimal:
    """Percents of a tax."""
    found = cells.amount(cell, notation)
    if not -100 <= found <= 1000:
        raise ValueError(_("A rate is between -100 and 1000 percent."))
    return found


def numbers(cell: str, notation: Notation) -> list[str]:
    """Numbers of records, parted by commas or semicolons."""
    return [number.strip() for number in cell.replace(";", ",").split(",") if number.strip()]
