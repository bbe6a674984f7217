"""The client's signature under a document, for those who print it (setting ``signature_on_pdf``)."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from comptoir.billing.documents import BillingDocument
from comptoir.collecting import agreeing
from comptoir.delivery.pdf.facts import Signed
from comptoir.preferences.cascade import Preferences
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote, Status

_PREFIX = "data:image/png;base64,"


def signed(document: BillingDocument, preferences: Preferences) -> Signed | None:
    """What the PDF shows; nothing where nobody signed, or it is not to be printed."""
    return signature_under(document) if preferences.signature_on_pdf else None


def signature_under(document: BillingDocument) -> Signed | None:
    """Who signed an invoice before paying it, or a quote to approve it."""
    if isinstance(document, Invoice):
        found = agreeing.signature_of(document)
        if found is not None:
            at = found.created_at.astimezone(document.company.zone)
            return Signed(found.name or found.by, at, found.ip, _picture(found.drawing))
    if isinstance(document, Quote) and document.status_id in (Status.APPROVED, Status.CONVERTED):
        said = document.approval
        if said.get("at") and (said.get("name") or said.get("signature")):
            at = datetime.fromisoformat(str(said["at"])).astimezone(document.company.zone)
            name = str(said.get("name") or said.get("by") or "")
            return Signed(name, at, str(said.get("ip") or ""), _picture(str(said.get("signature") or "")))
    return None


def _picture(drawing: str) -> bytes:
    try:
        return base64.b64decode(drawing.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return b""
