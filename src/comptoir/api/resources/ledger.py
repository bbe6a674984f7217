"""The client's account on the wire: what was owed after each movement (contract rules 14)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from comptoir.contract.fields import Amount, Constant, Derived, Moment, Text
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row
from comptoir.contract.views import View
from comptoir.kernel import ids
from comptoir.ledger.models import Account, Entry


def _reason(kind: str, pk: int) -> list[str]:
    return [kind, ids.encode(pk)]


class CompanyLedger(Resource):
    """Of the four accounts, the wire knows the receivable one."""

    path, entity, model = "company_ledger", "company_ledger", Entry
    shown = False
    default_sort = "-pk"

    reason = Derived(_reason, "reason_kind", "reason_id")
    notes = Text("note", writable=False)
    balance = Amount(writable=False)
    adjustment = Amount("amount", writable=False)
    activity_id = Constant(0)
    created_at = Moment()
    updated_at = Moment("created_at")
    archived_at = Constant(0)

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        found: QuerySet[Any] = Entry.objects.filter(account=Account.RECEIVABLE)
        return found

    @classmethod
    def finish(cls, row: Row, view: View) -> None:
        """The first key names the record that moved the balance: ``invoice_id``, ``payment_id`` …"""
        kind, key = row.pop("reason")
        rest = dict(row)
        row.clear()
        row.update({f"{kind}_id": key, **rest})
