"""Account numbers of Swiss QR-bills: what they may be. Pure (python-stdnum).

Source: SIX, Swiss Implementation Guidelines for the QR-bill 2.3.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum import iban

COUNTRIES: Final = frozenset({"CH", "LI"})
QR_BANKS: Final = range(30000, 32000)
"""Bank numbers that mark an account number as a QR-IBAN: its payments carry a QR reference."""
PARTICIPANT_DIGITS: Final = 11


def is_swiss(account: str) -> bool:
    """Whether it is an account number of Switzerland or Liechtenstein."""
    return iban.compact(account)[:2] in COUNTRIES and iban.is_valid(account)


def is_qr_iban(account: str) -> bool:
    return is_swiss(account) and int(iban.compact(account)[4:9]) in QR_BANKS


def is_participant(number: str) -> bool:
    """Whether it can be the bank's number of its customer: digits, with room for an invoice number."""
    return bool(re.fullmatch(rf"[0-9]{{1,{PARTICIPANT_DIGITS}}}", number))


_WRONG: Final = {
    "qr_iban": (
        is_qr_iban,
        _("This is not a QR-IBAN: it begins with CH or LI, and its bank number is 30000 to 31999."),
    ),
    "besr_id": (
        is_participant,
        format_lazy(_("This number has at most {most} digits and nothing else."), most=PARTICIPANT_DIGITS),
    ),
}
KEYS: Final = frozenset(_WRONG)
"""The settings that are such numbers."""


def fault(key: str, text: str) -> Any:
    """What is wrong with a value of one of ``KEYS``; None where nothing is."""
    is_right, sentence = _WRONG[key]
    return None if is_right(text) else sentence
