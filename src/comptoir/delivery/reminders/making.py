"""Make one reminder: its fee, its mails, what is remembered of it. All of it, or nothing, once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.billing.documents import BillingDocument
from comptoir.billing.hours import is_open_hour
from comptoir.billing.lines import LATE_FEE
from comptoir.billing.reminders import Sent, of_quotes
from comptoir.clients.models import Client
from comptoir.clients.receiving import Mail
from comptoir.delivery.documents.sending import email_document, reachable
from comptoir.kernel import formats
from comptoir.kernel.money import digits, to_micros
from comptoir.kernel.refused import Refused
from comptoir.preferences.languages import spoken_by
from comptoir.sales.invoices import facts as invoices
from comptoir.sales.invoices import reminders as of_invoices
from comptoir.sales.invoices.fees import Fee, add_fee
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import facts as quotes
from comptoir.sales.quotes import reminders as quote_reminders
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.operations import update_quote
from comptoir.tenancy.locking import lock


class NotDue(Exception):
    """It is not time, somebody else made it, or it is no longer wanted."""


@operation
def remind_of_invoice(invoice: Invoice, now: datetime, *, by: Actor, on: date) -> Invoice:
    """Charge and mail what is due now; ``on`` is the client's day. Raises NotDue, and nothing moves."""
    lock(invoice, invoice.client)
    preferences = invoice.client.preferences
    turn = of_invoices.due_turn(invoice, preferences, on)
    if turn is None or not is_open_hour(now, preferences):
        raise NotDue
    rule = of_invoices.rule_of(preferences, turn.stage)
    row = _claimed(lambda: of_invoices.claim(invoice, turn.stage, on))
    row.fee = of_invoices.fee_of(invoice, rule)
    carrier = _charge(invoice, row.fee, by=by, on=on) if row.fee else invoice
    of_invoices.remember(invoice, preferences, turn.stage, on)
    tell(invoices.InvoiceReminded(invoice, actor=by, notes=turn.stage))
    if rule.mails:
        trouble = _trouble(invoice)
        row.is_mailed = not trouble
        if trouble:
            tell(invoices.ReminderUnsent(invoice, actor=by, notes=trouble))
        else:
            template = "reminder_endless" if turn.stage == "endless" else f"reminder{turn.stage}"
            email_document(invoice, by=by, on=on, email_type=template, occurrence=f"reminder-{row.pk}")
    if carrier.pk != invoice.pk and row.is_mailed:
        email_document(carrier, by=by, on=on, occurrence=f"fee-{row.pk}")
    row.save(update_fields=["fee", "is_mailed"])
    return invoice


@operation
def remind_of_quote(quote: Quote, now: datetime, *, by: Actor, on: date) -> Quote:
    """The same for an offer that nobody answered; its fee is one more line of it."""
    lock(quote, quote.client)
    preferences = quote.client.preferences
    turn = quote_reminders.due_turn(quote, preferences, on)
    if turn is None or not is_open_hour(now, preferences):
        raise NotDue
    row = _claimed(lambda: quote_reminders.claim(quote, turn.stage, on))
    row.fee = quote_reminders.fee_of(quote, preferences)
    if row.fee:
        line = Fee(LATE_FEE, _label(quote.client, on), row.fee).line
        update_quote(quote, {"line_items": [*quote.raw_lines, line]}, by=by, on=on)
    quote_reminders.remember(quote, preferences, turn.stage, on)
    tell(quotes.QuoteReminded(quote, actor=by, notes=turn.stage))
    if of_quotes(preferences).mails:
        trouble = _trouble(quote)
        row.is_mailed = not trouble
        if trouble:
            tell(quotes.QuoteReminderUnsent(quote, actor=by, notes=trouble))
        else:
            email_document(quote, by=by, on=on, email_type="quote_reminder1", occurrence=f"reminder-{row.pk}")
    row.save(update_fields=["fee", "is_mailed"])
    return quote


def _claimed(claim: object) -> Sent:
    try:
        row: Sent = claim()  # type: ignore[operator]
    except of_invoices.AlreadyReminded as error:
        raise NotDue from error
    return row


def _charge(invoice: Invoice, amount: Decimal, *, by: Actor, on: date) -> Invoice:
    """Add the late fee; answers the invoice that carries it, a new one where this one is locked."""
    fee = Fee(LATE_FEE, _label(invoice.client, on), amount)
    carrier = add_fee(invoice, fee, by=by, on=on)
    said = digits(to_micros(amount))
    tell(invoices.LateFeeCharged(invoice, actor=by, refs={"charged": carrier}, notes=said))
    return carrier


def _label(client: Client, on: date) -> str:
    """What the line says, in the client's language."""
    locale = spoken_by("", client.preferences).locale
    with translation.override(translation.to_language(locale)):
        return _("Late fee of %(day)s") % {"day": formats.day(on, locale)}


def _trouble(document: BillingDocument) -> str:
    """Why nobody can be written to; "" when somebody can."""
    try:
        reachable(document, Mail.REMINDERS, by_the_clock=True)
    except Refused as refused:
        return str(refused.sentence)
    return ""
