"""Clients with their contacts, in columns that an import knows again (S4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Contact
from comptoir.insight.imports.entities.clients import Clients
from comptoir.preferences.custom_fields import FieldKind, custom_fields
from comptoir.preferences.values import truth
from comptoir.reference import country, currency, industry, language, name_in, size
from comptoir.tenancy.scope import current_company

_AT_ONCE: Final = 500
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
USUAL: Final = frozenset(
    {*_FIRST, "client.phone", "client.vat_number", "client.address1", "client.address2", "client.postal_code"}
    | {"client.city", "client.country_id", "client.currency_id", "client.group", "contact.phone"}
)
"""What is ticked until somebody chooses."""

Value = Callable[[Client, Contact | None], Any]


@dataclass(frozen=True)
class ExportColumn:
    """``value(client, contact)`` gives text, a Decimal or a moment; ``contact`` is None where nobody is."""

    id: str
    label: Any
    section: Any
    value: Value

    @property
    def is_person(self) -> bool:
        return self.id.startswith("contact.")


def columns() -> list[ExportColumn]:
    """All that can be exported of the company in scope: what an import takes, then the figures."""
    shown = [column for column in Clients().columns() if column.shown]
    taken = [ExportColumn(each.id, each.label, each.section, _value(each.id)) for each in shown]
    figures = [
        ExportColumn(name, label, gettext_lazy("Figures"), _attribute(name.partition(".")[2]))
        for name, label in _FIGURES.items()
    ]
    every = [*taken, *figures]
    return [*_picked(every, first=True), *_picked(every, first=False)]


def _picked(every: Sequence[ExportColumn], *, first: bool) -> list[ExportColumn]:
    """Who it is stands in front, in its own order; all else keeps its place."""
    found = [column for column in every if (column.id in _FIRST) == first]
    return sorted(found, key=lambda column: _FIRST.index(column.id)) if first else found


def rows(clients: QuerySet[Any], chosen: Sequence[ExportColumn], *, everybody: bool) -> Iterator[list[Any]]:
    """The cells of each client, in batches: one row for each contact, or only for the first."""
    company = current_company()
    coming = iter(clients.select_related("group", "assigned_user").iterator(chunk_size=_AT_ONCE))
    asks_people = any(column.is_person for column in chosen)
    while some := list(islice(coming, _AT_ONCE)):
        people = _people(some) if asks_people else {}
        for client in some:
            client.company = company
            own: list[Contact | None] = [*people.get(client.pk, ())] or [None]
            for contact in own if everybody else own[:1]:
                yield [column.value(client, contact) for column in chosen]


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
    if kind == "contact":
        return _contact(name)
    if id in _TABLES:
        return lambda client, contact: _named(_TABLES[id](getattr(client, name)))
    return _SPECIAL.get(id) or _attribute(name)


def _attribute(name: str) -> Value:
    def value(client: Client, contact: Contact | None) -> Any:
        found = getattr(client, name)
        return _yes(found) if isinstance(found, bool) else found

    return value


def _contact(name: str) -> Value:
    def value(client: Client, contact: Contact | None) -> Any:
        found = getattr(contact, name) if contact else ""
        return _yes(found) if isinstance(found, bool) else found

    return value


def _custom(kind: str, name: str) -> Value:
    """As it is kept, yes and no in words: that is what an import reads."""
    fields = {field.name: field for field in custom_fields(current_company().custom_fields, kind)}
    is_switch = name in fields and fields[name].kind is FieldKind.SWITCH

    def value(client: Client, contact: Contact | None) -> str:
        owner = client if kind == "client" else contact
        found = getattr(owner, name) if owner else ""
        if not is_switch or not found:
            return str(found)
        try:
            return _yes(truth(found))
        except ValueError:
            return str(found)

    return value


def _setting(name: str) -> Callable[[Client], str]:
    """What the client has set itself: what it inherits is not its own."""
    return lambda client: str(client.settings.get(name) or "")


def _named(row: Any) -> str:
    return name_in(row, get_language() or "en") if row else ""


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")


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


_SPECIAL: Final[dict[str, Value]] = {
    "client.currency_id": lambda client, contact: getattr(currency(client.currency_id), "code", ""),
    "client.language_id": lambda client, contact: _named(language(_setting("language_id")(client))),
    "client.payment_terms": lambda client, contact: _setting("payment_terms")(client),
    "client.group": lambda client, contact: client.group.name if client.group else "",
    "client.user_id": lambda client, contact: client.assigned_user.email if client.assigned_user else "",
    "client.classification": lambda client, contact: _class(client),
}
