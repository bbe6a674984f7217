"""Start a document from another: a copy of the same kind or another, a credit note of an invoice.

The address of the editor names the source (``?copy=invoice-<id>`` or ``?corrects=<id>``); nothing is
saved before somebody saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.activity import kinds
from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents.kinds import Kind
from comptoir.office.links import page_url
from comptoir.ui.parts import Action

_INTO = {
    "invoice": gettext_lazy("Copy into an invoice"),
    "quote": gettext_lazy("Copy into a quote"),
    "credit": gettext_lazy("Copy into a credit"),
    "recurring_invoice": gettext_lazy("Copy into a recurring invoice"),
}
COPIED = (
    "discount", "is_amount_discount", "uses_inclusive_taxes", "po_number", "public_notes", "private_notes",
    "tax_name1", "tax_rate1", "custom_surcharge1", "custom_surcharge2", "custom_surcharge3",
    "custom_surcharge4",
)  # fmt: skip
"""What a copy takes over beside client and lines; dates, number and deposit are its own."""


def copy_actions(kind: Kind, desk: Desk, document: Any) -> list[Action]:
    """Duplicate, or copy into another kind."""
    at = f"?copy={kind.entity}-{ids.encode(document.pk)}"
    allowed = [entity for entity in _INTO if desk.may("create", entity)]
    same = (
        [Action(_("Duplicate"), kind.url("new") + at, "copy", divided=True)] if kind.entity in allowed else []
    )
    return same + [
        Action(str(_INTO[entity]), page_url(f"new-{entity}") + at, "copy-plus", divided=not same and n == 0)
        for n, entity in enumerate(each for each in allowed if each != kind.entity)
    ]


def source(desk: Desk, asked: Mapping[str, str]) -> Any:
    """The document that the address wants to start from; None when it names none."""
    if key := asked.get("corrects", ""):
        return _found(desk, "invoice", key)
    entity, _dash, key = asked.get("copy", "").partition("-")
    return _found(desk, entity, key) if entity in _INTO else None


def _found(desk: Desk, entity: str, key: str) -> Any:
    rows = kinds.named(entity).model.objects.select_related("client", "client__group")
    document = desk.find(rows, key, entity)
    if document.client.is_deleted:
        raise Http404
    document.company = document.client.company = desk.company
    return document


def taken_over(document: Any) -> dict[str, Any]:
    """The values of the source that the new form begins with."""
    return {name: getattr(document, name) for name in COPIED}
