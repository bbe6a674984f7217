"""Webhooks: what happened, posted to the addresses of other programs (contract rules 19)."""
