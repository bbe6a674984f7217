"""Paying outside: the company's own instructions, such as a bank transfer. Nothing is collected here."""
