"""What follows in delivery when clients merge; and the worker's jobs, registered here."""

from comptoir.clients.facts import ClientMerged
from comptoir.clients.following import move_rows
from comptoir.delivery import generated, instalments, receipts, unpaid, welcome
from comptoir.delivery.documents import jobs
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.notifications import jobs as notifications
from comptoir.delivery.reminders import planning, running

__all__ = [
    "generated",
    "instalments",
    "jobs",
    "move_mails",
    "notifications",
    "planning",
    "receipts",
    "running",
    "unpaid",
    "welcome",
]


def move_mails(fact: ClientMerged) -> None:
    """Mails of the absorbed client are found with the one that stays."""
    move_rows(fact, MailDelivery)
