"""Make a document's words those of the company (contract rules 9, save_default_*)."""

from __future__ import annotations

from datetime import date

from comptoir.activity.actors import Actor
from comptoir.billing.documents import BillingDocument
from comptoir.delivery.documents.sending import TEMPLATES
from comptoir.preferences.operations import update_company


def save_default_terms(document: BillingDocument, *, by: Actor, on: date) -> None:
    _save(document, "terms", by=by, on=on)


def save_default_footer(document: BillingDocument, *, by: Actor, on: date) -> None:
    _save(document, "footer", by=by, on=on)


def _save(document: BillingDocument, part: str, *, by: Actor, on: date) -> None:
    series = TEMPLATES.get(document.kind.entity, document.kind.entity)
    words = {f"{series}_{part}": getattr(document, part)}
    update_company(document.company, {"settings": words}, by=by, on=on)
