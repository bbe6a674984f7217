"""What the preview of the design settings can show: each kind of paper as the form would print it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comptoir.clients.models import Client
from comptoir.delivery.documents.delivery_notes import note_page
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.receipts import receipt_page
from comptoir.delivery.documents.samples import dressed, made_up
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.printing import print_page
from comptoir.designs.layout import Layout
from comptoir.designs.looks import AnyLook, Own, look
from comptoir.designs.page import Page
from comptoir.insight.statements import Wish, statement_of
from comptoir.insight.statements.composing import compose as compose_statement
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.settings.levels import Level
from comptoir.payments.models import Payment
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue import CHAPTERS
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote

SEEN: Final = 40
"""Newest records that are looked through for one that reads as most will."""
MOMENT: Final = "2000-01-01T00:00:00Z"


def drawn(place: Desk, level: Level, preferences: Preferences, shown: str) -> bytes:
    """The PDF of one of SHOWN. Raises Refused where there is nothing yet to show it with, and PdfFailed."""
    _label, key, make = SHOWN.get(shown) or SHOWN["invoice"]
    chosen = str(preferences[key] or preferences.invoice_design_id)
    design = look(ids.decode(chosen))
    page = make(place, level, preferences, design)
    return print_page(page, look=design, moment=MOMENT)


def sample(place: Desk, level: Level, model: Any = Invoice, entity: str = "invoice") -> DocumentFacts:
    """The newest document of the level's clients; a made-up one where there is none."""
    rows = model.objects.live().select_related("client", "client__group", "company").exclude(number="")
    found = _usual(_of_level(rows, level), level)
    return facts_of(found if found is not None else made_up(model, entity, place.company, on=place.on))


def _of_level(rows: Any, level: Level) -> Any:
    if isinstance(level.row, Client):
        return rows.filter(client=level.row)
    return rows.filter(client__group=level.row) if level.key == "group" else rows


def _usual(rows: Any, level: Level) -> Any:
    """The newest in the language and currency of the level: the preview reads as most papers will."""
    newest = list(rows.order_by("-pk")[:SEEN])
    return next((each for each in newest if _is_usual(each, level)), newest[0] if newest else None)


def _is_usual(row: Any, level: Level) -> bool:
    usual = level.preferences
    language = row.client.preferences.language_id
    return bool(language == usual.language_id and row.currency_id == str(usual.currency_id))


def _document(model: Any, entity: str) -> Callable[[Desk, Level, Preferences, AnyLook], Page]:
    def page(place: Desk, level: Level, preferences: Preferences, design: AnyLook) -> Page:
        facts = dressed(sample(place, level, model, entity), preferences)
        return compose(facts, stacked=design.stacked, detailed=isinstance(design, Own))

    return page


def _note(place: Desk, level: Level, preferences: Preferences, design: AnyLook) -> Page:
    facts = dressed(sample(place, level), preferences)
    return note_page(facts, stacked=design.stacked, detailed=isinstance(design, Own))


def _receipt(place: Desk, level: Level, preferences: Preferences, design: AnyLook) -> Page:
    rows = Payment.objects.filter(deleted_at=None).select_related("client", "client__group", "company")
    payment = _usual(_of_level(rows, level), level)
    if payment is None:
        raise Refused("shown", _("There is no payment yet to show a receipt of."))
    page = receipt_page(payment, detailed=isinstance(design, Own))
    return replace(page, layout=_layout(preferences))


def _statement(place: Desk, level: Level, preferences: Preferences, design: AnyLook) -> Page:
    rows = Invoice.objects.live().select_related("client", "client__group", "company").exclude(number="")
    invoice = _usual(_of_level(rows, level), level)
    if invoice is None:
        raise Refused("shown", _("There is no invoice yet to show a statement of."))
    wish = Wish(date(place.on.year, 1, 1), place.on)
    found = statement_of(invoice.client, wish, on=place.on)
    page = compose_statement(invoice.client, found, detailed=isinstance(design, Own))
    return replace(page, layout=_layout(preferences))


def _layout(preferences: Preferences) -> Layout:
    return Layout.chosen({setting.key: preferences[setting.key] for setting in CHAPTERS["designs"]})


SHOWN: Final[dict[str, tuple[Any, str, Callable[[Desk, Level, Preferences, AnyLook], Page]]]] = {
    "invoice": (gettext_lazy("Invoice"), "invoice_design_id", _document(Invoice, "invoice")),
    "quote": (gettext_lazy("Quote"), "quote_design_id", _document(Quote, "quote")),
    "credit": (gettext_lazy("Credit"), "credit_design_id", _document(Credit, "credit")),
    "delivery_note": (gettext_lazy("Delivery note"), "delivery_note_design_id", _note),
    "receipt": (pgettext_lazy("payment", "Receipt"), "payment_receipt_design_id", _receipt),
    "statement": (gettext_lazy("Statement"), "statement_design_id", _statement),
}
"""By the word of the form: what it is called, the setting of its design, how its page is made."""
