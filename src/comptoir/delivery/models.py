"""The tables of delivery, each beside the code that writes it."""

from .mail.models import DeadAddress, MailDelivery

__all__ = ["DeadAddress", "MailDelivery"]
