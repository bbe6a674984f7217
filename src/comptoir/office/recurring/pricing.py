"""Raising the prices of recurring invoices by a percentage: of one, or of the ticked ones."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.attempts import attempt
from comptoir.office.desk import Desk, desk
from comptoir.office.documents.showing import find
from comptoir.office.pages import came_from, go_to, part
from comptoir.office.recurring.kind import RECURRING
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.sales.recurring.operations import increase_prices
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.forms import Form


@require_http_methods(["GET", "POST"])
@desk("view", "recurring_invoice")
def raise_one(place: Desk, key: str) -> HttpResponse:
    """Ask by how much, then raise."""
    recurring = find(place, RECURRING, key, "edit")
    at = RECURRING.url("raise", recurring)
    if place.request.method == "GET":
        return _ask(place, at, [], Form())
    try:
        percentage = _percentage(place)
        increase_prices(recurring, by=place.actor, on=place.on, percentage_increase=percentage)
    except Refused as refused:
        return _ask(place, at, [], _typed(place, refused), status=422)
    toasts.add(place.request, _("The prices are raised."))
    return go_to(place, RECURRING.url("show", recurring))


@require_http_methods(["GET", "POST"])
@desk("view", "recurring_invoice")
def raise_several(place: Desk) -> HttpResponse:
    """The same for the ticked rows of the list; those that one may not edit stay as they are."""
    asked = place.request.GET if place.request.method == "GET" else place.request.POST
    keys = asked.getlist("ids")[:1000]
    at = RECURRING.url("raise-several")
    if place.request.method == "GET":
        return _ask(place, at, keys, Form())
    try:
        percentage = _percentage(place)
    except Refused as refused:
        return _ask(place, at, keys, _typed(place, refused), status=422)
    done = sum(_raised(place, row, percentage) for row in _ticked(place, keys))
    said = ngettext("%(n)s document changed.", "%(n)s documents changed.", done) % {"n": done}
    toasts.add(place.request, said)
    target = came_from(place, RECURRING.list_url)
    return go_to(place, target) if place.request.headers.get("HX-Request") else redirect(target)


def _ticked(place: Desk, keys: list[str]) -> list[RecurringInvoice]:
    found = RecurringInvoice.objects.live().filter(pk__in=ids.decode_all(keys))
    rows = found.select_related("client", "client__group")
    able = [row for row in rows.order_by("pk") if place.may("edit", RECURRING.entity, row)]
    for row in able:
        row.company = row.client.company = place.company
    return able


def _raised(place: Desk, row: RecurringInvoice, percentage: Decimal) -> bool:
    return attempt(
        place, lambda: increase_prices(row, by=place.actor, on=place.on, percentage_increase=percentage)
    )


def _percentage(place: Desk) -> Decimal:
    try:
        found = calculate(place.request.POST.get("percentage_increase", ""))
    except ValueError as error:
        raise Refused("percentage_increase", _("This is not a number.")) from error
    if not found or not -100 < found <= 1000:
        raise Refused("percentage_increase", _("Say by how many percent, such as 3 or 2.5."))
    return found


def _typed(place: Desk, refused: Refused) -> Form:
    return Form(dict(place.request.POST.items()), refused.errors)


def _ask(place: Desk, url: str, keys: list[str], form: Form, *, status: int = 200) -> HttpResponse:
    return part(place, "recurring/raise.html", {"url": url, "ids": keys, "form": form}, status=status)
