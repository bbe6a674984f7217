"""What a webhook posts: the record as the API shows it, without envelope (contract rules 19)."""

from __future__ import annotations

from typing import Final

from comptoir.api.registry import registry
from comptoir.contract.fetching import fetch
from comptoir.contract.fields.objects import EXACT

INCLUDES: Final = {"payment": "invoices,client"}


def body_of(kind: str, key: int) -> bytes | None:
    """The JSON of a row of the company in scope; None when it is gone, or no resource shows its kind."""
    for resource in registry().resources.values():
        if resource.model._meta.model_name == kind:
            plan = registry().plan(resource, INCLUDES.get(kind, "client"), strict=False)
            held = resource.rows().filter(pk=key).exists()
            rows = fetch(plan, [key]) if held else []
            return EXACT.encode(rows[0]) if rows else None
    return None
