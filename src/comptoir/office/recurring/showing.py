"""The page of one recurring invoice: its figures, the days that come, what was made so far."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.kernel import ids
from comptoir.office.desk import Desk
from comptoir.office.documents import rate
from comptoir.office.invoices import INVOICES
from comptoir.office.recurring import words
from comptoir.office.recurring.form import coming_dates, leaving
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.models import RecurringInvoice, Status
from comptoir.ui.parts import Detail, Stat
from comptoir.ui.tags.figures import day, money

MOST: Final = 6
"""The latest invoices that the page shows; the list has all."""


def stats(recurring: RecurringInvoice, on: date) -> list[Stat]:
    """How much, how often, when next, how many more."""
    runs = recurring.status_id == Status.ACTIVE
    return [
        Stat(
            _("Amount"),
            money(recurring.amount, currency(recurring.currency_id)),
            words.often(recurring.frequency_id),
        ),
        Stat(_("Next invoice"), day(recurring.next_on), "" if runs else _("Not running")),
        Stat(_("Still to come"), words.left(recurring)),
        Stat(_("Last sent"), day(recurring.last_sent_date)),
    ]


def details(recurring: RecurringInvoice) -> list[Detail]:
    """The rules of the schedule."""
    number = recurring.number
    found = [
        Detail(_("Number"), number or _("Given when sent"), "number", copy=bool(number)),
        Detail(_("Frequency"), words.often(recurring.frequency_id)),
        Detail(_("Due date"), words.falls_due(recurring)),
        Detail(_("Charged by itself"), str(words.AUTO_BILL[recurring.auto_bill])),
        Detail(_("Order number"), recurring.po_number, copy=True),
        Detail(_("Exchange rate"), rate.said(recurring)),
    ]
    return [each for each in found if each.value]


def more(desk: Desk, recurring: RecurringInvoice) -> dict[str, Any]:
    """The days that come, and the latest of its invoices."""
    preferences = recurring.client.preferences
    rows = desk.seen(Invoice.objects.filter(recurring_id=recurring.pk, deleted_at=None), "invoice")
    made = list(rows.order_by("-pk")[: MOST + 1])
    return {
        "coming": coming_dates(recurring, preferences),
        "made": [_made(desk, each) for each in made[:MOST]],
        "made_url": f"{INVOICES.list_url}?recurring={ids.encode(recurring.pk)}" if len(made) > MOST else "",
        **leaving(preferences),
    }


def _made(desk: Desk, invoice: Invoice) -> dict[str, Any]:
    invoice.company = desk.company
    label, badge = INVOICES.status(invoice, desk.on)
    return {
        "url": INVOICES.url("show", invoice),
        "number": invoice.number or _("No number yet"),
        "date": invoice.date,
        "amount": money(invoice.amount, currency(invoice.currency_id)),
        "status": label,
        "badge": badge,
    }
