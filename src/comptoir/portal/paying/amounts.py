"""Amounts as visitors type them, to the decimals of their currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.delivery.placeholders.reader import Reader
from comptoir.kernel.money import round_half_up
from comptoir.reference import currency
from comptoir.ui.arithmetic import calculate


def fault_of(text: str, currency_id: str) -> Any:
    """What is wrong with it; nothing when it is an amount of the currency."""
    try:
        amount = calculate(text)
    except ValueError:
        return _("This is not a number.")
    money = currency(currency_id)
    places = money.precision if money else 2
    if amount == round_half_up(amount, places):
        return None
    if not places:
        return _("This currency has no decimals.")
    return ngettext("This currency has %(n)s decimal.", "This currency has %(n)s decimals.", places) % {
        "n": places
    }


def written(amount: Decimal, reader: Reader) -> str:
    """With all the decimals of its currency, as people write it."""
    text = f"{round_half_up(amount, reader.currency.precision):f}"
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))
