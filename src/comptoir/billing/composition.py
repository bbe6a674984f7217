"""How a document is put together: starting values, what a person sent, the counted totals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.activity.operations import changed
from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.preferences.cascade import Preferences

from . import destined, exchanging, lines, totals
from .documents import SLOTS, SURCHARGES, BillingDocument

EDITABLE = frozenset(
    {
        "assigned_user",
        "auto_bill_enabled",
        "buyer_reference",
        "date",
        "delivery_date",
        "design_id",
        "discount",
        "due_date",
        "e_invoice",
        "exchange_rate",
        "footer",
        "is_amount_discount",
        "location",
        "number",
        "partial",
        "partial_due_date",
        "period_end",
        "period_start",
        "po_number",
        "private_notes",
        "public_notes",
        "terms",
        "uses_inclusive_taxes",
        *(f"tax_name{slot}" for slot in SLOTS),
        *(f"tax_rate{slot}" for slot in SLOTS),
        *(f"custom_surcharge{slot}" for slot in SURCHARGES),
        *(f"custom_value{slot}" for slot in SURCHARGES),
    }
)


SPOKEN_AS = {"recurring_invoice": "invoice"}
"""Kinds that take the words and the design of another."""


def starting_values(kind: str, client: Client, preferences: Preferences, *, on: date) -> dict[str, Any]:
    """What a new document of ``kind`` ("invoice", "quote", …) says before anybody sent a word.

    Contract rules 11 step 2; the client's public notes fill in only where nothing was sent (C20).
    """
    kind = SPOKEN_AS.get(kind, kind)
    return {
        "date": on,
        "terms": getattr(preferences, f"{kind}_terms", ""),
        "footer": getattr(preferences, f"{kind}_footer", ""),
        "public_notes": client.public_notes,
        "design_id": ids.decode(getattr(preferences, f"{kind}_design_id", "")),
        "uses_inclusive_taxes": bool(preferences.inclusive_taxes),
        "is_amount_discount": True,
        "buyer_reference": client.buyer_reference,
    }


def put(document: BillingDocument, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what was sent; answer what really changed. What this kind of document has not is left out."""
    own = {name: value for name, value in fields.items() if name in EDITABLE and hasattr(document, name)}
    return changed(document, own)


def put_lines(document: BillingDocument, raw: Any) -> None:
    """Set the lines sent. Raises Refused at ``line_items.<n>.<key>`` for a number that is none."""
    document.line_items = lines.write(lines.clean(raw, document.is_amount_discount))


def count(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    """Recount everything that is computed: lines, taxes, amount. Never writes to the database.

    The currency is the client's until the document is issued (decision P7), its rate that of its day.
    """
    _prepare(document, client, preferences)
    _tax_by_destination(document, client, preferences)
    if client.is_tax_exempt:
        for slot in SLOTS:
            setattr(document, f"tax_name{slot}", "")
            setattr(document, f"tax_rate{slot}", Decimal(0))
    _add_up(document, preferences, exempt=client.is_tax_exempt)


def count_as_said(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    """The same with the taxes that it names, whoever the client is and wherever it goes."""
    _prepare(document, client, preferences)
    _add_up(document, preferences, exempt=False)


def _prepare(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    if document.status_id == 1:
        exchanging.follow_client(document, client)
        exchanging.fill_rate(document, client)
        document.snapshot = {"rappen": bool(preferences.enable_rappen_rounding)}
    for slot in SURCHARGES:
        setattr(
            document, f"custom_surcharge_tax{slot}", client.company.switch(f"custom_surcharge_taxes{slot}")
        )


def _add_up(document: BillingDocument, preferences: Preferences, *, exempt: bool) -> None:
    result = totals.add_up(described(document, preferences, exempt=exempt))
    document.line_items = lines.write(result.lines)
    document.amount = result.amount
    document.total_taxes = result.total_taxes


def _tax_by_destination(document: BillingDocument, client: Client, preferences: Preferences) -> None:
    if not client.is_tax_exempt and destined.is_computed(document):
        taxed = lines.read(document.line_items)
        destined.apply(document, taxed, preferences)
        document.line_items = lines.write(taxed)
    elif document.status_id == 1 and destined.KEY in document.tax_info:
        document.tax_info = {k: v for k, v in document.tax_info.items() if k != destined.KEY}


def described(
    document: BillingDocument, preferences: Preferences, *, exempt: bool = False
) -> totals.Document:
    """The document as the calculator reads it."""
    return totals.Document(
        lines=_lines(document),
        discount=document.discount,
        is_amount_discount=document.is_amount_discount,
        taxes=tuple((getattr(document, f"tax_name{n}"), getattr(document, f"tax_rate{n}")) for n in SLOTS),
        surcharges=tuple(getattr(document, f"custom_surcharge{n}") for n in SURCHARGES),
        surcharge_taxes=tuple(getattr(document, f"custom_surcharge_tax{n}") for n in SURCHARGES),
        inclusive=document.uses_inclusive_taxes,
        precision=document.precision,
        rappen=bool(document.snapshot.get("rappen", preferences.enable_rappen_rounding)),
        exempt=exempt,
    )


def _lines(document: BillingDocument) -> list[lines.Line]:
    """The stored lines, their discounts read as the document's are (contract rules 10)."""
    read = lines.read(document.line_items)
    for line in read:
        line.is_amount_discount = document.is_amount_discount
    return read
