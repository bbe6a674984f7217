"""The client is told when an automatic payment failed, with the way to pay (template payment_failed)."""

from __future__ import annotations

from django.utils import timezone

from comptoir.activity.actors import SYSTEM
from comptoir.activity.jobs import job
from comptoir.collecting.facts import AutoBillFailed
from comptoir.delivery.documents.sending import email_document
from comptoir.kernel.refused import Refused
from comptoir.sales.invoices.models import Invoice


def wants_mail(fact: AutoBillFailed) -> bool:
    """Not where nothing was tried: a client without a stored method is asked by the invoice itself."""
    return fact.was_charged


@job("delivery.payment_failed")
def email_failure(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """Once for each failure. Nobody to write to is no fault."""
    invoice = Invoice.objects.select_related("client", "client__group").filter(pk=id, deleted_at=None).first()
    if invoice is None or not invoice.is_open:
        return
    on = timezone.now().astimezone(invoice.company.zone).date()
    try:
        email_document(
            invoice, by=SYSTEM, on=on, email_type="payment_failed", occurrence=f"failed-{activity}"
        )
    except Refused:
        return
