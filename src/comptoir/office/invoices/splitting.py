"""Let an invoice be paid in instalments: equal parts, one each week, month or quarter."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.gateways.models import CompanyGateway
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.showing import find
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.pages import go_to, part
from comptoir.reference import currency
from comptoir.sales.invoices.instalments import MOST, planned, split
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import set_instalments
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.tags.figures import money

RHYTHMS: Final = (
    ("2", gettext_lazy("Week")),
    ("3", gettext_lazy("Two weeks")),
    ("5", gettext_lazy("Month")),
    ("6", gettext_lazy("Two months")),
    ("7", gettext_lazy("Quarter")),
)


@require_http_methods(["GET", "POST"])
@desk("view", "invoice")
def instalments(place: Desk, key: str) -> HttpResponse:
    """The dialog. POST splits the invoice; ``at_once`` takes the instalments back."""
    invoice = find(place, INVOICES, key, "edit")
    if place.request.method == "GET":
        return _dialog(place, invoice, Form(_start(invoice, place.on)))
    sent = place.request.POST
    try:
        said = [] if "at_once" in sent else _said(invoice, sent)
        set_instalments(
            invoice,
            said,
            by=place.actor,
            on=place.on,
            mails=sent.get("mails", "1") == "1",
            charges=sent["charges"] == "1" if "charges" in sent else None,
        )
    except Refused as refused:
        errors = {name if name in ("count", "first") else "": texts for name, texts in refused.errors.items()}
        return _dialog(place, invoice, Form(dict(sent.items()), errors), status=422)
    toasts.add(place.request, _("The instalments are planned.") if said else _("It is due at once again."))
    return go_to(place, INVOICES.url("show", invoice))


def _start(invoice: Invoice, on: date) -> dict[str, Any]:
    rows = planned(invoice)
    return {
        "count": len(rows) or 3,
        "first": rows[0].on if rows else on,
        "rhythm": "5",
        "mails": not any(row.silent for row in rows),
        "charges": invoice.auto_bill_enabled,
    }


def _said(invoice: Invoice, sent: Any) -> list[dict[str, Any]]:
    count = sent.get("count", "").strip()
    if not count.isdecimal() or not 2 <= int(count) <= MOST:
        raise Refused("count", _("Say from 2 to %(most)s instalments.") % {"most": MOST})
    try:
        first = date.fromisoformat(sent.get("first", ""))
    except ValueError as error:
        raise Refused("first", _("This is not a date.")) from error
    rhythm = sent.get("rhythm", "")
    rhythm = rhythm if rhythm in dict(RHYTHMS) else "5"
    rows = split(invoice.amount, int(count), first, rhythm, invoice.precision)
    return [{"date": row.on, "amount": row.amount} for row in rows]


def _dialog(place: Desk, invoice: Invoice, form: Form, *, status: int = 200) -> HttpResponse:
    unit = currency(invoice.currency_id)
    context = {
        "form": form,
        "rhythms": RHYTHMS,
        "rows": [{"on": row.on, "amount": money(row.amount, unit)} for row in planned(invoice)],
        "url": INVOICES.url("instalments", invoice),
        "charged": invoice.auto_bill_enabled or CompanyGateway.objects.active().exists(),
    }
    return part(place, "invoices/instalments.html", context, status=status)
