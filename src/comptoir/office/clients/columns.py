"""What the list of clients can show of each."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client, Contact
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk
from comptoir.office.lists import ListColumn
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
"""What a row may show, or must know of itself; the rest stays in the database."""
_PERSON: Final = ("client_id", "first_name", "last_name", "email")

_quiet = partial(ListColumn, quiet=True)
_hidden = partial(ListColumn, quiet=True, shown=False)


def columns(desk: Desk) -> list[ListColumn]:
    """All of them; each member chooses."""
    own = custom_fields(desk.company.custom_fields, "client")
    return [
        ListColumn("name", _("Client"), _name, "sort_name", phone="main", plain=named),
        _quiet("number", _("Number"), attrgetter("number"), "sort_number"),
        _hidden("contact", _("Contact"), _contact),
        _hidden("email", _("E-mail"), _email),
        _quiet("city", _("City"), _place, "city"),
        _quiet("group", _("Group"), lambda client: client.group.name if client.group else ""),
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
        _moment("last_login", _("Last sign-in"), ""),
        _moment("created_at", _("Created"), "pk"),
        *(_custom(field, desk.locale) for field in own),
    ]


def _sum(name: str, label: str, sort: str | None = None, **more: Any) -> ListColumn:
    plain = attrgetter(name)

    def cell(client: Client) -> Any:
        amount = plain(client)
        return cells.money(amount, currency(client.currency_id)) if amount else cells.NOTHING

    return ListColumn(name, label, cell, name if sort is None else sort, end=True, plain=plain, **more)


def _moment(name: str, label: str, sort: str) -> ListColumn:
    plain = attrgetter(name)
    return _hidden(name, label, lambda client: cells.moment(plain(client)), sort, plain=plain)


def _custom(field: CustomField, spoken: str) -> ListColumn:
    return _hidden(field.name, field.label, lambda client: field.display(getattr(client, field.name), spoken))


def introduce(clients: list[Client]) -> None:
    """Give each client its people, in one question."""
    people: dict[int, list[tuple[str, str]]] = defaultdict(list)
    live = Contact.objects.live().filter(client_id__in=[client.pk for client in clients])
    for client_id, first, last, email in live.order_by("-is_primary", "position", "pk").values_list(*_PERSON):
        people[client_id].append((f"{first} {last}".strip(), email))
    for client in clients:
        vars(client)["introduced"] = people[client.pk]


def _people(client: Client) -> list[tuple[str, str]]:
    """Name and e-mail of each contact, the main one first."""
    return vars(client)["introduced"]


def _name(client: Client) -> Any:
    full_name, email = next(iter(_people(client)), ("", ""))
    name = named(client)
    below = full_name if client.name and full_name else email
    return cells.who(name, below if below != name else "", client_url(client))


def _contact(client: Client) -> str:
    return next((name for name, _email in _people(client)), "")


def _email(client: Client) -> str:
    return next((email for _name, email in _people(client) if email), "")


def _place(client: Client) -> str:
    found = country(client.country_id)
    code = found.iso_3166_2 if found and client.city else ""
    return ", ".join(part for part in (client.city, code) if part)


def _called(row: Any) -> str:
    return name_in(row, locale()) if row else ""
