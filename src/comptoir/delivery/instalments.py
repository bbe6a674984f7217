"""The client is written to on the day of each instalment, once (features: payment schedule)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.jobs import Retry, job
from comptoir.activity.operations import operation
from comptoir.activity.outbox import queue
from comptoir.billing.hours import day_of, is_open_hour, moment_of
from comptoir.collecting.wishes import pays_itself
from comptoir.delivery.documents.sending import email_document
from comptoir.gateways.offers import stored_methods
from comptoir.kernel.refused import Refused
from comptoir.sales.invoices.facts import InvoiceFact
from comptoir.sales.invoices.instalments import Instalment, NothingDue, asked, planned
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import call_instalments

TEMPLATE: Final = "instalment"


def wants_planning(fact: InvoiceFact) -> bool:
    return bool(fact.subject.instalments)


@job("delivery.plan_instalments")
def plan(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Leave a job for the day of each instalment to come; those that passed meanwhile are asked for now.

    However often one is left: the invoice itself knows which it has asked for.
    """
    invoice = _invoice(id)
    if invoice is None or not invoice.is_open:
        return
    preferences = invoice.client.preferences
    for row in planned(invoice):
        if not row.called:
            due = moment_of(row.on, preferences)
            queue("delivery.instalment", {"invoice": id, "day": row.on.isoformat()}, run_at=due)


@job("delivery.instalment")
def ask_for_instalment(*, invoice: int, day: str) -> None:
    """At the client's hour; a zone or an hour that was changed since is waited for."""
    row = _invoice(invoice)
    if row is None:
        return
    preferences, now = row.client.preferences, timezone.now()
    on = day_of(now, preferences)
    if on < date.fromisoformat(day) or not is_open_hour(now, preferences):
        raise Retry(timedelta(minutes=20), "Its hour has not come.")
    with suppress(NothingDue):
        request_instalments(row, by=SYSTEM, on=on)


@operation
def request_instalments(invoice: Invoice, *, by: Actor, on: date) -> Invoice:
    """Ask for the instalments whose day has come, by one e-mail; the mark and the mail are one transaction.

    Nobody is written to about what is paid already, or pays itself. Raises NothingDue when all was
    asked for before.
    """
    due = call_instalments(invoice, by=by, on=on)
    if _is_told(invoice, due):
        with suppress(Refused):  # nobody to write to is no fault: the portal asks for it
            email_document(
                invoice, by=by, on=on, email_type=TEMPLATE, occurrence=f"instalment-{due[-1].on.isoformat()}"
            )
    return invoice


def _is_told(invoice: Invoice, due: list[Instalment]) -> bool:
    now = asked(invoice)
    if now is None or (pays_itself(invoice) and stored_methods(invoice.client)):
        return False
    owing = {row.on for row in planned(invoice)[now.first - 1 : now.last]}
    return any(row.on in owing and not row.silent for row in due)


def _invoice(pk: int) -> Invoice | None:
    rows = Invoice.objects.select_related("client__group", "company").filter(pk=pk, deleted_at=None)
    invoice: Invoice | None = rows.first()
    if invoice is not None:
        invoice.client.company = invoice.company
    return invoice
