"""Strangers become clients by themselves, where the company allows it (S5, S99, S102)."""
