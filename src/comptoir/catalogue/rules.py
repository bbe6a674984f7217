"""When a catalogue row may not be saved as sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Refused

from .models import TaxRate

CATEGORIES: Final = ("S", "Z", "E", "AE", "K", "G", "O", "L", "M")
LONGEST_TERM: Final = 3650


def refuse_nameless_tax(rate: TaxRate) -> None:
    """A tax has a name that no other live tax of the company has, and at least two letters (M4)."""
    if not rate.name.strip():
        raise Refused("name", _("Give the tax a name."))
    if TaxRate.objects.live().filter(name=rate.name).exclude(pk=rate.pk).exists():
        raise Refused("name", _("A tax of this name exists already."))
    if rate.category not in CATEGORIES:
        raise Refused("category", _("This is not a tax category of EN 16931."))


def refuse_missing_rate(fields: Mapping[str, Any]) -> None:
    if fields.get("rate") is None:
        raise Refused("rate", _("Say the rate in percent; it may be 0."))
    refuse_odd_rate(fields["rate"])


def refuse_odd_rate(rate: Decimal) -> None:
    if not -100 <= rate <= 1000:
        raise Refused("rate", _("A rate is between -100 and 1000 percent."))


def refuse_odd_term(num_days: int) -> None:
    if not 0 <= num_days <= LONGEST_TERM:
        raise Refused("num_days", _("Between 0 and 3650 days."))
