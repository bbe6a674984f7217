"""What can happen to a recurring invoice (activity codes: contract rules 17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact
from comptoir.sales.invoices.models import Invoice

from .models import RecurringInvoice


@dataclass(frozen=True)
class RecurringFact(Fact):
    subject: RecurringInvoice


class RecurringCreated(RecurringFact):
    code = 100
    phrase = _("{user} created recurring invoice {recurringinvoice}")


class RecurringUpdated(RecurringFact):
    code = 101
    phrase = _("{user} updated recurring invoice {recurringinvoice}")


class RecurringStarted(RecurringFact):
    code = 101
    phrase = _("{user} started recurring invoice {recurringinvoice}")


class RecurringStopped(RecurringFact):
    code = 101
    phrase = _("{user} stopped recurring invoice {recurringinvoice}")


class RecurringEmailed(RecurringFact):
    """The pattern itself was shown to somebody; its invoices leave as invoices do."""

    phrase = _("{user} emailed recurring invoice {recurringinvoice} to {contact}")


class RecurringViewed(RecurringFact):
    phrase = _("{contact} viewed recurring invoice {recurringinvoice}")


class RecurringCancellationAsked(RecurringFact):
    """A contact wants no more of them; whether they stop is the company's to decide. ``notes``: why."""

    phrase = _("{contact} asked to end recurring invoice {recurringinvoice}: {notes}")


class AutoBillTurnedOn(RecurringFact):
    """By the client, where the company leaves the choice."""

    code = 101
    phrase = _("{user} turned on automatic payment of recurring invoice {recurringinvoice}")


class AutoBillTurnedOff(RecurringFact):
    """By the client: what comes is paid by hand."""

    code = 101
    phrase = _("{user} turned off automatic payment of recurring invoice {recurringinvoice}")


class RecurringArchived(RecurringFact):
    code = 102
    phrase = _("{user} archived recurring invoice {recurringinvoice}")


class RecurringDeleted(RecurringFact):
    code = 103
    phrase = _("{user} deleted recurring invoice {recurringinvoice}")


class RecurringRestored(RecurringFact):
    code = 104
    phrase = _("{user} restored recurring invoice {recurringinvoice}")


@dataclass(frozen=True)
class InvoiceGenerated(Fact):
    """A schedule made this invoice; mailing it follows where the setting wants it.

    The wire has heard of the invoice by InvoiceCreated.
    """

    subject: Invoice
    phrase = _("Recurring invoice {recurringinvoice} made invoice {invoice}")
