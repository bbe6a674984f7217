"""Invoices, quotes and credits as their client sees them: what is a draft or deleted is nowhere."""
