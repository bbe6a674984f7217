"""What a recurring invoice says on paper: its next invoice, with the words of its time spelled out."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from comptoir.billing.documents import BillingDocument
from comptoir.billing.keywords import spelled_out
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.preferences.cascade import Preferences
from comptoir.sales.recurring import calendar
from comptoir.sales.recurring.models import RecurringInvoice


def as_next(facts: DocumentFacts, document: BillingDocument, preferences: Preferences) -> DocumentFacts:
    """The facts of a document; those of a recurring invoice as on its next day."""
    if not isinstance(document, RecurringInvoice):
        return facts
    on = document.next_on or document.last_sent_date or document.date
    locale = facts.reader.locale
    said = [
        msgspec.structs.replace(
            line,
            notes=spelled_out(line.notes, on, locale),
            product_key=spelled_out(line.product_key, on, locale),
        )
        for line in facts.totals.lines
    ]
    return replace(
        facts,
        on=on,
        due=calendar.due_date(document, on, preferences),
        totals=replace(facts.totals, lines=tuple(said)),
        public_notes=spelled_out(facts.public_notes, on, locale),
        terms=spelled_out(facts.terms, on, locale),
        footer=spelled_out(facts.footer, on, locale),
    )
