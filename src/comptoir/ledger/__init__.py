"""The truth about money: append-only entries, and balances that follow them.

``post(client, reason=…, on=…, receivable=…, paid=…, credit=…, unapplied=…)`` (post.py) is the only
door; ``models.Entry`` is read by the ledger tab, the wire's ``company_ledger`` and the audit.
"""
