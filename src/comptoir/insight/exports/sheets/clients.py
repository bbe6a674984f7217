"""Clients with their contacts, in columns that an import knows again (S4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.clients.models import Client, Contact
from comptoir.insight.exports.declaring import Column, Sheet
from comptoir.insight.exports.values import FIGURES, Value, attribute, code, named, switch
from comptoir.insight.imports.entities.clients import Clients
from comptoir.preferences.custom_fields import FieldKind, custom_fields
from comptoir.reference import country, industry, language, size
from comptoir.tagging.queries import tags_on
from comptoir.tenancy.scope import current_company

_FIGURES: Final = {
    "client.balance": pgettext_lazy("client", "Balance due"),
    "client.paid_to_date": pgettext_lazy("client", "Paid to date"),
    "client.credit_balance": gettext_lazy("Open credits"),
    "client.payment_balance": gettext_lazy("Unapplied payments"),
    "client.created_at": gettext_lazy("Created"),
}
_TABLES: Final[dict[str, Any]] = {
    "client.country_id": country,
    "client.shipping_country_id": country,
    "client.industry_id": industry,
    "client.size_id": size,
}
_FIRST: Final = ("client.number", "client.name", "contact.first_name", "contact.last_name", "contact.email")
_SAME: Final = {
    "client.user": "client.user_id",
    "client.assigned_user": "client.user_id",
    "client.currency": "client.currency_id",
}
"""What the wire's reports call what imports call otherwise."""


class ClientSheet(Sheet):
    """One row for each client with its first contact; with ``everybody`` one for each contact."""

    key, entity, title = "clients", "client", gettext_lazy("Clients")
    model: ClassVar[type[models.Model]] = Client
    related: ClassVar[Sequence[str]] = ("group", "assigned_user")
    usual = frozenset(
        {*_FIRST, "client.phone", "client.vat_number", "client.address1", "client.address2"}
        | {"client.postal_code", "client.city", "client.country_id", "client.currency_id", "client.group"}
        | {"contact.phone"}
    )

    def columns(self) -> list[Column]:
        """What an import takes, then the figures; who it is stands in front."""
        every = _every()
        first = sorted((one for one in every if one.id in _FIRST), key=lambda one: _FIRST.index(one.id))
        return [*first, *(one for one in every if one.id not in _FIRST)]

    def of_the_wire(self) -> list[str]:
        return [one.id for one in self.columns() if one.id != "client.created_at"]

    def chosen(self, names: Sequence[str]) -> list[Column]:
        return super().chosen([_SAME.get(name, name) for name in names])

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Any]:
        company = current_company()
        people = _people(records) if "contact" in asked else {}
        tags = tags_on("client", [client.pk for client in records])
        for client in records:
            client.company = company
            vars(client)["tag_names"] = [tag.name for tag in tags.get(client.pk, ())]
            own: list[Contact | None] = [*people.get(client.pk, ())] or [None]
            for contact in own if options.get("everybody") else own[:1]:
                yield {"client": client, "contact": contact}


class ContactSheet(ClientSheet):
    """One row for each contact, with its client."""

    key, title = "contacts", gettext_lazy("Contacts")
    model = Contact
    related = ("client", "client__group", "client__assigned_user")

    def columns(self) -> list[Column]:
        every = _every()
        return [
            *(one for one in every if one.of == "contact"),
            *(one for one in every if one.of == "client"),
        ]

    def of_the_wire(self) -> list[str]:
        wanted = {"client.name", "client.number"}
        return [one.id for one in self.columns() if one.of == "contact" or one.id in wanted]

    def spread(self, records: Sequence[Any], asked: set[str], options: Mapping[str, Any]) -> Iterable[Any]:
        company = current_company()
        tags = tags_on("client", {contact.client_id for contact in records})
        for contact in records:
            contact.client.company = company
            vars(contact.client)["tag_names"] = [tag.name for tag in tags.get(contact.client_id, ())]
            yield {"client": contact.client, "contact": contact}


def _every() -> list[Column]:
    of_imports = [one for one in Clients().columns() if one.shown or ".custom_value" in one.id]
    taken = [
        Column(one.id, one.label, one.id.partition(".")[0], _value(one.id), one.section, shown=one.shown)
        for one in of_imports
    ]
    figures = [
        Column(name, label, "client", attribute(name.partition(".")[2]), FIGURES)
        for name, label in _FIGURES.items()
    ]
    return [*taken, *figures]


def _people(clients: Sequence[Client]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    live = Contact.objects.live().filter(client_id__in=[client.pk for client in clients])
    for contact in live.order_by("-is_primary", "position", "pk"):
        found[contact.client_id].append(contact)
    return found


def _value(id: str) -> Value:  # noqa: A002 - the wire's and everybody's word
    kind, _dot, name = id.partition(".")
    if name.startswith("custom_value"):
        return _custom(kind, name)
    if id in _TABLES:
        return lambda client: named(_TABLES[id](getattr(client, name)))
    return _SPECIAL.get(id) or attribute(name)


def _custom(kind: str, name: str) -> Value:
    """As it is kept, yes and no in words: that is what an import reads."""
    fields = {field.name: field for field in custom_fields(current_company().custom_fields, kind)}
    is_switch = name in fields and fields[name].kind is FieldKind.SWITCH
    return switch(name) if is_switch else attribute(name)


def _setting(name: str) -> Callable[[Client], str]:
    """What the client has set itself: what it inherits is not its own."""
    return lambda client: str(client.settings.get(name) or "")


def _class(client: Client) -> str:
    words = {
        "individual": _("Individual"),
        "business": _("Business"),
        "company": _("Company"),
        "partnership": _("Partnership"),
        "trust": _("Trust"),
        "charity": _("Charity"),
        "government": _("Government"),
        "other": _("Other"),
    }
    return words.get(client.classification, client.classification)


def _tags(client: Client) -> str:
    """With commas between them; a name that has one of its own stands in quotes."""
    return ", ".join(_quoted(name) for name in vars(client)["tag_names"])


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"' if "," in name or '"' in name else name


_SPECIAL: Final[dict[str, Value]] = {
    "client.currency_id": code,
    "client.language_id": lambda client: named(language(_setting("language_id")(client))),
    "client.payment_terms": _setting("payment_terms"),
    "client.group": lambda client: client.group.name if client.group else "",
    "client.user_id": lambda client: client.assigned_user.email if client.assigned_user else "",
    "client.classification": _class,
    "client.tags": _tags,
}
