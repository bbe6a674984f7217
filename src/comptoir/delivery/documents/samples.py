"""A document to show a design with: a made-up one where there is none, and any one in another layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.billing import drafting
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.designs.layout import Layout
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue import CHAPTERS
from comptoir.tenancy.models import Company

Document = TypeVar("Document", bound=BillingDocument)


def dressed(facts: DocumentFacts, preferences: Preferences) -> DocumentFacts:
    """The same document in another layout."""
    chosen = {setting.key: preferences[setting.key] for setting in CHAPTERS["designs"]}
    return replace(facts, layout=Layout.chosen(chosen))


def made_up(model: type[Document], entity: str, company: Company, *, on: date) -> Document:
    """An unsaved document that shows every part of a page."""
    client = Client(
        company=company, name=_("Café des Halles"), display_name=_("Café des Halles"), number="0042"
    )
    client.address1, client.postal_code, client.city = "12 rue du Marché", "69002", "Lyon"
    client.country_id = str(client.preferences.country_id)
    document = model(client=client, company=company, status_id=2, number="0042")
    fields = {"date": on, "due_date": on + timedelta(days=30), "line_items": _lines()}
    drafting.sketch(document, entity, client.preferences, fields, on=on)
    document.number = document.number or "0042"
    document.updated_at = document.created_at = timezone.now()
    return document


def _lines() -> list[dict[str, Any]]:
    return [
        {
            "product_key": _("Graphic design"),
            "notes": _("Logo, three proposals"),
            "cost": Decimal(450),
            "quantity": Decimal(1),
        },
        {
            "product_key": _("Consulting"),
            "notes": _("On site"),
            "cost": Decimal(95),
            "quantity": Decimal("3.5"),
        },
    ]
