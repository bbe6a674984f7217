"""The fields of the form: which are shown and which must be filled in, as the company chose (S5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language, gettext, to_locale
from django.utils.translation import gettext_lazy as _

from comptoir.preferences.custom_fields import FieldKind, custom_fields
from comptoir.reference import country, currency
from comptoir.reference.names import sorted_by_name
from comptoir.tenancy.models import Company


@dataclass(frozen=True)
class Field:
    """``key`` is the wire's name. ``of`` is the record it belongs to."""

    key: str
    label: Any
    of: str = "client"
    kind: str = "text"
    visible: bool = False
    required: bool = False
    fill: str = ""
    """The browser's autocomplete word."""
    options: tuple[str, ...] = ()
    """What a custom list offers."""


DEFAULTS: Final = (
    Field("first_name", _("First name"), "contact", visible=True, required=True, fill="given-name"),
    Field("last_name", _("Last name"), "contact", visible=True, required=True, fill="family-name"),
    Field("email", _("E-mail"), "contact", "email", visible=True, required=True, fill="email"),
    Field("phone", _("Phone"), "contact", "tel", visible=True, fill="tel"),
    Field("password", _("Password"), "contact", "password", visible=True, required=True),
    Field("name", _("Company name"), fill="organization"),
    Field("website", _("Website"), kind="url", fill="url"),
    Field("address1", _("Street"), fill="address-line1"),
    Field("address2", _("Apartment, building"), fill="address-line2"),
    Field("city", _("City"), fill="address-level2"),
    Field("state", _("State or region"), fill="address-level1"),
    Field("postal_code", _("Postal code"), fill="postal-code"),
    Field("country_id", _("Country"), kind="country", fill="country"),
    Field("custom_value1", "", kind="custom"),
    Field("custom_value2", "", kind="custom"),
    Field("custom_value3", "", kind="custom"),
    Field("custom_value4", "", kind="custom"),
    Field("public_notes", _("A word to us"), kind="area"),
    Field("vat_number", _("VAT number")),
    Field("currency_id", _("Currency"), kind="currency"),
)
_KINDS: Final = {
    FieldKind.LINE: "text",
    FieldKind.TEXT: "area",
    FieldKind.SWITCH: "yes_no",
    FieldKind.DATE: "date",
    FieldKind.CHOICE: "choice",
}
"""The inputs of the company's own fields."""
_ALWAYS: Final = ("email", "password")
"""Without them nobody can sign in."""


def shown_fields(company: Company) -> list[Field]:
    """What the form asks, in its order. Custom fields that the company has not named are nowhere."""
    return list(_shown(company))


def custom_inputs(company: Company) -> list[Field]:
    """The company's own fields of a client, as inputs."""
    places = {field.key: field for field in DEFAULTS if field.kind == "custom"}
    return [
        replace(places[one.name], label=one.label, kind=_KINDS[one.kind], options=one.options, visible=True)
        for one in custom_fields(company.custom_fields, "client")
    ]


def _shown(company: Company) -> Iterator[Field]:
    chosen = {str(one.get("key")): one for one in company.switch("client_registration_fields") if one}
    custom = {one.name: one for one in custom_fields(company.custom_fields, "client")}
    for field in DEFAULTS:
        said = chosen.get(field.key, {})
        required = bool(said.get("required", field.required)) or field.key in _ALWAYS
        visible = bool(said.get("visible", field.visible)) or required
        if not visible or (field.kind == "custom" and field.key not in custom):
            continue
        shown = replace(field, visible=True, required=required)
        own = custom.get(field.key)
        yield replace(shown, label=own.label, kind=_KINDS[own.kind], options=own.options) if own else shown


def options_of(field: Field) -> list[tuple[str, str]]:
    """What an input can be chosen from: (value, as the reader reads it)."""
    locale = to_locale(get_language() or "en")
    if field.kind == "country":
        return [(row.id, name) for name, row in sorted_by_name(country.rows, locale)]
    if field.kind == "currency":
        return [(row.id, f"{name} ({row.code})") for name, row in sorted_by_name(currency.rows, locale)]
    if field.kind == "yes_no":
        return [("yes", gettext("Yes")), ("no", gettext("No"))]
    return [(option, option) for option in field.options]
