"""Clone actions: a draft of the same kind or of another, shown and not saved (contract rules 13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http.response import HttpResponseBase

from comptoir.activity import kinds
from comptoir.billing import composition, lines
from comptoir.billing.documents import BillingDocument
from comptoir.contract import answers, envelopes
from comptoir.contract.actions import Action
from comptoir.contract.calls import Call
from comptoir.contract.fields import Constant
from comptoir.contract.paging import Page
from comptoir.contract.resources import Resource
from comptoir.contract.shapes import Row

INTO: Final = tuple(kind for kind in kinds.every() if issubclass(kind.model, BillingDocument))
OWN: Final[Mapping[str, Any]] = {
    "id": "",
    "number": "",
    "status_id": "1",
    "due_date": "",
    "partial_due_date": "",
    "last_sent_date": "",
    "next_send_date": "",
    "next_send_datetime": "",
    "reminder1_sent": "",
    "reminder2_sent": "",
    "reminder3_sent": "",
    "reminder_last_sent": "",
    "recurring_id": "",
    "invoice_id": "",
    "created_at": 0,
    "updated_at": 0,
    "archived_at": 0,
    "is_deleted": False,
    "paid_to_date": 0,
    "partial": 0,
    "exchange_rate": 1,
    "invitations": [],
    "documents": [],
}
"""What a copy does not take over, where its kind has the key; a rate of 1 becomes that of its day."""


def clones(path: str, *, in_bulk: Collection[str] = ()) -> dict[str, Action]:
    """``clone_to_<kind>`` for every kind; those ``in_bulk`` answer a list of copies for many documents."""
    return {
        f"clone_to_{kind.entity}": Action(
            verb="view", single=True, bulk=kind.entity in in_bulk, answer=_answer(path, kind.plural)
        )
        for kind in INTO
    }


def _answer(path: str, target: str) -> Any:
    def answer(call: Call, rows: Sequence[Any]) -> HttpResponseBase:
        found = call.registry.fetch(path, [row.pk for row in rows], view=call.view)
        into = call.registry.resources[target]
        copies = [
            copy_of(into, shown | without_fees(row), call.who.today)
            for row, shown in zip(rows, found, strict=True)
        ]
        for copy, shown in zip(copies, found, strict=True):
            copy["balance"] = copy["amount"] if target == path else 0
            if (path, target) == ("invoices", "credits"):  # it gives back what was charged
                copy["exchange_rate"] = shown["exchange_rate"]
        if "id" in call.params:
            return answers.json(envelopes.item(copies[0], call))
        figures = Page.asked(call.query).figures(call.query, call.link, len(copies), len(copies))
        return answers.json(envelopes.page(copies, figures, call))

    return answer


def without_fees(document: Any) -> Row:
    """What changes when the fees of a way of paying stay behind (decision M6): lines, taxes and sums."""
    kept = [line for line in document.lines if line.type_id not in lines.GATEWAY_FEES]
    if len(kept) == len(document.lines):
        return {}
    document.line_items = lines.write(kept)
    composition.count_as_said(document, document.client, document.client.preferences)
    return {
        "line_items": document.raw_lines,
        "total_taxes": document.total_taxes,
        "amount": document.amount,
    }


def copy_of(target: type[Resource], row: Row, on: date) -> Row:
    """An unsaved draft with the same words and lines, dated ``on``."""
    known = {key for key, field in target.fields.items() if not isinstance(field, Constant)}
    copied = {key: value for key, value in row.items() if key in known}
    own = {key: value for key, value in OWN.items() if key in known or key in target.default_includes}
    if "date" in known:
        own["date"] = on.isoformat()
    return {**target.empty(), **copied, **own}
