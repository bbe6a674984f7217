"""Recurring invoices in the office: the documents' pages, and their rhythm."""

from comptoir.office.recurring.kind import RECURRING

__all__ = ["RECURRING"]
