"""The dashboard: what is owed, what came in, what waits."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from comptoir.activity.models import Activity
from comptoir.activity.sentences import told
from comptoir.clients.models import Client
from comptoir.kernel import formats
from comptoir.office.desk import Desk, desk
from comptoir.office.invoices import INVOICES
from comptoir.office.links import record_url
from comptoir.office.pages import page
from comptoir.office.quotes import QUOTES
from comptoir.payments.models import Payment
from comptoir.payments.models import Status as PaymentStatus
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.quotes.models import Quote
from comptoir.ui.parts import Stat
from comptoir.ui.tags.figures import day, locale, money

MONTHS = 12
SHOWN = 6


@require_GET
@desk("view", "dashboard")
def home(place: Desk) -> HttpResponse:
    """The first page; a member without the right to the figures sees what waits for them."""
    context: dict[str, Any] = {
        "late": _invoices(place, _seen(place).overdue(place.on).order_by("due_date", "pk")),
        "coming": _invoices(place, _seen(place).unpaid().filter(due_date__gte=place.on).order_by("due_date", "pk")),
        "quotes": _quotes(place),
        "first_steps": _first_steps(place),
    }
    if place.may("view", "dashboard"):
        context |= _figures(place) | {"activity": told(_activity(place), record_url)}
    return page(place, "home/home.html", context, module="dashboard")


def _seen(place: Desk) -> Any:
    return place.seen(Invoice.objects.live().select_related("client"), "invoice")


def _invoices(place: Desk, rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "url": INVOICES.url("show", each),
            "client": each.client.display_name,
            "when": day(each.requested_by),
            "amount": money(each.balance, currency(each.currency_id)),
        }
        for each in rows[:SHOWN]
    ]


def _quotes(place: Desk) -> list[dict[str, Any]]:
    rows = place.seen(Quote.objects.live().select_related("client"), "quote").awaiting(place.on)
    return [
        {
            "number": each.number,
            "url": QUOTES.url("show", each),
            "client": each.client.display_name,
            "when": day(each.due_date),
            "amount": money(each.amount, currency(each.currency_id)),
        }
        for each in rows.order_by("due_date", "pk")[:SHOWN]
    ]


def _figures(place: Desk) -> dict[str, Any]:
    """Sums in the company's own currency; others are named, never added up with it."""
    own = str(place.preferences.currency_id)
    unit = currency(own)
    invoices = Invoice.objects.live().filter(currency_id=own)
    owed = invoices.unpaid().aggregate(sum=Sum("balance"), n=Count("pk"))
    late = invoices.overdue(place.on).aggregate(sum=Sum("balance"), n=Count("pk"))
    since = place.on.replace(day=1)
    received = _received(own, since, place.on)
    billed = invoices.exclude(status_id=Status.DRAFT).filter(date__gte=since).aggregate(sum=Sum("amount"))
    owed_note = ngettext("%(n)s invoice", "%(n)s invoices", owed["n"]) % {"n": owed["n"]}
    late_note = ngettext("%(n)s invoice", "%(n)s invoices", late["n"]) % {"n": late["n"]}
    months = _months(place.on)
    return {
        "stats": [
            Stat(_("Outstanding"), money(owed["sum"] or Decimal(0), unit), owed_note),
            Stat(
                _("Overdue"), money(late["sum"] or Decimal(0), unit), late_note if late["n"] else _("Nothing overdue"),
                "error" if late["n"] else "",
            ),
            Stat(_("Invoiced this month"), money(billed["sum"] or Decimal(0), unit)),
            Stat(_("Received this month"), money(received, unit)),
        ],
        "month_labels": [formats.day(first, locale(), "M") for first, _last in months],
        "month_values": [_received(own, first, last) for first, last in months],
        "others": _other_currencies(own),
    }  # fmt: skip


def _received(unit: str, since: date, until: date) -> Decimal:
    live = Payment.objects.live().filter(currency_id=unit, date__gte=since, date__lte=until)
    counted = live.filter(status_id__gte=PaymentStatus.COMPLETED)
    sums = counted.aggregate(amount=Sum("amount"), refunded=Sum("refunded"))
    return (sums["amount"] or Decimal(0)) - (sums["refunded"] or Decimal(0))


def _months(on: date) -> list[tuple[date, date]]:
    """The first and last day of the last twelve months, oldest first."""
    found = []
    first = on.replace(day=1)
    for _n in range(MONTHS):
        after = (first + timedelta(days=32)).replace(day=1)
        found.append((first, after - timedelta(days=1)))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _other_currencies(own: str) -> list[str]:
    rows = Invoice.objects.live().unpaid().exclude(currency_id=own)
    sums = rows.values_list("currency_id").annotate(sum=Sum("balance")).order_by("currency_id")
    return [money(amount, currency(unit)) for unit, amount in sums if amount]


def _activity(place: Desk) -> list[Activity]:  # noqa: ARG001
    return list(Activity.objects.exclude(client_id=None).order_by("-pk")[:12])


def _first_steps(place: Desk) -> list[dict[str, Any]]:
    """A checklist, until it is done (interface: first run)."""
    if not place.may("edit", "company"):
        return []
    settings = place.company.settings
    steps = [
        (_("Say who you are: name, address, numbers"), bool(settings.get("address1")), "office:settings"),
        (_("Add your first client"), Client.objects.exists(), "office:new-client"),
        (_("Send your first invoice"), Invoice.objects.exclude(status_id=Status.DRAFT).exists(), "office:new-invoice"),
    ]
    if all(done for _label, done, _name in steps):
        return []
    return [{"label": label, "done": done, "url": reverse(name)} for label, done, name in steps]


urlpatterns = [path("", home, name="home"), path("dashboard", home, name="dashboard")]
