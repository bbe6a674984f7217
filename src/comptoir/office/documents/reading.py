"""From what an editor sends to the fields that operations take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from comptoir.billing.destination import BY_HAND, COMPUTED, GOODS
from comptoir.billing.documents import SLOTS, BillingDocument
from comptoir.billing.lines import Line, clean
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents import rate
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.structured import KEPT, KEY, MEANS
from comptoir.office.documents.taxes import AUTO, is_computing, read_tax
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.arithmetic import calculate

Faults = dict[str, list[Any]]
SUMS: Final = (
    "discount", "partial", "custom_surcharge1", "custom_surcharge2", "custom_surcharge3",
    "custom_surcharge4",
)  # fmt: skip
DAYS: Final = ("date", "due_date", "partial_due_date", "delivery_date", "period_start", "period_end")
WORDS: Final = (
    "number", "po_number", "buyer_reference", "terms", "footer", "public_notes", "private_notes",
    "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip
LINE_NUMBERS: Final = ("cost", "quantity", "discount")
LINE_WORDS: Final = (
    "product_key", "notes", "type_id", "task_id", "expense_id", "tax_id", "unit_code", "product_cost",
    "date", "custom_value1", "custom_value2", "custom_value3", "custom_value4",
)  # fmt: skip


def read(
    desk: Desk, sent: QueryDict, kind: Kind | None = None, document: BillingDocument | None = None
) -> dict[str, Any]:
    """The fields of a form, with those that only ``kind`` has; ``document`` is what they are saved in.

    Without ``kind`` it is a sketch. Raises Refused with every fault.
    """
    faults: Faults = {}
    fields: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    fields |= {name: _sum(str(sent[name]), name, faults) for name in SUMS if name in sent}
    fields |= {name: _day(str(sent[name]), name, faults) for name in DAYS if name in sent}
    if "is_amount_discount" in sent:
        fields["is_amount_discount"] = sent["is_amount_discount"] == "amount"
    fields |= _structured(sent, faults)
    if "tax" in sent:
        fields |= read_tax(str(sent["tax"]), 1, "tax", faults)
    if sent.get("design_id", "").isdigit() and len(sent["design_id"]) < 10:
        fields["design_id"] = int(str(sent["design_id"]))
    computing = is_computing(desk, document) and not (kind and sent.get("corrects"))
    fields["line_items"] = _lines(sent, faults, computing=computing)
    if "client_id" in sent:
        fields["client"] = _client(desk, str(sent["client_id"]), faults)
    if rate.FIELD in sent:
        client = fields.get("client") or (document.client if document is not None else None)
        fields[rate.FIELD] = rate.read(desk.company, rate.unit_of(document, client), sent, faults)
    if fields.get("client") and "with_contacts" in sent:
        fields["invitations"] = _invited(fields["client"], sent.getlist("contacts"))
    if kind is not None and kind.extra is not None:
        fields |= kind.extra.read(sent, faults)
    if sent.get("corrects"):
        fields["invoice"] = _corrected(desk, str(sent["corrects"]))
    if faults:
        raise Refused.many(faults)
    return fields


def _sum(text: str, name: str, faults: Faults) -> Decimal:
    try:
        return calculate(text)
    except ValueError:
        faults[name] = [_("This is not a number.")]
        return Decimal(0)


def _day(text: str, name: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults[name] = [_("This is not a date.")]
        return None


def _structured(sent: QueryDict, faults: Faults) -> dict[str, str]:
    """Means of payment and the preceding invoice."""
    found = {name: str(sent[name]).strip()[:190] for name in KEPT if name in sent}
    if found.get(KEY) and found[KEY] not in MEANS:
        faults[KEY] = [_("Choose one of the list.")]
    return found


def _client(desk: Desk, key: str, faults: Faults) -> Client | None:
    pk = ids.decode(key)
    rows = desk.seen(Client.objects.live().select_related("group"), "client")
    client = rows.filter(pk=pk).first() if pk is not None else None
    if client is None:
        faults["client_id"] = [_("Choose a client.")]
        return None
    client.company = desk.company
    return client


def _corrected(desk: Desk, key: str) -> Invoice | None:
    """The invoice that a credit note corrects."""
    pk = ids.decode(key)
    return desk.seen(Invoice.objects.live(), "invoice").filter(pk=pk).first() if pk is not None else None


def _invited(client: Client, keys: Sequence[str]) -> list[dict[str, Any]]:
    wanted = {ids.decode(key) for key in keys}
    return [{"contact": each} for each in client.contacts.live() if each.pk in wanted]


def sent_rows(sent: QueryDict) -> list[dict[str, str]]:
    """The lines as they were typed, in their order."""
    rows: dict[int, dict[str, str]] = {}
    for name in sent:
        prefix, at, key = (*name.split(".", 2), "", "")[:3]
        if prefix == "line_items" and at.isdigit() and len(at) < 6:
            rows.setdefault(int(at), {})[key] = str(sent[name])
    return [row for _at, row in sorted(rows.items())]


def is_filled(row: Mapping[str, str]) -> bool:
    """A line that nobody wrote in is left out."""
    return any(row.get(key, "").strip() for key in ("product_key", "notes", "cost"))


def _lines(sent: QueryDict, faults: Faults, *, computing: bool) -> list[dict[str, Any]]:
    return [
        _line(row, f"line_items.{at}", faults, computing=computing)
        for at, row in enumerate(sent_rows(sent))
        if is_filled(row)
    ]


def _line(row: Mapping[str, str], path: str, faults: Faults, *, computing: bool) -> dict[str, Any]:
    line: dict[str, Any] = {key: row[key] for key in LINE_WORDS if key in row}
    for key in LINE_NUMBERS:
        if key in row:
            line[key] = _sum(row[key], f"{path}.{key}", faults)
    if not row.get("quantity", "").strip():
        line["quantity"] = Decimal(1)
    chosen = row.get("tax1", "")
    if chosen.startswith(AUTO):
        code = chosen.removeprefix(AUTO)
        return line | {"tax_id": code if code in COMPUTED else GOODS}
    if computing and "tax1" in row:  # taxed by hand, where the document goes is not asked
        line["tax_id"] = BY_HAND
    for slot in SLOTS:
        if f"tax{slot}" in row:
            line |= read_tax(row[f"tax{slot}"], slot, f"{path}.tax{slot}", faults)
    return line


def lines_of(fields: Mapping[str, Any]) -> list[Line]:
    """The lines of fields that were read, as a document keeps them."""
    return clean(fields["line_items"], bool(fields.get("is_amount_discount")))


def placed(refused: Refused, sent: QueryDict) -> dict[str, Any]:
    """The faults at the lines as they stand in the form: operations count only those that are filled."""
    filled = [at for at, row in enumerate(sent_rows(sent)) if is_filled(row)]
    return {_moved(field, filled): texts for field, texts in refused.errors.items()}


def _moved(field: str, filled: Sequence[int]) -> str:
    head, dot, rest = field.partition(".")
    at, more, key = rest.partition(".")
    if head != "line_items" or not dot or not at.isdigit() or int(at) >= len(filled):
        return field
    return f"{head}.{filled[int(at)]}{more}{key}"
