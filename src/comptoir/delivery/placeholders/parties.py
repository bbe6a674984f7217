"""Who a document is from and for, as a text may name them. Private notes have no place here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from comptoir.delivery.placeholders.reader import Reader

ON = frozenset({"yes", "true", "1", "on", "oui"})
OFF = frozenset({"no", "false", "0", "off", "non"})


@dataclass(frozen=True)
class CustomField:
    """One of four fields of the company's own making, with its label and kind.

    Kinds are those of the wire: single_line_text, multi_line_text, switch, date, or the options of
    a list, separated by commas.
    """

    label: str = ""
    kind: str = "single_line_text"
    value: str = ""

    @classmethod
    def defined(cls, definition: str, value: str) -> CustomField:
        """Read a definition of Company.custom_fields: "Joined|date"."""
        label, _bar, kind = definition.partition("|")
        return cls(label, kind or "single_line_text", value)

    def written(self, reader: Reader) -> str:
        """The value as its kind is read: yes or no, a date in the reader's format, else as it is."""
        if self.kind == "switch" and self.value.lower() in ON | OFF:
            return _("Yes") if self.value.lower() in ON else _("No")
        if self.kind == "date":
            try:
                return reader.day(date.fromisoformat(self.value))
            except ValueError:
                return self.value
        return self.value


@dataclass(frozen=True)
class Address:
    """`country` is its name in the reader's language, `country_code` ISO 3166-1 alpha-2."""

    address1: str = ""
    address2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    country_code: str = ""

    @property
    def city_state_postal(self) -> str:
        tail = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (self.city, tail) if part)

    @property
    def postal_city(self) -> str:
        return " ".join(part for part in (self.postal_code, self.city) if part)

    @property
    def postal_city_state(self) -> str:
        return ", ".join(part for part in (self.postal_city, self.state) if part)

    def __bool__(self) -> bool:
        return any((self.address1, self.address2, self.city, self.state, self.postal_code))


@dataclass(frozen=True)
class Company:
    """Who issues the document. `legal_form` to `trade_register` are for a French company's mentions."""

    name: str = ""
    id_number: str = ""
    vat_number: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)
    custom: Sequence[CustomField] = ()
    legal_form: str = ""
    capital: str = ""
    trade_register: str = ""


@dataclass(frozen=True)
class Client:
    """Who the document is for; also the vendor of an order. `id` is the hashed one."""

    name: str = ""
    number: str = ""
    id: str = ""
    id_number: str = ""
    vat_number: str = ""
    website: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)
    shipping: Address = field(default_factory=Address)
    custom: Sequence[CustomField] = ()
    public_notes: str = ""
    is_professional: bool = True
    balance: Decimal | None = None
    paid_to_date: Decimal | None = None
    credit_balance: Decimal | None = None


@dataclass(frozen=True)
class Contact:
    """The person that the document or mail goes to."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    custom: Sequence[CustomField] = ()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)
