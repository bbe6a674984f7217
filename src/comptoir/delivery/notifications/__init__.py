"""Mails to the company's own people about what has happened, as each has chosen (wire: ``notifications``).

- ``events``: what can be chosen, and which facts say that it happened.
- ``choosing``: who is told of it, and whose records count as one's own.
- ``letters``: the mail, in the reader's language.
- ``jobs``: what the worker does; each person is told once of each fact.
"""
