"""One box that finds everything (contract rules 27, decision T14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue.models import Product
from comptoir.clients.models import Client, Contact
from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.preferences.catalogue import TITLES
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote

MOST: Final = 100
"""Rows of a group."""

UNKEPT: Final = ("projects", "tasks", "expenses", "recurrings", "vendors", "vendor_contacts")
"""Groups that apps look for and this version has nothing for."""


@dataclass(frozen=True)
class Group:
    """A kind of record: the words that name one, and the page of an app that shows it.

    ``page`` takes the id in the first of ``columns``, the others make the name.
    """

    entity: str
    model: Any
    heading: Promise
    page: str
    columns: tuple[str, ...]

    def found(self, call: Call, text: str) -> list[dict[str, str]]:
        rows = call.who.seen(self.model.objects.live(), self.entity)
        if text:
            rows = rows.matching(text)  # type: ignore[attr-defined]
        return [self.row(*found) for found in rows.order_by("-pk").values_list("pk", *self.columns)[:MOST]]

    def row(self, pk: int, owner: int, *words: str) -> dict[str, str]:
        return {
            "id": ids.encode(pk),
            "name": " ".join(word for word in words if word),
            "type": f"/{self.entity}",
            "path": self.page.format(ids.encode(owner)),
            "heading": str(self.heading),
        }


def _document(entity: str, model: Any, heading: Promise) -> Group:
    return Group(entity, model, heading, f"/{entity}s/{{}}/edit", ("pk", "number", "client__display_name"))


GROUPS: Final = {
    "clients": Group(
        "client", Client, gettext_lazy("Clients"), "/clients/{}", ("pk", "display_name", "number")
    ),
    "client_contacts": Group(
        "client_contact",
        Contact,
        gettext_lazy("Contacts"),
        "/clients/{}",
        ("client_id", "first_name", "last_name", "email"),
    ),
    "invoices": _document("invoice", Invoice, gettext_lazy("Invoices")),
    "quotes": _document("quote", Quote, gettext_lazy("Quotes")),
    "credits": _document("credit", Credit, gettext_lazy("Credit notes")),
    "payments": _document("payment", Payment, gettext_lazy("Payments")),
    "products": Group(
        "product", Product, gettext_lazy("Products"), "/products/{}/edit", ("pk", "product_key")
    ),
}


class Search(Endpoints):
    path, entity = "search", "search"

    @route("POST", "/search")
    def search(call: Call) -> HttpResponse:
        """Find records by a few letters; without any, the newest of each kind."""
        text = str(call.asked("search") or "").strip()[:100]
        answer: dict[str, Any] = {name: group.found(call, text) for name, group in GROUPS.items()}
        answer |= {name: [] for name in UNKEPT}
        answer["settings"] = _settings(text) if call.who.may("edit", "company") else []
        return answers.json(answer)


def _settings(text: str) -> list[dict[str, str]]:
    """The pages of settings whose title holds the text."""
    heading = _("Settings")
    return [
        {"id": name, "name": str(title), "type": "/settings", "path": f"/settings/{name}", "heading": heading}
        for name, title in TITLES.items()
        if text.lower() in str(title).lower()
    ]
