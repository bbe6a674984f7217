"""How to pay by transfer: account, reference, and the EPC code that banking apps read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from comptoir.delivery.pdf.codes import qr_png
from comptoir.delivery.pdf.facts import Bank, DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.designs.page import Detail, Slip

CODE: Final = "epc"
"""Name of the code among the assets of a page."""

LARGEST: Final = Decimal("999999999.99")
_SPACES: Final = re.compile(r"\s+")


def slip(facts: DocumentFacts, labels: Labels) -> Slip | None:
    """The part of a page that tells how to pay; nothing when no money or no account is asked for."""
    bank = facts.bank
    if not bank.iban or not facts.asks_for_money or facts.amount_due <= 0:
        return None
    lines = (
        Detail(labels["holder"], bank.holder or facts.company.name, "holder"),
        Detail(labels["iban"], grouped(bank.iban), "iban"),
        Detail(labels["bic"], bank.bic, "bic"),
        Detail(labels["reference"], _reference(facts), "reference"),
    )
    shown = tuple(line for line in lines if line.value)
    code = CODE if _has_code(facts) else ""
    return Slip(labels["payment"], shown, code, labels["scan"] if code else "")


def epc_image(facts: DocumentFacts) -> bytes:
    """PNG of the code; nothing outside euros or without an account."""
    if not _has_code(facts):
        return b""
    bank = facts.bank
    return qr_png(epc_text(bank, bank.holder or facts.company.name, facts.amount_due, _reference(facts)))


def epc_text(bank: Bank, holder: str, amount: Decimal, reference: str) -> str:
    """Data of a SEPA credit transfer (EPC069-12, version 2, UTF-8, unstructured remittance)."""
    fields = ("BCD", "002", "1", "SCT", _bare(bank.bic), holder[:70], _bare(bank.iban), f"EUR{amount:.2f}")
    return "\n".join((*fields, "", "", reference[:140]))


def grouped(iban: str) -> str:
    """An account number in fours, as people copy it."""
    bare = _bare(iban)
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


def _has_code(facts: DocumentFacts) -> bool:
    payable = facts.asks_for_money and Decimal("0.01") <= facts.amount_due <= LARGEST
    return bool(payable and facts.bank.iban and facts.number and facts.reader.currency.code == "EUR")


def _reference(facts: DocumentFacts) -> str:
    return facts.bank.reference or facts.number


def _bare(number: str) -> str:
    return _SPACES.sub("", number).upper()
