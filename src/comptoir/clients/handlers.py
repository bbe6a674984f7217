"""The worker's jobs of clients, registered here."""

from comptoir.clients.vat import jobs

__all__ = ["jobs"]
