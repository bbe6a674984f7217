"""Invoices that come back: a schedule (anchor, rule, zone) and every occurrence exactly once.

- ``operations``: create, update, start, stop, send_now, archive, delete, restore, prices.
- ``running.run_due(now)``: makes the invoices of every schedule of the company that is due.
- ``calendar.preview(recurring, n)``: the next dates, as the page and the API show them.
"""
