"""What a provider of payments answers. Amounts are in units of ``currency`` (a code: "EUR"), exact.

Every call that moves money carries a key: repeated with the same key it happens once. A call whose
answer never came raises Unreachable: it may have happened, so ask again with the same key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Final, Protocol

REMEMBERED: Final = timedelta(hours=23)
"""As long as a provider remembers the key of what it was asked: later it could happen twice."""


class GatewayFault(Exception):
    """A provider did not do what it was asked to; the text is the provider's own."""


class Unreachable(GatewayFault):
    """No answer: whether it happened is not known."""


class Declined(GatewayFault):
    """The bank or the provider said no; nothing was moved. ``code`` is the provider's word for why."""

    def __init__(self, text: str, code: str = "", reference: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.reference = reference


class Misconfigured(GatewayFault):
    """The provider does not know us, or not this request: somebody must look at the set-up."""


class NotSigned(GatewayFault):
    """A notification that is not from the provider."""


class State(Enum):
    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of paying (a gateway type's id): may it be refunded, kept for later; ``currencies`` are
    codes, none means any; ``delayed`` money arrives days later.
    """

    refunds: bool = True
    keeps: bool = False
    currencies: tuple[str, ...] = ()
    delayed: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A method that the provider keeps for us: its token, never the card itself."""

    token: str
    customer: str
    way: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    payment_type: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody whom the provider knows. ``country`` is a code of two letters."""

    reference: str
    name: str = ""
    email: str = ""
    phone: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to collect. ``key`` names the try on both sides; ``way`` is a gateway type's id."""

    key: str
    way: str
    amount: Decimal
    currency: str
    about: str
    customer: str = ""
    name: str = ""
    email: str = ""
    locale: str = ""
    keep: bool = False
    back: str = ""
    cancel: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """Where to send the client, and the provider's name for what was begun there."""

    url: str
    reference: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. ``reference`` names the money (empty until there is some); ``key`` is the
    one it was asked with, as the provider remembers it.
    """

    state: State
    reference: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""
    key: str = ""
    payment_type: str = ""
    said: str = ""
    stored: Stored | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Money that the provider gave back. ``key`` is ours when it was us who asked for it; ``made`` is when
    it was asked for.
    """

    reference: str
    amount: Decimal
    currency: str
    state: State
    made: datetime
    key: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Contested:
    """Money that the client's bank takes back: PENDING while it decides, PAID when it is ours after all,
    FAILED when it is lost. ``made`` is when the bank took it.
    """

    reference: str
    amount: Decimal
    currency: str
    state: State
    made: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A notification: which try it is about (its key or the provider's reference), and of what kind.

    ``money`` names money of which something went back or is contested.
    """

    id: str
    kind: str
    key: str = ""
    reference: str = ""
    money: str = ""


class Gateway(Protocol):
    """One provider, with the credentials of one company."""

    ways: ClassVar[Mapping[str, Way]]
    secrets: ClassVar[frozenset[str]]
    """Names of credentials that are never shown again."""

    takes_online: ClassVar[bool]
    """Whether it collects by itself; one that does not only tells how to pay."""

    def check(self) -> None:
        """Ask the provider whether it knows us. Raises GatewayFault."""

    def begin(self, asked: Asked) -> Started:
        """Prepare the provider's own page. Raises GatewayFault."""

    def begin_storing(self, asked: Asked) -> Started:
        """Prepare a page that stores a method and takes no money. Raises GatewayFault."""

    def look(self, reference: str) -> Outcome:
        """Ask what became of what was begun. Raises GatewayFault."""

    def call_off(self, reference: str) -> Outcome:
        """Close the page, so that it can no more be paid; answers what became of it before."""

    def charge(self, asked: Asked, token: str) -> Outcome:
        """Charge a stored method without the client. Raises Declined, GatewayFault."""

    def charged(self, asked: Asked) -> str:
        """The reference of what was charged under that key; "" for nothing. Raises GatewayFault."""

    def refund(self, reference: str, amount: Decimal, currency: str, key: str) -> str:
        """Give money back; answers the provider's reference. Raises Declined, GatewayFault."""

    def returned(self, reference: str) -> Sequence[Returned]:
        """All that went back of some money, whoever asked for it. Raises GatewayFault."""

    def contested(self, reference: str) -> Sequence[Contested]:
        """What the client's bank contests of some money. Raises GatewayFault."""

    def moved_since(self, moment: datetime) -> Collection[str]:
        """The references of money of which some went back or was contested since. Raises GatewayFault."""

    def forget(self, token: str) -> None:
        """Let the provider drop a stored method; one that it does not know is forgotten already."""

    def customers(self) -> Iterable[Customer]:
        """Everybody whom the provider knows. Raises GatewayFault, while reading too."""

    def methods_of(self, customer: str) -> Sequence[Stored]:
        """What a customer has stored; nothing for one that is not known there. Raises GatewayFault."""

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Read a notification. Raises NotSigned."""
