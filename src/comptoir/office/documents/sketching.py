"""Live totals and the live preview: what stands in the form, saved or not, counted and printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from comptoir.billing import composition, drafting, totals
from comptoir.billing.documents import BillingDocument
from comptoir.clients.models import Client
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.pdf.printing import print_document
from comptoir.designs.looks import look
from comptoir.kernel import formats
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.documents import rate, structured
from comptoir.office.documents.kinds import Kind
from comptoir.office.documents.reading import read
from comptoir.office.documents.tax_reasons import reasons
from comptoir.office.documents.taxes import percent
from comptoir.office.pages import part
from comptoir.reference import currency
from comptoir.ui.tags.figures import locale, money


def count(desk: Desk, kind: Kind) -> HttpResponse:
    """The sums below the lines, counted by the one calculator while somebody types."""
    try:
        document = _sketch(desk, kind)
    except Refused as refused:
        return part(desk, "documents/totals.html", {"refusal": str(refused.sentence)})
    return part(desk, "documents/totals.html", {"sums": sums(document)})


def preview(desk: Desk, kind: Kind) -> HttpResponse:
    """What stands in the form as it would be printed."""
    try:
        document = _sketch(desk, kind)
        content = print_document(facts_of(document), look=look(document.design_id))
    except (Refused, PdfFailed) as failure:
        return HttpResponse(str(failure), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture(content, most=3), content_type="image/webp")


def sums(document: BillingDocument) -> dict[str, Any]:
    """Net, discount, each tax, total: written out."""
    client = document.client
    counted = totals.add_up(composition.described(document, client.preferences, exempt=client.is_tax_exempt))
    unit = currency(document.currency_id)
    home, home_code = rate.at_home(document)
    return {
        "subtotal": money(counted.subtotal, unit),
        "discount": money(-counted.discount, unit) if counted.discount else "",
        "taxes": [(f"{tax.name} {percent(tax.rate)}", money(tax.amount, unit)) for tax in counted.taxes],
        "total": money(counted.amount, unit),
        "home": home,
        "home_code": home_code,
        "reasons": reasons(document),
        "lines": [formats.money(line.line_total, unit, locale()) for line in counted.lines] if unit else [],
    }


def _sketch(desk: Desk, kind: Kind) -> BillingDocument:
    """An unsaved document out of the form; without a client yet, in the company's own currency."""
    sent = desk.request.POST.copy()
    if not sent.get("client_id"):
        sent.pop("client_id", None)  # no fault while somebody types
    fields = read(desk, sent)
    client = fields.pop("client", None) or Client(company=desk.company)
    document = kind.model(client=client, company=desk.company, status_id=1)
    drafting.sketch(document, kind.entity, client.preferences, structured.kept(fields), on=desk.on)
    for name, value in (kind.extra.read(sent, {}) if kind.extra else {}).items():
        setattr(document, name, value)
    document.number = fields.get("number") or ""
    document.updated_at = document.created_at = timezone.now()
    return document
