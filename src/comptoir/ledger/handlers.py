"""What follows in the ledger when two clients become one, or one is erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from comptoir.clients.facts import ClientMerged, ClientPurged

from .models import COLUMNS, Account, Entry
from .post import post

_TRIGGER = "ledger_entry_no_delete"


def merge_accounts(fact: ClientMerged) -> None:
    """What the absorbed client owed and had is taken off it and put on the other: new entries, no edits."""
    absorbed, kept = fact.absorbed, fact.subject
    sums = {account: getattr(absorbed, COLUMNS[account]) for account in Account}
    moves = {
        "receivable": sums[Account.RECEIVABLE],
        "paid": sums[Account.PAID],
        "credit": sums[Account.CREDIT],
        "unapplied": sums[Account.UNAPPLIED],
    }
    post(absorbed, reason=kept, on=fact.on, note="merged", **{name: -sum_ for name, sum_ in moves.items()})
    post(kept, reason=absorbed, on=fact.on, note="merged", **moves)


def erase_entries(fact: ClientPurged) -> None:
    """The only routine that may (decision C18): the client and all it ever owed are forgotten."""
    with erasing():
        Entry.objects.filter(client=fact.subject).delete()


@contextmanager
def erasing() -> Iterator[None]:
    """Lift the database's refusal for this transaction only (see migration 0002)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('comptoir.purging', 'on', true)")
            yield
            cursor.execute("SELECT set_config('comptoir.purging', 'off', true)")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [_TRIGGER])
        (statement,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {_TRIGGER}")
        yield
        cursor.execute(statement)
