"""The only door to a balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models

from comptoir.tenancy.inserting import insert
from comptoir.tenancy.saving import save

from .models import COLUMNS, Account, Entry

if TYPE_CHECKING:
    from comptoir.clients.models import Client

ZERO = Decimal(0)


def post(
    client: Client,
    *,
    reason: models.Model,
    on: date,
    note: str = "",
    receivable: Decimal = ZERO,
    paid: Decimal = ZERO,
    credit: Decimal = ZERO,
    unapplied: Decimal = ZERO,
) -> list[Entry]:
    """Move a client's accounts by these amounts (units of the client's currency; zero: no entry).

    The caller holds the client's lock. The cached columns of the client follow in the same breath.
    """
    moves = {
        Account.RECEIVABLE: receivable,
        Account.PAID: paid,
        Account.CREDIT: credit,
        Account.UNAPPLIED: unapplied,
    }
    entries = [
        _entry(client, account, amount, reason, on, note) for account, amount in moves.items() if amount
    ]
    if entries:
        insert(entries)
        save(client, *(COLUMNS[Account(entry.account)] for entry in entries))
    return entries


def _entry(
    client: Client, account: Account, amount: Decimal, reason: models.Model, on: date, note: str
) -> Entry:
    column = COLUMNS[account]
    balance = getattr(client, column) + amount
    setattr(client, column, balance)
    return Entry(
        client=client,
        account=account,
        amount=amount,
        balance=balance,
        on=on,
        reason_kind=str(reason._meta.model_name),
        reason_id=reason.pk,
        label=str(reason)[:190],
        note=note,
    )
