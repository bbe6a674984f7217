"""Taxes as the choices of a form: "20|VAT"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.billing import destined
from comptoir.billing.destination import BY_HAND, COMPUTED
from comptoir.billing.documents import SLOTS, BillingDocument
from comptoir.billing.lines import Line
from comptoir.catalogue.models import TaxRate
from comptoir.kernel import formats
from comptoir.kernel.money import digits, to_micros
from comptoir.office.desk import Desk
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import locale

AUTO: Final = "auto|"
"""Begins a choice that leaves the tax to where the document goes; the tax category follows."""


def categories() -> dict[str, str]:
    """What is sold, as taxes by destination tell it apart; all but "by hand"."""
    labels = (
        _("Goods"), _("Service"), _("Digital service"), _("Reduced rate"), _("Shipping"), _("Exempt"),
        _("Zero rate"), _("Reverse charge"),
    )  # fmt: skip
    return dict(zip(COMPUTED, labels, strict=True))


def is_computing(desk: Desk, document: BillingDocument | None = None) -> bool:
    """Whether lines are taxed by where the document goes: a new one, unless ``document`` is given."""
    if document is not None:
        return destined.is_computed(document)
    return destined.is_wanted(desk.company)


def computed_choices() -> list[Choice]:
    """By destination, for each kind of thing that is sold."""
    said = _("%(what)s (by destination)")
    return [Choice(AUTO + code, said % {"what": label}) for code, label in categories().items()]


def usual_category(desk: Desk) -> str:
    """What a line begins with where the company sells services alone."""
    return AUTO + ("2" if desk.company.switch("operations_kind") == "services" else "1")


def line_choice(line: Line, slot: int, *, computing: bool) -> str:
    """The choice that a line stands for."""
    if computing and line.tax_id != BY_HAND:
        return AUTO + line.tax_id if slot == 1 else ""
    return tax_choice(getattr(line, f"tax_name{slot}"), getattr(line, f"tax_rate{slot}"))


def tax_choices(rows: Sequence[Mapping[str, Any]] = ()) -> list[Choice]:
    """The company's tax rates, and those that the rows have though nobody kept them."""
    rates = TaxRate.objects.active().order_by("-rate", "name").values_list("name", "rate")
    known = {tax_choice(name, rate): f"{name} {percent(rate)}" for name, rate in rates}
    for row in rows:
        for slot in SLOTS:
            value = str(row.get(f"tax{slot}") or "")
            if value and value not in known and not value.startswith(AUTO):
                rate, _bar, name = value.partition("|")
                known[value] = f"{name} {rate} %"
    return [Choice("", _("No tax")), *(Choice(value, label) for value, label in known.items())]


def default_tax(desk: Desk, slot: int) -> str:
    """The tax that a new line begins with."""
    preferences = desk.preferences
    name = str(preferences[f"tax_name{slot}"])
    return tax_choice(name, preferences[f"tax_rate{slot}"]) if name else ""


def tax_choice(name: str, rate: Any) -> str:
    """The value of a choice."""
    return f"{digits(to_micros(Decimal(rate)))}|{name}" if name else ""


def read_tax(choice: str, slot: int, name: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    """A tax out of its choice; what is none becomes a fault at ``name``."""
    text, _bar, called = choice.partition("|")
    try:
        rate = Decimal(text or 0)
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite():
        faults[name] = [_("Choose a tax.")]
        return {}
    return {f"tax_name{slot}": called, f"tax_rate{slot}": rate}


def percent(rate: Decimal) -> str:
    """A rate as the reader writes it."""
    return formats.percent(rate, locale())
