"""What follows for invoices when their client becomes another, or is erased."""

from __future__ import annotations

from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts
from comptoir.clients.retention import refuse_kept

from .models import Invoice, InvoiceInvitation, Status


def move_invoices(fact: ClientMerged) -> None:
    move_rows(fact, Invoice)
    repoint_contacts(fact, InvoiceInvitation)


def erase_invoices(fact: ClientPurged) -> None:
    """Refused while the law wants the last issued one kept (decision C18)."""
    issued = Invoice.objects.filter(client=fact.subject).exclude(status_id=Status.DRAFT)
    last = issued.order_by("-date").values_list("date", flat=True).first()
    refuse_kept(last, on=fact.on)
    erase_rows(fact, Invoice)
