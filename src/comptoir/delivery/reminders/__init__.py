"""Reminders of invoices and quotes, with their fees (contract rules 20; reliability, "mails twice").

- ``running.run_due(now)``: makes the reminders of the company in scope whose moment has come.
- ``planning``: plans them anew when settings or payments change.
"""
