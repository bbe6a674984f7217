"""What stands beside an invoice: its instalments, its reminders, where it comes from."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from comptoir.billing.hours import planned_day
from comptoir.kernel import formats
from comptoir.office.documents.signatures import proofs
from comptoir.office.links import record_url
from comptoir.reference import currency
from comptoir.sales.invoices.instalments import planned
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.recurring.models import RecurringInvoice
from comptoir.ui.parts import Detail
from comptoir.ui.tags.figures import day, locale


def more_details(invoice: Invoice) -> list[Detail]:
    """Its instalments, its reminders, the quote or recurring invoice it comes from, and who signed it."""
    return [
        *_instalments(invoice),
        *_reminders(invoice),
        *_quotes(invoice),
        *_recurring(invoice),
        *proofs(invoice),
    ]


def _instalments(invoice: Invoice) -> list[Detail]:
    rows = planned(invoice)
    return [
        Detail(
            _("Instalment %(n)s of %(total)s") % {"n": n, "total": len(rows)},
            (_("%(amount)s on %(day)s, asked for") if row.called else _("%(amount)s on %(day)s"))
            % {"amount": plainly(invoice, row.amount), "day": formats.day(row.on, locale())},
        )
        for n, row in enumerate(rows, start=1)
    ]


def _reminders(invoice: Invoice) -> list[Detail]:
    coming = invoice.next_send_date
    found = [(_("Last reminder"), invoice.reminder_last_sent)]
    if coming is not None and invoice.is_open:
        found.append((_("Next reminder"), planned_day(coming, invoice.client.preferences)))
    return [Detail(label, day(when)) for label, when in found if when]


def _quotes(invoice: Invoice) -> list[Detail]:
    rows = invoice.quotes.filter(deleted_at=None).order_by("pk")
    return [Detail(_("Quote"), each.number, url=record_url("quote", each.pk)) for each in rows]


def _recurring(invoice: Invoice) -> list[Detail]:
    if invoice.recurring_id is None:
        return []
    rows = RecurringInvoice.objects.filter(pk=invoice.recurring_id).values_list("number", flat=True)
    label = rows.first() or _("No number yet")
    return [Detail(_("Recurring invoice"), label, url=record_url("recurringinvoice", invoice.recurring_id))]


def plainly(invoice: Invoice, amount: Decimal) -> str:
    """An amount inside a sentence."""
    unit = currency(invoice.currency_id)
    return formats.money(amount, unit, locale()) if unit else f"{amount:f}"
