"""Invoices in the office: the documents' pages, and being paid."""

from comptoir.office.invoices.kind import INVOICES

__all__ = ["INVOICES"]
