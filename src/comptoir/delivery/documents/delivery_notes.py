"""The delivery note of an invoice: what was delivered and where, without prices."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils import translation

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.printing import file_name as name_of_invoice
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.printing import print_page
from comptoir.designs.looks import Own, look
from comptoir.designs.page import Page, Prose
from comptoir.kernel import ids
from comptoir.sales.invoices.models import Invoice

KEPT: Final = frozenset({"date", "po_number", "project", "delivery_date", "period"})
"""Details of an invoice that a delivery note shows too; its own custom fields are shown as well."""

TASKS: Final = {"item": "service", "quantity": "hours", "unit_cost": "rate"}


def note_of(invoice: Invoice) -> bytes:
    """Its PDF, in the client's language. Raises PdfFailed; never call it inside a transaction."""
    chosen = str(invoice.client.preferences.delivery_note_design_id or "")
    design = look(ids.decode(chosen) if chosen else invoice.design_id)
    facts = facts_of(invoice)
    page = note_page(facts, stacked=design.stacked, detailed=isinstance(design, Own))
    return print_page(page, look=design, moment=facts.moment)


def note_page(facts: DocumentFacts, *, stacked: bool = True, detailed: bool = False) -> Page:
    """The page, from what the invoice says."""
    columns = facts.layout.fields["delivery_note_columns"]
    tasks = [f"$task.{TASKS.get(key, key)}" for key in (name.rpartition(".")[2] for name in columns)]
    fields = {**facts.layout.fields, "product_columns": columns, "task_columns": tasks}
    facts = replace(facts, layout=replace(facts.layout, fields=fields, shipping_address=True))
    page = compose(facts, stacked=stacked, detailed=detailed)
    with translation.override(facts.reader.language):
        labels = Labels(facts.translations)
        heading = labels["delivery_note"]
        return replace(
            page,
            kind="delivery_note",
            heading=heading,
            title=f"{heading} {facts.number}".strip(),
            details=tuple(each for each in page.details if each.key in KEPT or each.key.startswith("custom")),
            totals=(),
            taxes=(),
            badge=None,
            figure=None,
            slip=None,
            payment_part=None,
            prose=(*page.prose[: bool(facts.public_notes)], Prose(labels["received_by"], "")),
            mentions=(),
            payment_link="",
            values={**page.values, "entity": heading},
        )


def note_name(invoice: Invoice) -> str:
    """What the PDF is called: ``delivery-note-F-2026-0012.pdf``."""
    return f"delivery-note-{name_of_invoice(invoice).partition('-')[2]}"
