"""The receipt of a payment: what was paid, when, how and for which invoices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from django.utils import translation

from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.letterheads import letterhead
from comptoir.delivery.pdf.composition import compose
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.labels import Labels
from comptoir.delivery.pdf.printing import print_page
from comptoir.delivery.pdf.totals import MINUS
from comptoir.designs.looks import Own, look
from comptoir.designs.page import Cell, Column, Detail, Figure, Page, Table, TotalRow
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.reference import payment_type
from comptoir.reference.names import name_in


def receipt_of(payment: Payment) -> bytes:
    """Its PDF, in the client's language. Raises PdfFailed; never call it inside a transaction."""
    preferences = payment.client.preferences
    design = look(ids.decode(str(preferences.payment_receipt_design_id or preferences.invoice_design_id)))
    moment = payment.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return print_page(receipt_page(payment, detailed=isinstance(design, Own)), look=design, moment=moment)


def receipt_page(payment: Payment, *, detailed: bool = False) -> Page:
    """The page, with what invoices of that client say about both parties."""
    blank = letterhead(
        payment.client, on=payment.date, moment=payment.updated_at, currency_id=payment.currency_id
    )
    facts = facts_of(blank)
    page = compose(facts, detailed=detailed)
    with translation.override(facts.reader.language):
        labels = Labels(facts.translations)
        heading = labels["payment_receipt"]
        return replace(
            page,
            kind="payment_receipt",
            heading=heading,
            number=payment.number,
            title=f"{heading} {payment.number}".strip(),
            details=tuple(_details(payment, facts, labels)),
            tables=tuple(_tables(payment, facts, labels)),
            totals=tuple(_totals(payment, facts, labels)),
            taxes=(),
            badge=None,
            figure=Figure(labels["amount_received"], facts.reader.money(payment.amount)),
            slip=None,
            payment_part=None,
            prose=(),
            mentions=(),
            payment_link="",
            values={**page.values, "entity": heading, "number": payment.number},
        )


def _details(payment: Payment, facts: DocumentFacts, labels: Labels) -> Iterator[Detail]:
    yield Detail(labels["payment_date"], facts.reader.day(payment.date), "date")
    kind = payment_type(payment.type_id) if payment.type_id else None
    if kind:
        yield Detail(labels["method"], name_in(kind, facts.reader.locale), "method")
    if payment.transaction_reference:
        yield Detail(labels["reference"], payment.transaction_reference, "reference")


def _tables(payment: Payment, facts: DocumentFacts, labels: Labels) -> Iterator[Table]:
    reader = facts.reader
    settled = payment.allocations.live().exclude(invoice=None).select_related("invoice").order_by("pk")
    rows = [
        (
            Cell(each.invoice.number, "start", "number"),
            Cell(reader.day(each.invoice.date), "start", "date"),
            Cell(reader.money(each.invoice.amount), "end", "amount"),
            Cell(reader.money(each.amount), "end", "line_total"),
        )
        for each in settled
    ]
    if rows:
        columns = (
            Column("number", labels["invoice"], "start"),
            Column("date", labels["date"], "start"),
            Column("amount", labels["receipt_invoiced"], "end"),
            Column("line_total", labels["receipt_paid"], "end"),
        )
        yield Table(columns, tuple(rows))


def _totals(payment: Payment, facts: DocumentFacts, labels: Labels) -> Iterator[TotalRow]:
    money = facts.reader.money
    if payment.unapplied > 0:
        yield TotalRow(labels["receipt_unapplied"], money(payment.unapplied))
    if payment.refunded > 0:
        yield TotalRow(labels["receipt_refunded"], f"{MINUS}{money(payment.refunded)}")
    yield TotalRow(labels["amount_received"], money(payment.amount), "due")


def receipt_name(payment: Payment) -> str:
    """What the PDF is called: ``receipt-0012.pdf``."""
    plain = unicodedata.normalize("NFKD", payment.number).encode("ascii", "ignore").decode()
    return f"receipt-{re.sub(r'[^A-Za-z0-9._-]+', '-', plain).strip('-') or ids.encode(payment.pk)}.pdf"
