"""What the portal asks of a new client: each field hidden, shown or required (S5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.preferences.custom_fields import custom_fields
from comptoir.tenancy.models import Company

SWITCH: Final = "client_registration_fields"
HIDDEN, SHOWN, REQUIRED = "", "shown", "required"
STATES: Final = {HIDDEN: _("Hidden"), SHOWN: _("Shown"), REQUIRED: _("Required")}

_FIELDS: Final = {
    "first_name": (_("First name"), REQUIRED),
    "last_name": (_("Last name"), REQUIRED),
    "phone": (_("Phone"), SHOWN),
    "name": (_("Company name"), HIDDEN),
    "website": (_("Website"), HIDDEN),
    "address1": (_("Street"), HIDDEN),
    "address2": (_("Apt/Suite"), HIDDEN),
    "city": (_("City"), HIDDEN),
    "state": (_("State/Province"), HIDDEN),
    "postal_code": (_("Postal code"), HIDDEN),
    "country_id": (_("Country"), HIDDEN),
    "public_notes": (_("A word to us"), HIDDEN),
    "vat_number": (_("VAT number"), HIDDEN),
    "currency_id": (_("Currency"), HIDDEN),
}
"""The wire's keys with what holds until the company chooses. E-mail and password are always asked for."""


@dataclass(frozen=True)
class Asked:
    """One field of the form; ``name`` is the input that sets its state."""

    name: str
    label: str
    state: str


def asked(company: Company) -> list[Asked]:
    """Every field that the form may have, the company's own among them."""
    stored = {str(one.get("key")): one for one in company.switch(SWITCH) if one}
    own = {each.name: (each.label, HIDDEN) for each in custom_fields(company.custom_fields, "client")}
    return [
        Asked(f"{SWITCH}.{key}", str(label), _state(stored.get(key), start))
        for key, (label, start) in {**_FIELDS, **own}.items()
    ]


def _state(stored: Mapping[str, Any] | None, start: str) -> str:
    if stored is None:
        return start
    return REQUIRED if stored.get("required") else SHOWN if stored.get("visible") else HIDDEN


def read(sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """The choices of the form in the wire's shape."""
    always = [{"key": key, "visible": True, "required": True} for key in ("email", "password")]
    chosen = {name.removeprefix(f"{SWITCH}."): sent[name] for name in sent if name.startswith(f"{SWITCH}.")}
    return always + [
        {"key": key, "visible": state in (SHOWN, REQUIRED), "required": state == REQUIRED}
        for key, state in chosen.items()
    ]
