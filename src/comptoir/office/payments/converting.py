"""The rate of exchange of payments: of the client's currency, or of one that they are converted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Client
from comptoir.exchange.rates import UNKNOWN, own_currency
from comptoir.office.desk import Desk
from comptoir.office.documents import rate
from comptoir.office.documents.editor import day_of
from comptoir.office.pages import part
from comptoir.payments.converting import converted, other_currency
from comptoir.payments.models import Payment
from comptoir.reference import currency, sorted_by_name
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice, Detail
from comptoir.ui.tags.figures import locale, money

TOWARDS: Final = "exchange_currency_id"
SWITCH: Final = "convert_payment_currency"


def start(place: Desk, client: Client | None, on: date) -> dict[str, Any]:
    """The values of a new payment."""
    return rate.start(place.company, rate.unit_of(None, client), on)


def of_saved(place: Desk, payment: Payment) -> dict[str, Any]:
    """The values of one that is there."""
    begun = rate.start(place.company, unit_of(place, payment), payment.date)
    known = "" if payment.exchange_rate == UNKNOWN and not converted(payment) else payment.exchange_rate
    return begun | {rate.FIELD: known, TOWARDS: payment.exchange_currency_id}


def again(place: Desk, client: Client | None, sent: Mapping[str, str]) -> dict[str, Any]:
    """The values after the client or the date has changed."""
    return rate.kept(start(place, client, day_of(place, sent)), sent)


def around(place: Desk, unit: str, form: Form) -> dict[str, Any]:
    """What stands around the field; where the company wishes, one's own money may be converted too."""
    box: dict[str, Any] = dict(rate.box(place.company, unit, day_of(place, form.values)))
    if not unit and place.company.switch(SWITCH):
        box = {
            "units": _units(place),
            "before": f"1 {getattr(currency(own_currency(place.company)), 'code', '')} =",
            "help": _("In the currency that it is converted to; left empty, the rate of the day."),
        }
    return {"rate": box, "rate_url": reverse("office:rate-payment")}


def unit_of(place: Desk, payment: Payment) -> str:
    """The currency of a saved payment; "" for one's own."""
    return "" if payment.currency_id == own_currency(place.company) else payment.currency_id


def around_saved(place: Desk, payment: Payment, form: Form) -> dict[str, Any]:
    return around(place, unit_of(place, payment), form)


def _units(place: Desk) -> list[Choice]:
    own = own_currency(place.company)
    named = sorted_by_name(currency, locale())
    return [Choice(unit.id, f"{name} ({unit.code})") for name, unit in named if unit.id != own]


def follow(place: Desk) -> HttpResponse:
    """The rate of another date."""
    sent = place.request.POST
    unit = sent.get(rate.UNIT, "")
    begun = rate.start(place.company, unit, day_of(place, sent))
    values = {**rate.kept(begun, sent), TOWARDS: sent.get(TOWARDS, ""), "date": sent.get("date", "")}
    if not unit:
        values[rate.FIELD] = sent.get(rate.FIELD, "")
    form = Form(values)
    return part(place, "documents/rate.html", {"form": form, **around(place, unit, form)})


def read(place: Desk, unit: str, sent: Mapping[str, str], faults: dict[str, list[Any]]) -> dict[str, Any]:
    """The fields that are sent, of a payment in ``unit`` ("" for one's own currency).

    What is no rate and no currency becomes a fault at its place.
    """
    found: dict[str, Any] = {}
    if rate.FIELD in sent:
        found[rate.FIELD] = rate.read(place.company, unit, sent, faults)
    if TOWARDS in sent:
        found[TOWARDS] = sent[TOWARDS]
        if sent[TOWARDS] and currency(sent[TOWARDS]) is None:
            faults[TOWARDS] = [_("Choose one of the list.")]
    return found


def details(payment: Payment) -> list[Detail]:
    """The rate, and what the payment comes to by it."""
    unit = other_currency(payment)
    if not unit:
        return []
    found = converted(payment)
    if found is None:
        code = getattr(currency(own_currency(payment.company)), "code", "")
        return [Detail(_("Exchange rate"), _("Unknown: in no sum in %(code)s") % {"code": code})]
    amount, towards = found
    return [
        Detail(_("Exchange rate"), rate.written(payment.company, unit, payment.exchange_rate)),
        Detail(pgettext("payment", "Converted"), money(amount, currency(towards))),
    ]
