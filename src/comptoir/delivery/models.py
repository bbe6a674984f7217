"""The tables of delivery, each beside the code that writes it."""

from .mail.models import MailDelivery

__all__ = ["MailDelivery"]
