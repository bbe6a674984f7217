"""Which ways of paying Stripe's page offers, in both words, and what a payment was made with."""

from __future__ import annotations

from typing import Any, Final

from comptoir.gateways.interface import Stored, Way

from .reading import get

EURO: Final = ("EUR",)
WAYS: Final = {
    "1": Way(keeps=True),
    "2": Way(keeps=True, currencies=("USD",), delayed=True),
    "9": Way(keeps=True, currencies=EURO, delayed=True),
    "12": Way(currencies=EURO),
    "13": Way(currencies=EURO),
    "16": Way(currencies=("EUR", "PLN")),
    "17": Way(currencies=EURO),
    "24": Way(keeps=True, currencies=("GBP",), delayed=True),
}
WORDS: Final = {
    "1": "card", "2": "us_bank_account", "9": "sepa_debit", "12": "bancontact", "13": "ideal",
    "16": "p24", "17": "eps", "24": "bacs_debit",
}  # fmt: skip
"""Stripe's word for a gateway type."""

_TYPES: Final = {
    "us_bank_account": "4", "sepa_debit": "29", "bancontact": "36", "ideal": "37", "p24": "40",
    "eps": "41", "bacs_debit": "49",
}  # fmt: skip
_CARDS: Final = {
    "visa": "5", "mastercard": "6", "amex": "7", "discover": "8", "diners": "9", "unionpay": "17",
    "jcb": "18",
}  # fmt: skip
_OTHER_CARD: Final = "12"


def payment_type(method: Any) -> str:
    """Our payment type of what Stripe calls a payment method; "" where it names none."""
    if not method or isinstance(method, str):
        return ""
    kind = str(get(method, "type") or "")
    if kind == "card":
        return _CARDS.get(str(get(get(method, "card"), "brand") or "").lower(), _OTHER_CARD)
    return _TYPES.get(kind, "")


def stored(method: Any, customer: str) -> Stored | None:
    """A method that Stripe keeps, with what a client recognises it by."""
    if not method or isinstance(method, str) or not customer:
        return None
    kind = str(get(method, "type") or "")
    way = next((way for way, word in WORDS.items() if word == kind), "")
    if not way or not WAYS[way].keeps:
        return None
    about = get(method, kind)
    brand = get(about, "brand") or get(about, "bank_name") or get(about, "bank_code") or ""
    meta = {
        "brand": str(brand),
        "last4": str(get(about, "last4") or ""),
        "exp_month": str(get(about, "exp_month") or ""),
        "exp_year": str(get(about, "exp_year") or ""),
        "type": int(way),
    }
    return Stored(str(get(method, "id")), customer, way, meta, payment_type(method))
