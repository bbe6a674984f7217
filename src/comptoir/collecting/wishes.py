"""Which invoices are charged to a stored method: on the day that they are sent, or on somebody's wish."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from comptoir.activity.actors import Actor
from comptoir.activity.models import Job
from comptoir.activity.outbox import queue
from comptoir.sales.invoices.facts import InvoiceSent
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import mark_sent
from comptoir.sales.recurring.facts import InvoiceGenerated
from comptoir.tenancy.locking import lock

AUTO_BILL: Final = "collecting.auto_bill"
"""The job that charges a stored method for an invoice, given by ``id``."""


def pays_itself(invoice: Invoice) -> bool:
    """Whether a stored method is wished to pay it, by itself or by the client's settings."""
    return invoice.auto_bill_enabled or bool(invoice.client.preferences.auto_bill_standard_invoices)


def charge_now(invoice: Invoice, *, by: Actor, on: date) -> None:
    """Issue a draft and let the worker charge the stored method: no provider is asked inside a transaction
    (contract rules 13). While a charge waits or is under way, a second wish is none: after a deposit it would
    take the rest.
    """
    with transaction.atomic():
        lock(invoice, invoice.client)
        if invoice.is_draft:
            mark_sent(invoice, by=by, on=on)
        under_way = (Job.State.QUEUED, Job.State.RUNNING)
        if not Job.objects.filter(name=AUTO_BILL, args__id=invoice.pk, state__in=under_way).exists():
            queue(AUTO_BILL, {"id": invoice.pk})


def wants_charging(fact: InvoiceGenerated) -> bool:
    """Invoices of a schedule, charged on the day they are sent."""
    invoice = fact.subject
    return invoice.auto_bill_enabled and invoice.client.preferences.auto_bill_date == "on_send_date"


def wants_charging_anyway(fact: InvoiceSent) -> bool:
    """Ordinary invoices, where the client's settings have them pay themselves on that day."""
    chosen = fact.subject.client.preferences
    return bool(chosen.auto_bill_standard_invoices) and chosen.auto_bill_date == "on_send_date"
