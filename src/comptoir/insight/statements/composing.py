"""From the figures of a statement to its page, in the design that documents use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from comptoir.clients.models import Client, Contact
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf.composition import compose as compose_document
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.pdf.totals import MINUS
from comptoir.designs.page import Detail, Figure, Page, TotalRow
from comptoir.sales.invoices.models import Invoice

from .figures import Statement
from .tables import Sheet, period
from .words import Words


def letterhead(client: Client, statement: Statement, contact: Contact | None = None) -> DocumentFacts:
    """Who writes to whom, and how: what an invoice of that day would say, with no line on it."""
    blank = Invoice(company=client.company, client=client, date=statement.wish.end, number="")
    blank.currency_id = client.currency_id
    blank.updated_at = client.updated_at
    return facts_of(blank, contact)


def compose(client: Client, statement: Statement, *, detailed: bool = False) -> Page:
    """The page, in the client's language and currency; `detailed` with what a design of one's own names."""
    facts = letterhead(client, statement)
    with translation.override(facts.reader.language):
        words = Words(facts.translations)
        return replace(
            compose_document(facts, detailed=detailed),
            kind="statement",
            heading=words["statement"],
            number="",
            title=f"{words['statement']} – {facts.client.name}",
            details=tuple(_details(facts, statement, words)),
            tables=tuple(Sheet(statement, facts.reader, facts.layout, words).tables()),
            totals=tuple(_totals(facts, statement, words)),
            taxes=(),
            badge=None,
            figure=Figure(words["statement_due_sum"], facts.reader.money(statement.due)),
            slip=None,
            payment_part=None,
            prose=(),
            mentions=(),
            payment_link="",
        )


def _details(facts: DocumentFacts, statement: Statement, words: Words) -> Iterator[Detail]:
    days = period(facts.reader, statement.wish.start, statement.wish.end)
    yield Detail(words["statement_period"], days, "period")
    yield Detail(words["statement_date"], facts.reader.day(statement.as_of), "statement_date")


def _totals(facts: DocumentFacts, statement: Statement, words: Words) -> Iterator[TotalRow]:
    money = facts.reader.money
    if statement.runs:
        yield TotalRow(words["statement_opening"], money(statement.opening))
        yield TotalRow(words["statement_invoiced"], money(statement.invoiced))
        yield TotalRow(words["statement_paid"], _less(facts, statement.paid))
    yield TotalRow(words["statement_due_sum"], money(statement.due), "due")
    if statement.credit and statement.wish.credits:
        yield TotalRow(words["statement_credit_sum"], money(statement.credit))
    if statement.unapplied and statement.wish.payments:
        yield TotalRow(words["statement_unapplied_sum"], money(statement.unapplied))


def _less(facts: DocumentFacts, amount: Decimal) -> str:
    """An amount that is taken away."""
    money = facts.reader.money
    return f"{MINUS}{money(amount)}" if amount > 0 else money(-amount if amount else amount)
