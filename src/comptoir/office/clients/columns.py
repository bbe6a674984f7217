"""What the list of clients can show of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client, Contact
from comptoir.office.clients import client_url, named
from comptoir.office.clients.choices import classifications
from comptoir.office.desk import Desk
from comptoir.office.lists import ListColumn, Rows
from comptoir.office.settings.choices import term_name
from comptoir.office.tags.bearing import chips
from comptoir.preferences.custom_fields import CustomField, custom_fields
from comptoir.reference import country, currency, industry, language, size
from comptoir.reference.names import name_in
from comptoir.ui import cells
from comptoir.ui.tags.figures import locale

OF_CLIENT: Final = (
    "company", "name", "display_name", "number", "sort_name", "city", "postal_code", "country_id", "phone",
    "id_number", "vat_number", "siren", "siret", "website", "size_id", "industry_id", "settings",
    "last_login",
    "created_at", "archived_at", "deleted_at", "balance", "paid_to_date", "credit_balance", "payment_balance",
    "custom_value1", "custom_value2", "custom_value3", "custom_value4", "user", "assigned_user",
    "group__name", "group__settings", "group__company",
)  # fmt: skip
"""What a row may show, or must know of itself; the rest stays in the database, unless it is asked for."""
RARE: Final = (
    "address1", "address2", "state", "shipping_address1", "shipping_address2", "shipping_city",
    "shipping_state", "shipping_postal_code", "shipping_country_id", "classification", "is_tax_exempt",
    "public_notes", "private_notes", "updated_at",
)  # fmt: skip
"""Columns that bear the name of what they show, read only while they are shown."""
MEMBERS: Final = ("user", "assigned_user")
_NOTE: Final = 120
_PERSON: Final = ("client_id", "first_name", "last_name", "email", "phone")

_quiet = partial(ListColumn, quiet=True)
_hidden = partial(ListColumn, quiet=True, shown=False)


def columns(desk: Desk, *also: ListColumn) -> list[ListColumn]:
    """All of them, with others before the company's own; each member chooses."""
    own = custom_fields(desk.company.custom_fields, "client")
    return [
        ListColumn("name", _("Client"), _name, "sort_name", phone="main", wide=True, plain=named),
        _quiet("number", _("Number"), attrgetter("number"), "sort_number"),
        _hidden("contact", _("Contact"), _contact),
        _quiet("email", _("E-mail"), _email),
        _hidden("contact_phone", _("Phone of the contact"), _phone),
        _hidden("address1", _("Street"), attrgetter("address1")),
        _hidden("address2", _("Apt/Suite"), attrgetter("address2")),
        _hidden("city", _("City"), _place, "city"),
        _hidden("state", _("State/Province"), attrgetter("state")),
        _hidden("group", _("Group"), lambda client: client.group.name if client.group else ""),
        _hidden("phone", _("Phone"), attrgetter("phone")),
        _hidden("id_number", _("ID number"), attrgetter("id_number"), "id_number"),
        _hidden("vat_number", _("VAT number"), attrgetter("vat_number")),
        _hidden("siren", _("SIREN"), attrgetter("siren")),
        _hidden("siret", _("SIRET"), attrgetter("siret")),
        _hidden("website", _("Website"), attrgetter("website")),
        _hidden("postal_code", _("Postal code"), attrgetter("postal_code")),
        _hidden("country_id", _("Country"), lambda client: _called(country(client.country_id))),
        _hidden("size_id", _("Size"), lambda client: _called(size(client.size_id))),
        _hidden("industry_id", _("Industry"), lambda client: _called(industry(client.industry_id))),
        _hidden(
            "language", _("Language"), lambda client: _called(language(str(client.preferences.language_id)))
        ),
        _sum("paid_to_date", pgettext("client", "Paid to date"), quiet=True),
        _sum("balance", pgettext("client", "Balance due"), strong=True, phone="end"),
        _sum("credit_balance", _("Credit"), shown=False),
        _sum("payment_balance", _("To apply"), "", shown=False),
        _moment("last_login", _("Last sign-in"), "last_login", shown=True),
        *_more(),
        _moment("created_at", _("Created"), "pk"),
        _moment("updated_at", _("Changed"), "updated_at"),
        _moment("archived_at", _("Archived on"), ""),
        *also,
        *(_custom(field, desk.locale) for field in own),
    ]


def _more() -> list[ListColumn]:
    """What is seldom looked for in a list."""
    shipping, kinds = _("Shipping address"), dict(classifications())
    return [
        _hidden(
            "classification", _("Kind of client"), lambda client: kinds.get(client.classification, "")
        ),
        _hidden(
            "currency_id", _("Currency"), lambda client: getattr(currency(client.currency_id), "code", "")
        ),
        _hidden("payment_terms", _("Terms"), lambda client: term_name(str(client.preferences.payment_terms))),
        _hidden("is_tax_exempt", _("Taxes"), lambda client: _("Exempt") if client.is_tax_exempt else ""),
        _hidden("public_notes", _("Public notes"), lambda client: client.public_notes[:_NOTE]),
        _hidden("private_notes", _("Private notes"), lambda client: client.private_notes[:_NOTE]),
        *(
            _hidden(f"shipping_{name}", f"{shipping} · {label}", attrgetter(f"shipping_{name}"))
            for name, label in (
                ("address1", _("Street")), ("address2", _("Apt/Suite")), ("city", _("City")),
                ("state", _("State/Province")), ("postal_code", _("Postal code")),
            )
        ),
        _hidden(
            "shipping_country_id",
            f"{shipping} · {_('Country')}",
            lambda client: _called(country(client.shipping_country_id)),
        ),
        _hidden("user", _("Created by"), lambda client: _member(client.user)),
        _hidden("assigned_user", _("Assigned to"), lambda client: _member(client.assigned_user)),
    ]  # fmt: skip


def _member(user: Any) -> str:
    return user.name if user else ""


def asked_for(rows: Rows, shown: Iterable[ListColumn]) -> Rows:
    """Rows that know what these columns show, and no more."""
    keys = {column.key for column in shown}
    members = [name for name in MEMBERS if name in keys]
    names = [f"{member}__{part}" for member in members for part in ("first_name", "last_name", "email")]
    rare = [name for name in RARE if name in keys]
    return rows.select_related("group", *members).only(*OF_CLIENT, *rare, *names)


def _sum(name: str, label: str, sort: str | None = None, **more: Any) -> ListColumn:
    plain = attrgetter(name)

    def cell(client: Client) -> Any:
        amount = plain(client)
        return cells.money(amount, currency(client.currency_id)) if amount else cells.NOTHING

    return ListColumn(name, label, cell, name if sort is None else sort, end=True, plain=plain, **more)


def _moment(name: str, label: str, sort: str, *, shown: bool = False) -> ListColumn:
    plain = attrgetter(name)
    return _quiet(name, label, lambda client: cells.moment(plain(client)), sort, plain=plain, shown=shown)


def _custom(field: CustomField, spoken: str) -> ListColumn:
    return _hidden(field.name, field.label, lambda client: field.display(getattr(client, field.name), spoken))


def introduce(clients: list[Client]) -> None:
    """Give each client its people, in one question."""
    people: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    live = Contact.objects.live().filter(client_id__in=[client.pk for client in clients])
    ordered = live.order_by("-is_primary", "position", "pk").values_list(*_PERSON)
    for client_id, first, last, email, phone in ordered:
        people[client_id].append((f"{first} {last}".strip(), email, phone))
    for client in clients:
        vars(client)["introduced"] = people[client.pk]


def _people(client: Client) -> list[tuple[str, str, str]]:
    """Name, e-mail and phone of each contact, the main one first."""
    return vars(client)["introduced"]


def _name(client: Client) -> Any:
    full_name, email, _number = next(iter(_people(client)), ("", "", ""))
    name = named(client)
    below = full_name if client.name and full_name else email
    tagged = format_html("{}{}", below if below != name else "", chips(client))
    return cells.who(name, tagged, client_url(client))


def _contact(client: Client) -> str:
    return next((name for name, _address, _number in _people(client)), "")


def _email(client: Client) -> str:
    return next((address for _who, address, _number in _people(client) if address), "")


def _phone(client: Client) -> str:
    return next((number for _who, _address, number in _people(client) if number), "")


def _place(client: Client) -> str:
    found = country(client.country_id)
    code = found.iso_3166_2 if found and client.city else ""
    return ", ".join(part for part in (client.city, code) if part)


def _called(row: Any) -> str:
    return name_in(row, locale()) if row else ""
