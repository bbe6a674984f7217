"""The worker's jobs of billing, registered here."""

from comptoir.billing import products

__all__ = ["products"]
