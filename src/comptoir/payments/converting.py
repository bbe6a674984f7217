"""What a payment is in another currency than its own.

Its rate is units of that other currency for one of the company's: for a payment in dollars to a company in
euros, dollars for a euro; for one in euros that is converted to dollars, the same.
"""

from __future__ import annotations

from decimal import Decimal

from comptoir.exchange.rates import UNKNOWN, Converter

from .models import Payment


def other_currency(payment: Payment) -> str:
    """The currency that its rate is about; "" where it has to do with the company's alone."""
    own = Converter(payment.company).own
    unit = payment.exchange_currency_id if payment.currency_id == own else payment.currency_id
    return "" if unit == own else unit


def converted(payment: Payment) -> tuple[Decimal, str] | None:
    """The amount and the currency that it is converted to; None where there is none, or no rate."""
    converter, rate = Converter(payment.company), payment.exchange_rate
    if not (unit := other_currency(payment)):
        return None
    if payment.currency_id == converter.own:
        return (payment.amount * rate, unit) if rate != UNKNOWN else None
    home = converter.convert(payment.amount, payment.currency_id, rate, payment.exchange_currency_id)
    return None if home is None else (home, converter.own)
