"""The editor of a document: what its form shows, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.billing.composition import EDITABLE
from comptoir.billing.documents import SLOTS, BillingDocument
from comptoir.catalogue.models import TaxRate
from comptoir.clients.models import Client
from comptoir.kernel import formats, ids
from comptoir.kernel.money import digits, to_micros
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.reference import currency
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form
from comptoir.ui.lines import LineColumn, LineTable
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import locale, money

SUMS = ("discount", "partial", "custom_surcharge1", "custom_surcharge2", "custom_surcharge3", "custom_surcharge4")
DAYS = ("date", "due_date", "partial_due_date", "delivery_date")
WORDS = ("number", "po_number", "terms", "footer", "public_notes", "private_notes")
LINE_NUMBERS = ("cost", "quantity", "discount")
LINE_HIDDEN = ("type_id", "task_id", "expense_id", "tax_id", "unit_code", "product_cost")
EMPTY_LINE = {"quantity": Decimal(1)}


def read(desk: Desk, sent: QueryDict) -> dict[str, Any]:
    """The fields of a form as the operations take them. Raises Refused with every fault."""
    faults: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    fields |= {name: _sum(sent[name], name, faults) for name in SUMS if name in sent}
    fields |= {name: _day(sent[name], name, faults) for name in DAYS if name in sent}
    for name in ("is_amount_discount", "uses_inclusive_taxes"):
        if name in sent:
            fields[name] = sent[name] in ("1", "true", "amount")
    if "tax" in sent:
        fields |= _tax(sent["tax"], 1)
    fields["line_items"] = _lines(sent, faults)
    if "client_id" in sent:
        fields["client"] = _client(desk, sent["client_id"], faults)
    if "contacts" in sent and fields.get("client"):
        fields["invitations"] = _invited(fields["client"], sent.getlist("contacts"))
    if faults:
        raise Refused.many(faults)
    return {name: value for name, value in fields.items() if name in EDITABLE or name in _MORE}


_MORE = frozenset({"client", "line_items", "invitations"})


def _sum(text: str, name: str, faults: dict[str, list[Any]]) -> Decimal:
    try:
        return calculate(text)
    except ValueError:
        faults[name] = [_("This is not a number.")]
        return Decimal(0)


def _day(text: str, name: str, faults: dict[str, list[Any]]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults[name] = [_("This is not a date.")]
        return None


def _client(desk: Desk, key: str, faults: dict[str, list[Any]]) -> Client | None:
    pk = ids.decode(key)
    client = desk.seen(Client.objects.live(), "client").filter(pk=pk).first() if pk is not None else None
    if client is None:
        faults["client_id"] = [_("Choose a client.")]
    return client


def _invited(client: Client, keys: Sequence[str]) -> list[dict[str, Any]]:
    wanted = {ids.decode(key) for key in keys}
    return [{"contact": each} for each in client.contacts.live() if each.pk in wanted]


def _tax(choice: str, slot: int) -> dict[str, Any]:
    """A tax out of its choice: "20|VAT"."""
    rate, _bar, name = choice.partition("|")
    return {f"tax_name{slot}": name, f"tax_rate{slot}": Decimal(rate or 0)}


def _lines(sent: QueryDict, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, str]] = {}
    for name in sent:
        prefix, at, key = (*name.split(".", 2), "", "")[:3]
        if prefix == "line_items" and at.isdigit():
            rows.setdefault(int(at), {})[key] = sent[name]
    return [
        _line(row, f"line_items.{at}", faults)
        for at, (_place, row) in enumerate(sorted(rows.items()))
        if _is_filled(row)
    ]


def _is_filled(row: Mapping[str, str]) -> bool:
    """A line that nobody wrote in is left out."""
    return any(row.get(key, "").strip() for key in ("product_key", "notes", "cost"))


def _line(row: Mapping[str, str], path: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    line: dict[str, Any] = {key: row[key] for key in ("product_key", "notes", *LINE_HIDDEN) if key in row}
    for key in LINE_NUMBERS:
        if key in row:
            line[key] = _sum(row[key], f"{path}.{key}", faults)
    if not row.get("quantity", "").strip():
        line["quantity"] = Decimal(1)
    for slot in SLOTS:
        if f"tax{slot}" in row:
            line |= _tax(row[f"tax{slot}"], slot)
    return line


def form_of(document: BillingDocument | None, start: Mapping[str, Any]) -> dict[str, Any]:
    """The values a form shows before anybody typed."""
    if document is None:
        return dict(start)
    values = {name: getattr(document, name) for name in (*SUMS, *DAYS, *WORDS)}
    values |= {
        "client_id": ids.encode(document.client_id),
        "is_amount_discount": "amount" if document.is_amount_discount else "percent",
        "uses_inclusive_taxes": document.uses_inclusive_taxes,
        "tax": tax_choice(document.tax_name1, document.tax_rate1),
    }
    return values


def line_rows(document: BillingDocument | None) -> list[dict[str, Any]]:
    """The lines as the table shows them; one empty line on a new document."""
    if document is None:
        return [dict(EMPTY_LINE)]
    rows = []
    for line in document.lines:
        row: dict[str, Any] = {key: getattr(line, key) for key in (*LINE_NUMBERS, *LINE_HIDDEN)}
        row |= {"product_key": line.product_key, "notes": line.notes}
        row |= {
            f"tax{slot}": tax_choice(getattr(line, f"tax_name{slot}"), getattr(line, f"tax_rate{slot}"))
            for slot in SLOTS
        }
        rows.append(row)
    return rows or [dict(EMPTY_LINE)]


def sent_rows(sent: QueryDict) -> list[dict[str, Any]]:
    """The lines as they were typed, for a form that is shown again."""
    rows: dict[int, dict[str, Any]] = {}
    for name in sent:
        prefix, at, key = (*name.split(".", 2), "", "")[:3]
        if prefix == "line_items" and at.isdigit():
            rows.setdefault(int(at), {})[key] = sent[name]
    return [row for _at, row in sorted(rows.items())] or [dict(EMPTY_LINE)]


def line_table(
    desk: Desk, kind: Kind, rows: Sequence[Mapping[str, Any]], totals: Sequence[Any], errors: Mapping[str, Any]
) -> LineTable:
    """The table of lines with the columns that the company uses."""
    columns = [
        LineColumn(
            "product_key", _("Item"), width="wide", suggest_url=reverse("office:suggest-product"),
            placeholder=_("Item"),
        ),
        LineColumn("notes", _("Description"), "area", placeholder=_("Description"), below=True),
        LineColumn("cost", _("Unit price"), "number", "small", blank=""),
        LineColumn("quantity", _("Quantity"), "number", "small", blank="1"),
    ]  # fmt: skip
    if desk.company.switch("enable_product_discount"):
        columns.append(LineColumn("discount", _("Discount"), "number", "small", blank=""))
    taxes = tax_choices(rows)
    for slot in SLOTS[: max(1, int(desk.company.switch("enabled_item_tax_rates") or 0)) if len(taxes) > 1 else 0]:
        blank = _default_tax(desk, slot)
        columns.append(LineColumn(f"tax{slot}", _("Tax"), "select", "small", options=taxes, blank=blank))
    return LineTable(
        columns,
        rows,
        totals_url=reverse(f"office:totals-{kind.entity}"),
        totals=totals,
        hidden=LINE_HIDDEN,
        errors=errors,
    )


def tax_choices(rows: Sequence[Mapping[str, Any]] = ()) -> list[Choice]:
    """The company's tax rates, and those that the lines have though nobody kept them."""
    rates = [(rate.name, rate.rate) for rate in TaxRate.objects.active().order_by("-rate", "name")]
    known = {tax_choice(name, rate): f"{name} {percent(rate)}" for name, rate in rates}
    for row in rows:
        for slot in SLOTS:
            value = str(row.get(f"tax{slot}") or "")
            if value and value not in known:
                rate, _bar, name = value.partition("|")
                known[value] = f"{name} {rate} %"
    return [Choice("", _("No tax")), *(Choice(value, label) for value, label in known.items())]


def _default_tax(desk: Desk, slot: int) -> str:
    preferences = desk.preferences
    name = str(preferences[f"tax_name{slot}"])
    return tax_choice(name, preferences[f"tax_rate{slot}"]) if name else ""


def tax_choice(name: str, rate: Any) -> str:
    return f"{digits(to_micros(Decimal(rate)))}|{name}" if name else ""


def percent(rate: Decimal) -> str:
    return formats.percent(rate, locale())


def line_totals(document: BillingDocument) -> list[Any]:
    """What each line comes to, written out."""
    unit = currency(document.currency_id)
    return [money(line.line_total, unit) for line in document.lines]


def refusal(values: Mapping[str, Any], refused: Refused) -> Form:
    """The form again, with what was typed and what is wrong."""
    return Form(values, refused.errors)
