"""A printable document: display-ready words only. A design lays them out and computes nothing.

Receipts, statements and delivery notes are pages too: other tables, other blocks, the same parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from comptoir.designs.layout import Layout

Align = Literal["start", "end"]
Weight = Literal["part", "sum", "due"]
Tone = Literal["plain", "good", "warn"]


@dataclass(frozen=True)
class Detail:
    """A labelled value. `plain` is one to be read without its label (an address line)."""

    label: str
    value: str
    key: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Block:
    """A party of the document: a title such as “Billed to”, a name, and lines."""

    title: str
    name: str
    lines: Sequence[Detail] = ()


@dataclass(frozen=True)
class Badge:
    """A stamp such as “Draft” or “Paid”."""

    label: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Figure:
    """The number that matters, and what it is: “Balance due”, “by 24 December 2026”."""

    label: str
    amount: str
    sentence: str = ""


@dataclass(frozen=True)
class Column:
    """`key` is the last part of the placeholder: description, quantity, line_total …"""

    key: str
    label: str
    align: Align


class Cell(NamedTuple):
    """One cell, of thousands. `lead` stands above the text, as a product's name above its description."""

    text: str
    align: Align
    key: str
    lead: str = ""


@dataclass(frozen=True)
class Table:
    """`kind` is "task" for work, "product" for goods, nothing for any other."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    kind: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it is better set close: it fills more than two pages."""
        return len(self.rows) > 36


@dataclass(frozen=True)
class TotalRow:
    """`weight` tells how much it matters: a part, a sum, what is asked."""

    label: str
    amount: str
    weight: Weight = "part"


@dataclass(frozen=True)
class TaxRow:
    """All of one rate: what it was levied on, and the tax."""

    name: str
    base: str
    amount: str


@dataclass(frozen=True)
class Slip:
    """How to pay by transfer. `code` names the asset that is the QR code, or nothing."""

    title: str
    lines: Sequence[Detail]
    code: str = ""
    caption: str = ""


@dataclass(frozen=True)
class PaymentPart:
    """Payment part and receipt of a Swiss QR-bill, at the foot of the last page.

    `words` are its headings, `code` names the asset that is the code without its cross. What stands `in
    short` is for the receipt, which is narrower. Without lines of a debtor there is room to write.
    The sizes are those of letters, in points.
    """

    code: str
    words: Mapping[str, str]
    account: str
    creditor: Sequence[str]
    creditor_in_short: Sequence[str]
    debtor: Sequence[str]
    debtor_in_short: Sequence[str]
    reference: str
    message: str
    currency: str
    amount: str
    size: int = 10
    size_in_short: int = 8


@dataclass(frozen=True)
class Prose:
    """A text that people wrote, as clean HTML, with its title."""

    title: str
    html: str


@dataclass(frozen=True)
class Signature:
    """Who signed, and when and from where. `picture` names the asset that is the drawing, or nothing."""

    title: str
    name: str
    sentence: str
    picture: str = ""


@dataclass(frozen=True)
class Attached:
    """A picture on a page of its own, after the document; `picture` names the asset."""

    title: str
    picture: str


@dataclass(frozen=True)
class Record:
    """One turn of what is repeated: values by placeholder, and the lists that may be repeated inside it."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Record]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One document, ready for any design. Logo and codes are assets, named here.

    ``values`` (by placeholder), ``lines`` ("product" and "task": the values of each line) and ``lists``
    (records by the name of what is repeated) are for designs that people write themselves.
    """

    kind: str
    language: str
    direction: str
    heading: str
    number: str
    title: str
    layout: Layout
    company: Block
    client: Block
    details: Sequence[Detail]
    tables: Sequence[Table]
    totals: Sequence[TotalRow]
    taxes: Sequence[TaxRow] = ()
    tax_labels: Sequence[str] = ()
    delivery: Block | None = None
    badge: Badge | None = None
    figure: Figure | None = None
    slip: Slip | None = None
    payment_part: PaymentPart | None = None
    prose: Sequence[Prose] = ()
    signature: Signature | None = None
    attached: Sequence[Attached] = ()
    footer: str = ""
    mentions: Sequence[str] = ()
    identity: str = ""
    logo: str = ""
    logo_width: str = ""
    payment_link: str = ""
    payment_label: str = ""
    assets: dict[str, bytes] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Record]] = field(default_factory=dict)
