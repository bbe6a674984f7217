"""What follows for recurring invoices when their client becomes another, or is erased."""

from __future__ import annotations

from comptoir.clients.facts import ClientMerged, ClientPurged
from comptoir.clients.following import erase_rows, move_rows, repoint_contacts

from .models import RecurringInvitation, RecurringInvoice


def move_recurring(fact: ClientMerged) -> None:
    move_rows(fact, RecurringInvoice)
    repoint_contacts(fact, RecurringInvitation)


def erase_recurring(fact: ClientPurged) -> None:
    erase_rows(fact, RecurringInvoice)
