"""Plan reminders anew when something changed that they depend on: settings, a group, a payment."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from comptoir.activity.facts import Fact
from comptoir.activity.jobs import job
from comptoir.activity.outbox import queue
from comptoir.billing.hours import day_of
from comptoir.billing.reminders import SETTINGS, endless, steps
from comptoir.payments.models import Payment
from comptoir.sales.invoices import reminders as of_invoices
from comptoir.sales.invoices.models import OPEN, Invoice
from comptoir.sales.quotes import reminders as of_quotes
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus
from comptoir.tenancy.scope import current_company_id

_BATCH: Final = 500


def wants_planning(fact: Fact) -> bool:
    """Whether a change of settings, or of a client's group, moves any reminder."""
    changes = fact.changes
    if "group" in changes or not SETTINGS.isdisjoint(changes):
        return True
    before, after = changes.get("settings") or ({}, {})
    return any((before or {}).get(key) != (after or {}).get(key) for key in SETTINGS)


def wants_after_payment(fact: Fact) -> bool:
    """Whether the client is reminded at all."""
    payment = fact.subject
    if not isinstance(payment, Payment):
        return False
    preferences = payment.client.preferences
    return bool(steps(preferences)) or endless(preferences).counts


def plan_all() -> None:
    """Leave it to the worker to plan every open document of the company in scope anew."""
    company = current_company_id()
    queue("delivery.plan_reminders", {"activity": 0, "kind": "company", "id": company, "fact": ""})


@job("delivery.plan_reminders")
def plan_anew(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Every open document of the company, the group or the client that changed."""
    invoices = Invoice.objects.filter(status_id__in=OPEN, deleted_at=None)
    quotes = Quote.objects.filter(status_id=QuoteStatus.SENT, deleted_at=None)
    if kind == "client":
        invoices, quotes = invoices.filter(client_id=id), quotes.filter(client_id=id)
    elif kind == "group":
        invoices, quotes = invoices.filter(client__group_id=id), quotes.filter(client__group_id=id)
    _plan(invoices, of_invoices)
    _plan(quotes, of_quotes)


@job("delivery.plan_after_payment")
def plan_after_payment(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """The invoices that a payment settled, or that are owed again since it went back."""
    _plan(Invoice.objects.filter(allocations__payment_id=id, deleted_at=None).distinct(), of_invoices)


def _plan(rows: Any, rules: Any) -> None:
    now = timezone.now()
    for document in rows.select_related("client__group", "company").iterator(chunk_size=_BATCH):
        document.client.company = document.company
        preferences = document.client.preferences
        before = document.next_send_date
        rules.plan(document, preferences, day_of(now, preferences))
        if document.next_send_date != before:
            # only if nobody planned it meanwhile; no new version of the document: nobody changed it
            same = type(document).objects.filter(pk=document.pk, next_send_date=before)
            same.update(next_send_date=document.next_send_date)
