"""What the editor of a document shows before anybody has typed, and the table of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.billing import composition, destined, due
from comptoir.billing.documents import SLOTS, BillingDocument
from comptoir.billing.lines import GATEWAY_FEES, Line
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents import rate, structured
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.reading import DAYS, LINE_NUMBERS, LINE_WORDS, SUMS, WORDS
from comptoir.office.documents.taxes import (
    computed_choices,
    default_tax,
    line_choice,
    tax_choice,
    tax_choices,
    usual_category,
)
from comptoir.office.links import page_url
from comptoir.preferences.custom_fields import CustomField, FieldKind, custom_fields
from comptoir.reference import currency
from comptoir.ui.lines import LineColumn, LineTable
from comptoir.ui.tags.figures import money

EMPTY_LINE: Final = {"quantity": Decimal(1)}
_TERMS: Final = {"invoice": "payment_terms", "quote": "valid_until"}
"""The setting that says how many days after its date a document falls due, or is valid."""


def form_of(kind: Kind, document: BillingDocument) -> dict[str, Any]:
    """The values that the form of a saved document shows."""
    values = {name: getattr(document, name) for name in (*SUMS, *DAYS, *WORDS)}
    values |= structured.shown(document)
    values |= kind.extra.shown(document) if kind.extra else {}
    return values | {
        "client_id": ids.encode(document.client_id),
        "design_id": str(document.design_id or ""),
        "is_amount_discount": "amount" if document.is_amount_discount else "percent",
        "tax": tax_choice(document.tax_name1, document.tax_rate1),
        rate.FIELD: rate.stored(document),
    }


def shown_of(kind: Kind, document: BillingDocument) -> dict[str, Any]:
    """All that the form shows, its lines and people too: what a version is made of."""
    invited = document.invitations.live().order_by("contact_id").values_list("contact_id", flat=True)  # type: ignore[attr-defined]
    return form_of(kind, document) | {"line_items": line_rows(document), "contacts": list(invited)}


def start_of(kind: Kind, client: Client | None, on: date) -> dict[str, Any]:
    """The values of a new document; those of its client when one is known (S21, S79)."""
    values: dict[str, Any] = {"date": on, "is_amount_discount": "percent"}
    values |= kind.extra.start(client, on) if kind.extra else {}
    if client is None:
        return values
    values |= rate.start(client.company, rate.unit_of(None, client), on, follows=not kind.model.takes_rate)
    start = composition.starting_values(kind.entity, client, client.preferences, on=on)
    values |= {name: start[name] for name in ("terms", "footer", "public_notes")}
    values |= {"client_id": ids.encode(client.pk), "design_id": str(start["design_id"] or "")}
    return values | {"due_date": due_date(kind, client, on)}


def due_date(kind: Kind, client: Client, on: date) -> date | None:
    """The day that the client's terms give (decision M8: forms fill it in)."""
    setting = _TERMS.get(kind.entity)
    return due.due_date(on, client.preferences, setting) if setting else None


def line_rows(
    document: BillingDocument, *, computing: bool | None = None, fees: bool = True
) -> list[dict[str, Any]]:
    """The lines as the table shows them; one empty line when there is none.

    ``computing``: their taxes follow from where they go; by default as the document itself has it.
    Without ``fees``, those of a way of paying stay behind (decision M6).
    """
    computing = destined.is_computed(document) if computing is None else computing
    rows = []
    for line in document.lines:
        if line.type_id in GATEWAY_FEES and not fees:
            continue
        row: dict[str, Any] = {key: getattr(line, key) for key in (*LINE_NUMBERS, *LINE_WORDS)}
        row |= {f"tax{slot}": line_choice(line, slot, computing=computing) for slot in SLOTS}
        rows.append(row)
    return rows or [dict(EMPTY_LINE)]


def in_words(lines: Sequence[Line]) -> str:
    """Lines for somebody who compares: what, how many, at what price."""
    said = (f"{line.product_key or line.notes[:40]} {line.quantity:f} × {line.cost:f}" for line in lines)
    return " · ".join(said)


def line_totals(document: BillingDocument) -> list[Any]:
    """What each line comes to, written out."""
    unit = currency(document.currency_id)
    return [money(line.line_total, unit) for line in document.lines]


def line_table(
    desk: Desk,
    kind: Kind,
    rows: Sequence[Mapping[str, Any]],
    totals: Sequence[Any],
    errors: Mapping[str, Any],
    *,
    computing: bool,
) -> LineTable:
    """The table with the columns that the company uses; what has no column travels along unseen."""
    columns = [
        LineColumn(
            "product_key", _("Item"), width="wide", suggest_url=page_url("suggest-product"),
            suggest_with="client_id exchange_rate", placeholder=_("Item"),
        ),
        LineColumn("notes", _("Description"), "area", placeholder=_("Description"), below=True),
        *_own(desk),
        LineColumn("cost", _("Unit price"), "number", "small", blank=""),
        LineColumn("quantity", _("Quantity"), "number", "small", blank="1"),
        LineColumn(
            "unit_code", _("Unit"), "select", options=structured.unit_choices(rows), blank="C62", below=True
        ),
        *_discount(desk),
        *_taxes(desk, rows, computing=computing),
    ]  # fmt: skip
    shown = {column.key for column in columns}
    slots = [f"tax{slot}" for slot in SLOTS]
    hidden = [key for key in (*LINE_WORDS, *LINE_NUMBERS, *slots) if key not in shown]
    url = page_url(f"totals-{kind.entity}")
    return LineTable(columns, rows, totals_url=url, totals=totals, hidden=hidden, errors=errors)


def _own(desk: Desk) -> list[LineColumn]:
    """The company's own fields of products, below the description."""
    return [_own_cell(field) for field in custom_fields(desk.company.custom_fields, "product")]


def _own_cell(field: CustomField) -> LineColumn:
    options: list[Any] = list(field.options)
    if field.kind is FieldKind.SWITCH:
        options = [("yes", _("Yes")), ("no", _("No"))]
    if not options:
        return LineColumn(field.name, field.label, placeholder=field.label, below=True)
    unset = ("", f"{field.label} —")
    return LineColumn(field.name, field.label, "select", options=[unset, *options], below=True)


def _discount(desk: Desk) -> list[LineColumn]:
    wanted = desk.company.switch("enable_product_discount")
    return [LineColumn("discount", _("Discount"), "number", "small", blank="")] if wanted else []


def _taxes(desk: Desk, rows: Sequence[Mapping[str, Any]], *, computing: bool) -> list[LineColumn]:
    """One column, or as many as the company has switched on; none where there is no tax at all."""
    choices = tax_choices(rows)
    if computing:
        options = [*computed_choices(), *choices]
        return [LineColumn("tax1", _("Tax"), "select", options=options, blank=usual_category(desk))]
    wanted = max(1, int(desk.company.switch("enabled_item_tax_rates") or 0)) if len(choices) > 1 else 0
    return [
        LineColumn(f"tax{slot}", _("Tax"), "select", options=choices, blank=default_tax(desk, slot))
        for slot in SLOTS[:wanted]
    ]
