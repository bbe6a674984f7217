"""Commands for people who work on Comptoir: assets, messages."""
