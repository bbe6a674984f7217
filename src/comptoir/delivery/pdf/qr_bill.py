"""The Swiss QR-bill: what its code says, and what payment part and receipt show.

Source: SIX, Swiss Implementation Guidelines for the QR-bill 2.3 (structured addresses only), and its
style guide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from django.utils.translation import pgettext
from stdnum import iban
from stdnum.ch import esr
from stdnum.iso7064 import mod_97_10

from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.fitting import PAYMENT, RECEIPT
from comptoir.delivery.pdf.slip import grouped
from comptoir.delivery.placeholders.parties import Address
from comptoir.designs.page import PaymentPart
from comptoir.kernel.money import round_half_up
from comptoir.preferences.swiss import COUNTRIES, is_participant, is_qr_iban, is_swiss

ASSET: Final = "qr-bill"
"""Name of the code among the assets of a page."""

CURRENCIES: Final = frozenset({"CHF", "EUR"})
SMALLEST, LARGEST = Decimal("0.01"), Decimal("999999999.99")
STREET: Final = 70
BYTES: Final = 997
"""What the code holds: version 25 with error correction M (guidelines 6.1 and 6.2)."""
QRR_DIGITS: Final = 26
SCOR_LETTERS: Final = 21

_PLAIN: Final = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u2212": "-"}
)
_FURTHER: Final = frozenset("ȘșȚț€")

Kind = Literal["QRR", "SCOR", "NON"]


@dataclass(frozen=True)
class Party:
    """Who is paid, or who pays: a structured address. The house number stands with the street, and behind
    it the second line of an address, ``more``, where both have room.
    """

    name: str
    first: str
    postal_code: str
    city: str
    country: str
    more: str = ""

    @property
    def street(self) -> str:
        both = ", ".join(filter(None, (self.first, self.more)))
        return both if len(both) <= STREET else self.first

    @property
    def plain(self) -> Party:
        """Without the second line, unless it is the only one."""
        return replace(self, more="") if self.first else self

    @property
    def fields(self) -> tuple[str, ...]:
        return ("S", self.name, self.street, "", self.postal_code, self.city, self.country)

    def lines(self, *, short: bool = False) -> tuple[str, ...]:
        """As it is printed; `short` leaves the street out where it has no room."""
        abroad = "" if self.country in COUNTRIES else f"{self.country}-"
        street = "" if short else self.street
        return tuple(line for line in (self.name, street, f"{abroad}{self.postal_code} {self.city}") if line)


NOBODY: Final = ("",) * 7


@dataclass(frozen=True)
class Bill:
    """One bill. `amount` is in units of `currency`; without a debtor the payer writes the name."""

    account: str
    creditor: Party
    amount: Decimal
    currency: str
    debtor: Party | None
    kind: Kind
    reference: str
    message: str

    @property
    def payload(self) -> str:
        """The lines of the code (guidelines, chapter 4)."""
        fields = (
            *("SPC", "0200", "1", self.account, *self.creditor.fields, *NOBODY),
            *(f"{self.amount:.2f}", self.currency, *(self.debtor.fields if self.debtor else NOBODY)),
            *(self.kind, self.reference, self.message, "EPD"),
        )
        return "\n".join(fields)


def bill(facts: DocumentFacts) -> Bill | None:
    """What a document asks for; None where it asks for nothing, or where a QR-bill cannot say it."""
    bank, currency = facts.bank, facts.reader.currency.code
    account = iban.compact(bank.qr_iban or bank.iban)
    amount = round_half_up(facts.amount_due, 2)  # as the page shows it
    payable = facts.asks_for_money and facts.number and SMALLEST <= amount <= LARGEST
    if not (bank.is_qr_bill and payable and currency in CURRENCIES and is_swiss(account)):
        return None
    creditor = party(bank.holder or facts.company.name, facts.company.address)
    if creditor is None or creditor.country not in COUNTRIES:
        return None
    kind, reference = referenced(account, bank.participant, facts.number)
    if kind == "QRR" and not reference:
        return None
    debtor = party(facts.client.name, facts.client.address)
    message = written(facts.number, 140)
    return _fitting(Bill(account, creditor, amount, currency, debtor, kind, reference, message))


def _fitting(one: Bill) -> Bill | None:
    """The bill, where the code has no room for it without second lines of addresses, then without its
    message too; None where it has none even so.
    """
    plain = replace(one, creditor=one.creditor.plain, debtor=one.debtor.plain if one.debtor else None)
    for shorter in (one, plain, replace(plain, message="")):
        if len(shorter.payload.encode()) <= BYTES:
            return shorter
    return None


def referenced(account: str, participant: str, number: str) -> tuple[Kind, str]:
    """The reference for an invoice number; a QR-IBAN wants a QR reference and nothing else.

    That is the bank's number of its customer, then the digits of the invoice number. Without room for
    it, or without a digit other than 0, it is "". Other accounts take a creditor reference of letters
    and digits.
    """
    if is_qr_iban(account):
        digits = re.sub(r"[^0-9]", "", number)
        kept = participant if is_participant(participant) else ""
        if not digits.strip("0") or len(kept) + len(digits) > QRR_DIGITS:
            return "QRR", ""
        whole = kept + digits.rjust(QRR_DIGITS - len(kept), "0")
        return "QRR", whole + esr.calc_check_digit(whole)
    letters = re.sub(r"[^A-Z0-9]", "", number.upper())
    if not 1 <= len(letters) <= SCOR_LETTERS:
        return "NON", ""
    return "SCOR", f"RF{mod_97_10.calc_check_digits(letters + 'RF')}{letters}"


def party(name: str, address: Address) -> Party | None:
    """A structured address; None when a part is missing that the code must have."""
    found = Party(
        written(name, 70),
        written(address.address1, STREET),
        written(address.postal_code, 16),
        written(address.city, 35),
        address.country_code,
        written(address.address2, STREET),
    )
    return found if all((found.name, found.postal_code, found.city, found.country)) else None


def written(text: str, most: int) -> str:
    """In the letters that the code may have (Latin, guidelines 4.1.1), cut to so many."""
    plain = " ".join(unicodedata.normalize("NFC", text.translate(_PLAIN)).split())
    return "".join(map(_allowed, plain))[:most].strip()


def _allowed(letter: str) -> str:
    if " " <= letter <= "~" or "\xa0" <= letter <= "\u017f" or letter in _FURTHER:
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if " " <= part <= "~")


def part(one: Bill) -> PaymentPart:
    """Payment part and receipt in the language that is active; the words are those of the style guide."""
    paid, paying = one.creditor, one.debtor
    numbers = [(_spaced(one),)] if one.reference else []
    message = [(one.message,)] if one.message else []
    account = grouped(one.account)
    whole = [(account, *paid.lines()), *numbers, *message, paying.lines() if paying else ()]
    receipt = [(account, *paid.lines()), *numbers, paying.lines() if paying else ()]
    # where the receipt has no room for all lines streets are left out (guidelines 3.6.2), then letters shrink
    short = RECEIPT.size(receipt) != RECEIPT.sizes[0][0]
    if short:
        receipt[0] = (account, *paid.lines(short=True))
        receipt[-1] = paying.lines(short=True) if paying else ()
    return PaymentPart(
        code=ASSET,
        words={
            "payment_part": pgettext("QR-bill", "Payment part"),
            "receipt": pgettext("QR-bill", "Receipt"),
            "account": pgettext("QR-bill", "Account / Payable to"),
            "reference": pgettext("QR-bill", "Reference"),
            "message": pgettext("QR-bill", "Additional information"),
            "debtor": pgettext("QR-bill", "Payable by")
            if one.debtor
            else pgettext("QR-bill", "Payable by (name/address)"),
            "currency": pgettext("QR-bill", "Currency"),
            "amount": pgettext("QR-bill", "Amount"),
            "acceptance_point": pgettext("QR-bill", "Acceptance point"),
        },
        account=account,
        creditor=paid.lines(),
        creditor_in_short=receipt[0][1:],
        debtor=whole[-1],
        debtor_in_short=receipt[-1],
        reference=_spaced(one),
        message=one.message,
        currency=one.currency,
        amount=f"{one.amount:,.2f}".replace(",", " "),
        size=PAYMENT.size(whole) or PAYMENT.smallest,
        size_in_short=RECEIPT.size(receipt) or RECEIPT.smallest,
    )


def _spaced(one: Bill) -> str:
    """A reference as people copy it: two and fives, or fours."""
    if one.kind != "QRR":
        return grouped(one.reference)
    return " ".join((one.reference[:2], *(one.reference[at : at + 5] for at in range(2, 27, 5))))
