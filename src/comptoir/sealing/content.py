"""What a record says that may not change unseen, as one text: the same facts, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from comptoir.payments.models import Payment, Refund
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.tenancy.reading import read

DOCUMENT: Final = (
    "number", "date", "due_date", "currency_id", "exchange_rate", "line_items", "discount",
    "is_amount_discount", "uses_inclusive_taxes", "tax_name1", "tax_rate1", "tax_name2", "tax_rate2",
    "tax_name3", "tax_rate3", "custom_surcharge1", "custom_surcharge2", "custom_surcharge3",
    "custom_surcharge4", "amount", "total_taxes", "snapshot",
)  # fmt: skip
PAYMENT: Final = ("number", "date", "amount", "currency_id", "type_id", "transaction_reference")
REFUND: Final = ("date", "amount", "payment_id")


@dataclass(frozen=True)
class Sealed:
    """A kind of record: its columns, and which of its rows are sealed."""

    model: Any
    columns: tuple[str, ...]
    draft: int = 0
    """The status that is not sealed."""

    def rows(self) -> QuerySet[Any]:
        """Those that count: drafts do not."""
        rows = self.model.objects.all()
        return rows.exclude(status_id=self.draft) if self.draft else rows


KINDS: Final[Mapping[str, Sealed]] = {
    "invoice": Sealed(Invoice, DOCUMENT, Status.DRAFT),
    "credit": Sealed(Credit, DOCUMENT, CreditStatus.DRAFT),
    "payment": Sealed(Payment, PAYMENT),
    "refund": Sealed(Refund, REFUND),
}


@dataclass(frozen=True)
class Said:
    """A record as it is now. ``number`` and ``amount`` are for people."""

    key: int
    number: str
    amount: Decimal
    digest: str


def said(kind: str, **which: Any) -> Iterator[Said]:
    """The rows of a kind that are sealed, or those of them that ``which`` names."""
    sealed = KINDS[kind]
    state = [name for name in ("deleted_at", "status_id") if hasattr(sealed.model, name)]
    for row in sealed.rows().filter(**which).values("pk", *state, *sealed.columns).iterator():
        yield Said(row["pk"], str(row.get("number", "")), row["amount"], digest(_facts(kind, row)))


def said_now(kind: str, *keys: int) -> Iterator[Said]:
    """The same of rows by their keys, by the one prepared SELECT of their table."""
    sealed = KINDS[kind]
    for row in read(sealed.model, keys).values():
        columns = vars(row)
        if columns.get("status_id") != sealed.draft:
            yield Said(row.pk, columns.get("number", ""), columns["amount"], digest(_facts(kind, columns)))


def _facts(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, and whether it was cancelled or taken away; other states follow from payments."""
    found = {name: row[name] for name in KINDS[kind].columns}
    found["away"] = row.get("deleted_at") is not None
    if kind == "invoice":
        found["cancelled"] = row["status_id"] in {Status.CANCELLED, Status.REVERSED}
    return found


def digest(facts: Mapping[str, Any]) -> str:
    """The sha256 of the facts as JSON: keys in order, numbers as written by people, days as ISO."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
