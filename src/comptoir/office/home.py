"""The dashboard: what is owed, what came in, what waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.office.clients import client_url, named
from comptoir.office.desk import Desk, desk
from comptoir.office.figures import figures
from comptoir.office.history import happened
from comptoir.office.invoices import INVOICES
from comptoir.office.pages import page
from comptoir.office.payments import url as payment_page
from comptoir.office.quotes import QUOTES
from comptoir.payments.models import Payment
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.quotes.models import Quote
from comptoir.ui.tags.figures import day, money

SHOWN = 6


@require_safe
@desk()
def home(place: Desk) -> HttpResponse:
    """The first page; a member without the right to the figures sees what waits for them."""
    invoices = place.seen(Invoice.objects.live().filter(client__deleted_at=None), "invoice")
    invoices = invoices.select_related("client")
    quotes = place.seen(Quote.objects.live().filter(client__deleted_at=None), "quote").select_related(
        "client"
    )
    payments = place.seen(Payment.objects.live().filter(client__deleted_at=None), "payment").select_related(
        "client"
    )
    coming = invoices.unpaid().filter(due_date__gte=place.on, balance__gt=0)
    context: dict[str, Any] = {
        "late": [_invoice(each) for each in invoices.overdue(place.on).order_by("due_date", "pk")[:SHOWN]],
        "coming": [_invoice(each) for each in coming.order_by("due_date", "pk")[:SHOWN]],
        "drafts": [_draft(each) for each in invoices.filter(status_id=Status.DRAFT).order_by("-pk")[:SHOWN]],
        "payments": [_payment(each) for each in payments.order_by("-date", "-pk")[:SHOWN]],
        "quotes": [_quote(each) for each in quotes.awaiting(place.on).order_by("due_date", "pk")[:SHOWN]],
        "late_url": reverse("office:invoices") + "?status=overdue",
        "coming_url": reverse("office:invoices") + "?status=unpaid&sort=due_date|asc",
        "drafts_url": reverse("office:invoices") + "?status=draft",
        "payments_url": reverse("office:payments"),
        "quotes_url": reverse("office:quotes") + "?status=sent",
        "first_steps": _first_steps(place),
        "makings": _makings(place),
    }
    if place.may("view", "dashboard"):
        context |= figures(place) | {"activity": happened(place, _latest())}
    return page(place, "home/home.html", context, module="dashboard")


def _invoice(invoice: Any) -> dict[str, Any]:
    return _row(invoice, INVOICES.url("show", invoice), invoice.requested_by, invoice.balance)


def _draft(invoice: Any) -> dict[str, Any]:
    return _row(invoice, INVOICES.url("show", invoice), invoice.date, invoice.amount)


def _payment(payment: Any) -> dict[str, Any]:
    return _row(payment, payment_page("show", payment), payment.date, payment.amount)


def _quote(quote: Any) -> dict[str, Any]:
    return _row(quote, QUOTES.url("show", quote), quote.due_date, quote.amount)


def _row(document: Any, url: str, when: Any, amount: Any) -> dict[str, Any]:
    return {
        "number": document.number or _("No number yet"),
        "url": url,
        "client": named(document.client),
        "client_url": client_url(document.client),
        "when": day(when),
        "amount": money(amount, currency(document.currency_id)),
    }


def _latest() -> Any:
    return Activity.objects.exclude(client_id=None).order_by("-pk")[:8]


def _makings(place: Desk) -> list[tuple[str, str]]:
    made = [("client", _("New client")), ("invoice", _("New invoice"))]
    return [(label, reverse(f"office:new-{entity}")) for entity, label in made if place.may("create", entity)]


def _first_steps(place: Desk) -> list[dict[str, Any]]:
    """A checklist, until it is done (interface: first run)."""
    if not place.may("edit", "company"):
        return []
    settings = place.company.settings
    steps = [
        (_("Say who you are: name, address, numbers"), bool(settings.get("address1")), "office:settings"),
        (_("Add your first client"), Client.objects.exists(), "office:new-client"),
        (_("Send your first invoice"), _has_sent(), "office:new-invoice"),
    ]
    if all(done for _label, done, _name in steps):
        return []
    return [{"label": label, "done": done, "url": reverse(name)} for label, done, name in steps]


def _has_sent() -> bool:
    return Invoice.objects.exclude(status_id=Status.DRAFT).exists()


urlpatterns = [path("", home, name="home"), path("dashboard", home, name="dashboard")]
