"""How to pay by transfer: account, reference, and the code that banking apps read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import segno

from comptoir.delivery.pdf.facts import Bank
from comptoir.delivery.pdf.slip import LARGEST, epc_text, grouped
from comptoir.delivery.placeholders.reader import Reader
from comptoir.tenancy.models import Company

_SMALLEST: Final = Decimal("0.01")


@dataclass(frozen=True)
class Transfer:
    """Ready to show. ``code`` is a picture as a data URI, or nothing outside euros."""

    amount: str
    holder: str
    iban: str
    bic: str
    reference: str
    code: str


def transfer(company: Company, reader: Reader, amount: Decimal, reference: str) -> Transfer | None:
    """None without an account, or with nothing to pay."""
    bank = Bank(company.name, str(company.switch("iban")), str(company.switch("bic")), reference)
    if not bank.iban or amount <= 0:
        return None
    return Transfer(
        amount=reader.money(amount),
        holder=bank.holder,
        iban=grouped(bank.iban),
        bic=bank.bic,
        reference=reference,
        code=_code(bank, amount) if reader.currency.code == "EUR" else "",
    )


def _code(bank: Bank, amount: Decimal) -> str:
    if not _SMALLEST <= amount <= LARGEST:
        return ""
    text = epc_text(bank, bank.holder, amount, bank.reference)
    # Choosing the mask costs 16 ms; any of the eight can be read.
    made = segno.make_qr(text, error="m", boost_error=False, mask=4, encoding="utf-8")
    return str(made.png_data_uri(scale=6, border=2))
