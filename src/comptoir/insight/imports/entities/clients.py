"""Clients with their contacts: one row each, or several rows of the same client for several people (S4)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.clients.models import Client, Group
from comptoir.insight.imports import cells
from comptoir.insight.imports.cells import Reader, key
from comptoir.insight.imports.declaring import Column, Order, Session
from comptoir.kernel.folding import folded
from comptoir.preferences.custom_fields import custom_fields
from comptoir.tagging.models import Tag
from comptoir.tagging.queries import offered
from comptoir.tenancy.scope import current_company

from .choices import users
from .client_rows import ClientRows
from .client_words import words

_CLIENT: Final = gettext_lazy("Client")
_CONTACT: Final = gettext_lazy("Contact")
_BILLING: Final = gettext_lazy("Billing address")
_SHIPPING: Final = gettext_lazy("Shipping address")
_LEGAL: Final = gettext_lazy("Legal")
_CUSTOM: Final = gettext_lazy("Custom fields")


class Clients:
    """The wire's 38 columns in its order, then ours."""

    key = "client"
    permission = "client"
    title = gettext_lazy("Clients")
    batch = 500
    updates = True
    keys: Mapping[str, Any] = {
        "number": gettext_lazy("Number"),
        "id_number": gettext_lazy("ID number"),
        "vat_number": gettext_lazy("VAT number"),
        "email": gettext_lazy("E-mail"),
        "name": gettext_lazy("Name"),
    }

    def columns(self) -> Sequence[Column]:
        known = words()
        return [replace(column, names=known.get(column.id, ())) for column in (*_of_the_wire(), *_of_ours())]

    def lacking(self, mapping: Mapping[int, str]) -> str:
        named = {"client.name", "contact.first_name", "contact.last_name", "contact.email"}
        if named & set(mapping.values()):
            return ""
        return _("Say which column holds the client’s name, or a contact’s name or e-mail.")

    def session(self, order: Order) -> Session:
        return ClientRows(order, {column.id: column for column in self.columns()})

    def records(self, ids: Sequence[int]) -> dict[int, str]:
        return dict(Client.objects.filter(pk__in=ids).values_list("pk", "display_name"))


_client = partial(Column, section=_CLIENT, read=cells.text)
_billing = partial(Column, section=_BILLING, read=cells.text)
_shipping = partial(Column, section=_SHIPPING, read=cells.text)
_legal = partial(Column, section=_LEGAL, read=cells.text)
_contact = partial(Column, section=_CONTACT, read=cells.text, again=True)


def _of_the_wire() -> list[Column]:
    nation = cells.listed("country", lambda: _("There is no country called “%(cell)s”."))
    unit = cells.listed("currency", lambda: _("There is no currency called “%(cell)s”."))
    trade = cells.listed("industry", lambda: _("There is no industry called “%(cell)s”."))
    staff = cells.listed("size", lambda: _("There is no size called “%(cell)s”."))
    return [
        _client("client.name", gettext_lazy("Client name")),
        _client("client.user_id", gettext_lazy("Assigned user"), read=users()),
        _client("client.balance", gettext_lazy("Balance"), read=cells.nothing, shown=False),
        _client("client.paid_to_date", gettext_lazy("Paid to date"), read=cells.nothing, shown=False),
        _client("client.currency_id", gettext_lazy("Currency"), read=unit),
        _client("client.website", gettext_lazy("Website")),
        _client("client.private_notes", gettext_lazy("Private notes")),
        _client("client.industry_id", gettext_lazy("Industry"), read=trade),
        _client("client.size_id", gettext_lazy("Size"), read=staff),
        _billing("client.address1", gettext_lazy("Street")),
        _billing("client.address2", gettext_lazy("Apartment, suite")),
        _billing("client.city", gettext_lazy("City")),
        _billing("client.state", gettext_lazy("State/Province")),
        _billing("client.postal_code", gettext_lazy("Postal code")),
        _billing("client.country_id", gettext_lazy("Country"), read=nation),
        *_customs("client", "client.custom_value", gettext_lazy("Client field")),
        _shipping("client.shipping_address1", gettext_lazy("Shipping street")),
        _shipping("client.shipping_address2", gettext_lazy("Shipping apartment, suite")),
        _shipping("client.shipping_city", gettext_lazy("Shipping city")),
        _shipping("client.shipping_state", gettext_lazy("Shipping state/province")),
        _shipping("client.shipping_postal_code", gettext_lazy("Shipping postal code")),
        _shipping("client.shipping_country_id", gettext_lazy("Shipping country"), read=nation),
        _client("client.payment_terms", gettext_lazy("Payment terms"), read=cells.days),
        _legal("client.vat_number", gettext_lazy("VAT number")),
        _legal("client.id_number", gettext_lazy("ID number")),
        _client("client.public_notes", gettext_lazy("Public notes")),
        _client("client.phone", gettext_lazy("Phone")),
        _contact("contact.first_name", gettext_lazy("Contact first name")),
        _contact("contact.last_name", gettext_lazy("Contact last name")),
        _contact("contact.email", gettext_lazy("Contact e-mail")),
        _contact("contact.phone", gettext_lazy("Contact phone")),
        *_customs("contact", "contact.custom_value", gettext_lazy("Contact field"), again=True),
    ]


def _of_ours() -> list[Column]:
    spoken = cells.listed("language", lambda: _("There is no language called “%(cell)s”."))
    return [
        _client("client.number", gettext_lazy("Client number")),
        _client("client.group", gettext_lazy("Group"), read=_groups()),
        *_tags(),
        _client("client.language_id", gettext_lazy("Language"), read=spoken),
        _legal("client.classification", gettext_lazy("Classification"), read=cells.classification),
        _legal("client.legal_form", gettext_lazy("Legal form")),
        _legal("client.siren", gettext_lazy("SIREN")),
        _legal("client.siret", gettext_lazy("SIRET")),
        _legal("client.is_tax_exempt", gettext_lazy("Tax exempt"), read=cells.switch),
        _legal("client.routing_id", gettext_lazy("Routing number")),
        _client("client.iban", gettext_lazy("IBAN")),
        _client("client.bic", gettext_lazy("BIC")),
        _contact("contact.send_email", gettext_lazy("Receives documents"), read=cells.switch),
    ]


def _customs(kind: str, id: str, label: Any, *, again: bool = False) -> list[Column]:  # noqa: A002 - the wire's word
    """The four custom fields; the company names and types those that it uses."""
    named = {field.place: field for field in custom_fields(current_company().custom_fields, kind)}
    return [
        Column(
            f"{id}{place}",
            named[place].label if place in named else f"{label} {place}",
            cells.custom(named[place]) if place in named else cells.text,
            _CUSTOM,
            again=again,
            shown=place in named,
        )
        for place in range(1, 5)
    ]


def _tags() -> list[Column]:
    """Names with commas between them, as an export writes them; nothing where the company has no tags."""
    found = {tag.folded: tag for tag in offered("client")}

    def read(cell: str, notation: cells.Notation) -> list[Tag]:
        names = [name.strip() for name in next(csv.reader([cell], skipinitialspace=True), ()) if name.strip()]
        for name in names:
            if folded(name) not in found:
                raise ValueError(_("There is no tag called “%(cell)s”: create it first.") % {"cell": name})
        return [found[folded(name)] for name in names]

    return [_client("client.tags", gettext_lazy("Tags"), read=read)] if found else []


def _groups() -> Reader:
    found = {key(group.name): group for group in Group.objects.active().order_by("-pk")}
    return cells.named(found, lambda: _("There is no group called “%(cell)s”: create it first."))
