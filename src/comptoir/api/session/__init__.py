"""Signing in, and the one answer that an app starts from (contract rules 5, apps 3)."""
