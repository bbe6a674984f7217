"""Registers what the worker does for documents: attachments, archives, what follows a mail."""

from comptoir.delivery.documents import jobs

__all__ = ["jobs"]
