"""What a client is asked to agree to before paying: terms to accept, a signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from comptoir.collecting.agreeing import Proof
from comptoir.kernel.refused import Refused
from comptoir.portal.signatures import signed
from comptoir.portal.visits import Visit
from comptoir.sales.invoices.models import Invoice


def terms(there: Visit, invoices: Sequence[Invoice]) -> str:
    """The words to accept: those on the invoices, else the company's; nothing where none are asked."""
    chosen = there.preferences
    if not chosen.show_accept_invoice_terms:
        return ""
    own = dict.fromkeys(one.terms.strip() for one in invoices if one.terms.strip())
    return "\n\n".join(own) or str(chosen.invoice_terms or chosen.client_portal_terms)


def wants_signature(there: Visit) -> bool:
    return bool(there.preferences.require_invoice_signature)


def read(there: Visit, invoices: Sequence[Invoice], sent: Mapping[str, str]) -> Proof | None:
    """What was agreed to."""
    words = terms(there, invoices) if sent.get("terms") else ""
    if not wants_signature(there):
        return Proof(terms=words) if words else None
    kept = signed(sent.get("signature", ""), sent.get("drawing", ""), required=False)
    return Proof(kept.get("name", ""), kept.get("signature", ""), words)


def refuse_missing(there: Visit, invoices: Sequence[Invoice], sent: Mapping[str, str]) -> None:
    """Raises Refused at terms and signature."""
    faults: dict[str, list[Any]] = {}
    if terms(there, invoices) and not sent.get("terms"):
        faults["terms"] = [_("Please accept the terms.")]
    try:
        signed(sent.get("signature", ""), sent.get("drawing", ""), required=wants_signature(there))
    except Refused as refused:
        faults |= refused.errors
    if faults:
        raise Refused.many(faults)
