"""Paying in advance: an amount on account, for no invoice; the company applies it later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comptoir.collecting import rules
from comptoir.collecting.starting import Wish
from comptoir.kernel.refused import Refused
from comptoir.portal.pages import page
from comptoir.portal.paying import amounts, going
from comptoir.portal.paying.pages import how
from comptoir.portal.visits import Visit, visit
from comptoir.sales.invoices.models import Invoice
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
@visit()
def pay(there: Visit) -> HttpResponse:
    """Type an amount, then choose how; sent with a way it is paid."""
    if not is_offered(there):
        raise Http404
    sent = there.request.GET if there.request.method != "POST" else there.request.POST
    if there.request.method != "POST" or "count" in sent:
        return _counted(there, sent)
    try:
        amount = _read(there, sent)
        return going.set_off(there, _wish(there, amount, sent), amount)
    except Refused as refused:
        return _drawn(there, sent, refused.errors, status=422)


def is_offered(there: Visit) -> bool:
    """Whether the company takes payments without an invoice."""
    return bool(there.preferences.client_initiated_payments)


def _counted(there: Visit, sent: QueryDict) -> HttpResponse:
    """The page, with ways to pay once there is an amount that can be paid."""
    try:
        if sent.get("amount", "").strip():
            _read(there, sent)
    except Refused as refused:
        return _drawn(there, sent, refused.errors, status=422 if there.request.method == "POST" else 200)
    return _drawn(there, sent, {})


def _read(there: Visit, sent: Mapping[str, str]) -> Decimal:
    """Raises Refused at amount."""
    text = sent.get("amount", "")
    if fault := amounts.fault_of(text, there.client.currency_id):
        raise Refused("amount", fault)
    amount = calculate(text)
    rules.refuse_advance(amount, there.client)
    return amount


def _wish(there: Visit, amount: Decimal, sent: Mapping[str, str]) -> Wish:
    return going.wish_of(
        there,
        sent.get("way", ""),
        parts=[],
        amount=amount,
        keep=bool(sent.get("keep")),
        once=going.once_of(sent),
    )


def _drawn(
    there: Visit, sent: QueryDict, errors: Mapping[str, Sequence[Any]], *, status: int = 200
) -> HttpResponse:
    reader = there.reader(there.client.currency_id)
    smallest = rules.least_in_advance(there.client)
    try:
        amount = Decimal(0) if "amount" in errors else calculate(sent.get("amount", ""))
    except ValueError:
        amount = Decimal(0)
    found = how(there, [], amount, sent=sent, errors={k: v for k, v in errors.items() if k != "amount"})
    form = found["form"]
    context = {
        **found,
        "form": Form({**form.values, "amount": sent.get("amount", "")}, errors),
        "counted": amount > 0,
        "currency": reader.currency.code,
        "least": reader.money(smallest) if smallest > 0 else "",
        "due_url": reverse("portal:pay")
        if Invoice.objects.filter(client=there.client).payable().exists()
        else "",
    }
    return page(there, "paying/advance.html", context, status=status)
