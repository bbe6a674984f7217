"""What is sealed when something happens to an issued document or to money."""

from __future__ import annotations

from decimal import Decimal

from comptoir.clients.facts import ClientPurged
from comptoir.payments.facts import PaymentFact, PaymentRefunded, PaymentRefundUndone
from comptoir.payments.models import Payment
from comptoir.sales.credits.facts import CreditFact
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices.facts import InvoiceFact, InvoiceReversed
from comptoir.sales.invoices.models import Invoice, Status

from .chaining import seal
from .content import KINDS, Said, said, said_now


def seal_invoice(fact: InvoiceFact) -> None:
    """An issued invoice, when it says something new."""
    invoice = fact.subject
    if isinstance(invoice, Invoice) and invoice.status_id != Status.DRAFT:
        seal("invoice", said_now("invoice", invoice.pk))
    if isinstance(fact, InvoiceReversed):  # the payment that settles it tells nothing of its own
        seal("payment", said("payment", allocations__invoice_id=fact.subject.pk))


def seal_credit(fact: CreditFact) -> None:
    """An issued credit, when it says something new."""
    credit = fact.subject
    if isinstance(credit, Credit) and credit.status_id != CreditStatus.DRAFT:
        seal("credit", said_now("credit", credit.pk))


def seal_payment(fact: PaymentFact) -> None:
    """A payment, what was given back of it, and the invoices whose day it moves: a deposit is covered."""
    payment = fact.subject
    if isinstance(payment, Payment):
        seal("payment", said_now("payment", payment.pk))
        settled = payment.allocations.exclude(invoice=None).values_list("invoice_id", flat=True)
        seal("invoice", said_now("invoice", *settled))
        if isinstance(fact, (PaymentRefunded, PaymentRefundUndone)):
            seal("refund", said("refund", payment_id=payment.pk))


def seal_erasure(fact: ClientPurged) -> None:
    """Links that say: these records were erased with their client, and not otherwise."""
    client = fact.subject.pk
    for kind in KINDS:
        which = {"payment__client_id": client} if kind == "refund" else {"client_id": client}
        gone = [Said(each.key, each.number, Decimal(0), "") for each in said(kind, **which)]
        seal(kind, gone)
