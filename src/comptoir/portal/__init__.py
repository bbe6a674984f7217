"""The client's pages, under /client/: what is due, documents, approval of quotes, their own details.

- ``visits.visit``: the decorator of every page behind a door; gives it a ``Visit`` (which contact, of whom).
- ``sessions``: the contacts' own sign-in, with a cookie of its own: staff sign-in is never touched.
- ``doors/``: the ways in: a key in a link, e-mail and password, a mailed link, registration.
- ``documents/``: invoices, quotes and credits, listed and shown as they are printed.
- ``pages.page``, ``pages.alone``, ``pages.refusal``: pages in the company's brand. No script is needed.
"""
