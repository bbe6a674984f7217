"""Pure steps of a credit's life: they set columns and write nothing."""

from __future__ import annotations

from decimal import Decimal

from .models import Credit, Status


def status_of(credit: Credit) -> Status:
    """The status that an issued credit's balance gives it (contract rules 14)."""
    if credit.balance == 0:
        return Status.APPLIED
    return Status.SENT if credit.balance == credit.amount else Status.PARTIAL


def use(credit: Credit, part: Decimal) -> None:
    """Take ``part`` of it for invoices."""
    credit.balance -= part
    credit.paid_to_date += part
    credit.status_id = status_of(credit)


def refill(credit: Credit, part: Decimal) -> Decimal:
    """Give ``part`` back; answers by how much the client's open credit grows (none when deleted)."""
    credit.balance += part
    credit.paid_to_date -= part
    credit.status_id = status_of(credit)
    return Decimal(0) if credit.is_deleted else part
