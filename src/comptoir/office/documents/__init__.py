"""What invoices, quotes and credits share on screens: list, page, editor, actions.

Each kind is one ``kinds.Kind``; ``routes.routes(kind)`` gives its addresses. What only one kind has
(a payment of an invoice, the approval of a quote) is in that kind's own module.
"""
