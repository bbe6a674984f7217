"""Who signed a document, and who accepted its terms: with the moment and the address, as proof."""

from __future__ import annotations

import base64
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comptoir.billing.documents import BillingDocument
from comptoir.collecting.models import Agreement
from comptoir.delivery.documents.signatures import signature_under
from comptoir.kernel import formats
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.parts import Detail
from comptoir.ui.tags.figures import locale


def proofs(document: BillingDocument) -> list[Detail]:
    """The latest signature; of an invoice, whoever accepted its terms last."""
    signed = signature_under(document)
    found = []
    if signed:
        found.append(Detail(_("Signed by"), _proof(signed.name, signed.at, signed.ip)))
    if signed and signed.picture:
        found.append(Detail(_("Signature"), _drawn(signed.picture), "html"))
    accepted = _accepted(document) if isinstance(document, Invoice) else None
    if accepted is not None:
        at = accepted.created_at.astimezone(document.company.zone)
        found.append(Detail(_("Terms accepted by"), _proof(accepted.by, at, accepted.ip)))
    return found


def _accepted(invoice: Invoice) -> Agreement | None:
    return Agreement.objects.filter(invoice=invoice).exclude(terms="").order_by("-pk").first()


def _drawn(picture: bytes) -> SafeString:
    content = base64.b64encode(picture).decode()
    return format_html('<img src="data:image/png;base64,{}" alt="{}" height="56">', content, _("Signature"))


def _proof(name: str, at: datetime, ip: str) -> str:
    return " · ".join(part for part in (name, formats.moment(at, locale()), ip) if part)
