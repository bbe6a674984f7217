"""Empties what the database refuses to empty, for the next test that commits."""

from __future__ import annotations

from django.db import connection, transaction

from comptoir.sealing.models import Seal

REFUSAL = "sealing_seal_no_delete"


def forget_seals() -> None:
    """Take every link out. PostgreSQL truncates tables, which no trigger minds."""
    if connection.vendor == "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [REFUSAL])
        (statement,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {REFUSAL}")
        Seal.everywhere.all().delete()
        cursor.execute(statement)
