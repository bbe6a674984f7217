"""The parts of a page that a design of a company may name as a whole: tables, parties, totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from comptoir.designs.page import Block, Page, Table

IDS: Final = {
    "product-table": "product_table",
    "delivery-note-table": "product_table",
    "task-table": "task_table",
    "client-details": "client_details",
    "vendor-details": "client_details",
    "company-details": "company_details",
    "company-address": "company_address",
    "shipping-details": "delivery_address",
    "entity-details": "entity_details",
    "table-totals": "totals_table",
    "totals": "totals_table",
    "payment-slip": "payment_slip",
    "tables": "tables",
}
"""Elements that are filled by their id, as designs exported from other programs expect."""

_PARTS: Final = {
    "totals_table": "totals",
    "taxes_table": "taxes",
    "payment_slip": "slip",
    "texts": "texts",
    "company_logo": "logo",
}
_NUMBERS: Final = {
    "page_number": '<span class="own-page"></span>',
    "page_count": '<span class="own-pages"></span>',
}
NAMES: Final = frozenset((
    *_PARTS, *_NUMBERS, "product_table", "task_table", "tables", "client_details", "company_details",
    "company_address", "delivery_address", "entity_details", "mentions", "identity",
))  # fmt: skip


def blocks(page: Page) -> Iterator[tuple[str, SafeString]]:
    """Each block by its name; the tables come from `table`."""
    for name, template in _PARTS.items():
        yield name, _drawn(f"parts/{template}", page=page)
    for name, html in _NUMBERS.items():
        yield name, mark_safe(html)  # noqa: S308 our own
    yield "client_details", _party(page.client)
    yield "company_details", _party(page.company)
    yield "company_address", _drawn("own/lines", lines=[line for line in page.company.lines if line.plain])
    yield "delivery_address", _party(page.delivery) if page.delivery else SafeString()
    yield "entity_details", _drawn("own/details", page=page)
    yield "mentions", mark_safe(escape(" ".join(page.mentions)))  # noqa: S308 escaped
    yield "identity", mark_safe(escape(page.identity))  # noqa: S308 escaped


def table(page: Page, tables: Sequence[Table]) -> SafeString:
    """Tables with the columns that the company chose."""
    return _drawn("own/items", page=page, tables=tables) if tables else SafeString()


def _party(block: Block) -> SafeString:
    return _drawn("own/party", block=block)


def _drawn(template: str, **context: object) -> SafeString:
    return render_to_string(f"designs/{template}.html", context)
