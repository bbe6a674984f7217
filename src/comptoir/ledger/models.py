from __future__ import annotations

from typing import Self

from django.db import models

from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import CompanyManager, CompanyOwned, Rows


class Account(models.TextChoices):
    """The four figures that are kept of a client (contract rules 13)."""

    RECEIVABLE = "receivable"  # what the client owes: the balance
    PAID = "paid"  # money received, net of refunds
    CREDIT = "credit"  # open credit notes
    UNAPPLIED = "unapplied"  # money received that no invoice claims


COLUMNS = {
    Account.RECEIVABLE: "balance",
    Account.PAID: "paid_to_date",
    Account.CREDIT: "credit_balance",
    Account.UNAPPLIED: "payment_balance",
}


class EntryRows(Rows):
    def of(self, account: Account) -> Self:
        return self.filter(account=account)


class Entry(CompanyOwned):
    """A movement on one account of one client. Append-only: the database refuses anything else.

    ``balance`` is the account's sum after it. ``reason_kind`` and ``reason_id`` name the record that
    caused it, ``label`` what that record was called, ``note`` what happened to it.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account.choices)
    amount = MoneyField()
    balance = MoneyField()
    on = models.DateField()
    reason_kind = models.CharField(max_length=32)
    reason_id = models.BigIntegerField()
    label = models.CharField(max_length=190, blank=True)
    note = models.CharField(max_length=190, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CompanyManager.from_queryset(EntryRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["company", "client", "account", "id"], name="entry_of_client"),
            models.Index(fields=["company", "reason_kind", "reason_id"], name="entry_of_reason"),
            models.Index(fields=["company", "account", "id"], name="entry_stream"),
        ]
