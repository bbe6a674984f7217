"""An invoice that a schedule made leaves by e-mail, where the setting wants it (contract rules 15)."""

from __future__ import annotations

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.delivery.documents.sending import email_document
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel.refused import Refused
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.facts import InvoiceGenerated


def wants_mail(fact: InvoiceGenerated) -> bool:
    return bool(fact.subject.client.preferences.auto_email_invoice)


@job("delivery.email_generated")
def email_generated(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Once: the occurrence of the mail is the invoice's making. Nobody to write to is no fault."""
    invoice = Invoice.objects.select_related("client", "client__group").filter(pk=id, deleted_at=None).first()
    if invoice is None:
        return
    occurrence = f"generated-{activity}"
    if MailDelivery.objects.filter(kind="invoice", object_id=id, occurrence=occurrence).exists():
        return  # the worker stopped after it was queued: it is neither sent nor told again
    try:
        email_document(invoice, by=SYSTEM, on=invoice.date, occurrence=occurrence)
    except Refused:
        return
