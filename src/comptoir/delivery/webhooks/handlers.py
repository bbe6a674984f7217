"""The worker's jobs of webhooks, registered here."""

from .jobs import post_webhook, share_out

__all__ = ["post_webhook", "share_out"]
