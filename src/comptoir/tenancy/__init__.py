"""Accounts and companies, and the one thing that is ambient: the company in scope.

``acting_for(company)`` opens the scope; every row of a company is reached through it
(``scope.py``), written under ``locking.lock``, and shown to outsiders by derived keys (``keys.py``).
"""
