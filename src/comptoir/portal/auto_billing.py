"""Automatic payment of recurring invoices: whether it is on, and the client's switch where there is one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.gateways.offers import stored_methods
from comptoir.kernel.refused import Refused
from comptoir.portal.documents import showing
from comptoir.portal.documents.kinds import RECURRING
from comptoir.portal.pages import to
from comptoir.portal.visits import Visit, visit
from comptoir.sales.recurring.auto_billing import choose_auto_bill, may_choose
from comptoir.sales.recurring.models import AutoBill, RecurringInvoice
from comptoir.sales.recurring.rules import may_end


@require_POST
@visit()
def choose(there: Visit, key: str) -> HttpResponse:
    """Turn it on or off."""
    recurring: RecurringInvoice = showing.find(there, RECURRING, key)
    is_on = there.request.POST.get("auto_bill") == "on"
    try:
        choose_auto_bill(recurring, is_on=is_on, by=there.actor, on=there.on)
    except Refused:
        return to("portal:recurring_invoice", key)
    return to("portal:recurring_invoice", key, done="auto_bill_on" if is_on else "auto_bill_off")


def shown(there: Visit, recurring: RecurringInvoice) -> dict[str, Any] | None:
    """The panel of a schedule's page; none where the company never charges by itself."""
    if recurring.auto_bill == AutoBill.OFF or not may_end(recurring):
        return None
    is_on = recurring.auto_bill_enabled
    methods = stored_methods(there.client) if there.is_whole else []
    return {
        "is_on": is_on,
        "says": _says(there, str(methods[0]) if methods else "") if is_on else "",
        "lacks_method": is_on and there.is_whole and not methods,
        "methods_url": reverse("portal:payment-methods") if there.is_whole else "",
        "may_choose": may_choose(recurring) and not there.session.is_silent,
        "choose_url": RECURRING.url(recurring, "auto_bill") if there.is_whole else "",
    }


def _says(there: Visit, method: str) -> str:
    """What is charged, and when."""
    on_sending = there.preferences.auto_bill_date == "on_send_date"
    if not method:
        return (
            _("Each invoice is charged on the day it is sent.")
            if on_sending
            else _("Each invoice is charged on its due date.")
        )
    said = (
        _("Each invoice is charged to %(method)s on the day it is sent.")
        if on_sending
        else _("Each invoice is charged to %(method)s on its due date.")
    )
    return said % {"method": method}
