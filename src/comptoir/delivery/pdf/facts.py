"""What a document says, as plain exact values; whoever owns a document fills this in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from comptoir.billing.totals import Totals
from comptoir.delivery.placeholders.parties import Client, Company, Contact, CustomField
from comptoir.delivery.placeholders.reader import Reader
from comptoir.designs.layout import Layout

_WIDTH: Final = re.compile(r"(\d{1,4}(?:\.\d+)?)(px|%|mm|cm|pt)?")

Kind = Literal["invoice", "quote", "credit", "purchase_order", "recurring_invoice", "deposit_invoice"]
Stage = Literal["draft", "issued", "paid", "approved", "cancelled", "reversed"]

ZERO = Decimal(0)


@dataclass(frozen=True)
class Deposit:
    """A deposit invoice that this one takes into account: it is named with number and date."""

    number: str
    on: date
    amount: Decimal


@dataclass(frozen=True)
class Bank:
    """Where to pay by transfer. `reference` is what the payer should quote.

    For a Swiss QR-bill: whether one is wanted, the QR-IBAN, and the bank's number of its customer.
    """

    holder: str = ""
    iban: str = ""
    bic: str = ""
    reference: str = ""
    is_qr_bill: bool = False
    qr_iban: str = ""
    participant: str = ""


@dataclass(frozen=True)
class Logo:
    """An image of the company; `width` is a CSS width such as "65%" or "120px", or nothing."""

    content: bytes = b""
    width: str = ""

    @property
    def css_width(self) -> str:
        """The width, if it is one."""
        found = _WIDTH.fullmatch(self.width.strip())
        return f"{found[1]}{found[2] or 'px'}" if found else ""


@dataclass(frozen=True)
class Law:
    """What decides on mentions that a law asks for.

    `exemptions` are codes of `mentions.EXEMPTIONS`; `operations` is "goods", "services" or "both".
    """

    country_code: str = ""
    exemptions: tuple[str, ...] = ()
    operations: str = ""
    vat_on_debits: bool = False
    late_rate: str = ""
    early_discount: str = ""


@dataclass(frozen=True)
class Signed:
    """The client's signature: who, when in the company's zone, from which address, and a drawn PNG."""

    name: str
    at: datetime
    ip: str = ""
    picture: bytes = b""


@dataclass(frozen=True)
class Picture:
    """An attached picture that is printed after the document: PNG, JPEG or WebP."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Surcharge:
    label: str
    amount: Decimal


@dataclass(frozen=True)
class DocumentFacts:
    """One document. Money is in the reader's currency; `totals` comes from the one calculator.

    `translations` are the company's own words for labels (setting `translations`). `corrects` names
    the invoice that a credit note is about. `instalment`: the first and the last that are asked for now,
    of how many. `moment` is when the document last changed, ISO 8601 UTC:
    with the same facts it makes the same bytes.
    """

    kind: Kind
    reader: Reader
    company: Company
    client: Client
    totals: Totals
    on: date
    layout: Layout = field(default_factory=Layout)
    number: str = ""
    stage: Stage = "issued"
    contact: Contact = field(default_factory=Contact)
    due: date | None = None
    paid_to_date: Decimal = ZERO
    balance: Decimal = ZERO
    partial: Decimal = ZERO
    partial_due: date | None = None
    instalment: tuple[int, int, int] | None = None
    discount: Decimal = ZERO
    is_amount_discount: bool = True
    inclusive: bool = False
    surcharges: Sequence[Surcharge] = ()
    deposits: Sequence[Deposit] = ()
    po_number: str = ""
    project: str = ""
    corrects: str = ""
    preceding: str = ""
    delivered: date | None = None
    period: tuple[date, date] | None = None
    exchange_rate: Decimal = Decimal(1)
    custom: Sequence[CustomField] = ()
    line_custom: Sequence[CustomField] = ()
    public_notes: str = ""
    terms: str = ""
    footer: str = ""
    markdown: bool = False
    bank: Bank = field(default_factory=Bank)
    logo: Logo = field(default_factory=Logo)
    law: Law = field(default_factory=Law)
    signed: Signed | None = None
    attached: Sequence[Picture] = ()
    translations: Mapping[str, str] = field(default_factory=dict)
    view_link: str = ""
    payment_link: str = ""
    moment: str = "2000-01-01T00:00:00Z"

    @property
    def amount_due(self) -> Decimal:
        """What is asked for now: the deposit while one is open, else the balance."""
        return self.partial if self.partial > 0 else self.balance

    @property
    def amount_due_by(self) -> date | None:
        if self.partial > 0 and self.partial_due:
            return self.partial_due
        return self.due

    @property
    def asks_for_money(self) -> bool:
        return self.kind in {"invoice", "deposit_invoice"} and self.stage in {"draft", "issued"}
