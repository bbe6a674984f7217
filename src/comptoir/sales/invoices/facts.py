"""What can happen to an invoice (activity codes: contract rules 17; events: rules 19)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Invoice


@dataclass(frozen=True)
class InvoiceFact(Fact):
    subject: Invoice


class InvoiceCreated(InvoiceFact):
    code, event = 4, 2
    phrase = _("{user} created invoice {invoice}")


class InvoiceTakenOver(InvoiceFact):
    """Another program made it: nobody is written to, and no goods leave the stock."""

    code, event = 4, 2
    phrase = _("{user} imported invoice {invoice}")


class InvoiceUpdated(InvoiceFact):
    code, event = 5, 8
    phrase = _("{user} updated invoice {invoice}")


class InvoiceSent(InvoiceFact):
    """It left the drafts: it is owed from now on."""

    code, event = 53, 60
    phrase = _("{user} marked invoice {invoice} as sent")


class InvoiceEmailed(InvoiceFact):
    code = 6
    phrase = _("{user} emailed invoice {invoice} to {contact}")


class InvoiceReminded(InvoiceFact):
    """A reminder was made, by itself or by hand; who was written to is told one by one."""

    event = 24
    phrase = _("Invoice {invoice} was due for a reminder")


class FirstReminderEmailed(InvoiceFact):
    code = 63
    phrase = _("{user} sent the first reminder of invoice {invoice} to {contact}")


class SecondReminderEmailed(InvoiceFact):
    code = 64
    phrase = _("{user} sent the second reminder of invoice {invoice} to {contact}")


class ThirdReminderEmailed(InvoiceFact):
    code = 65
    phrase = _("{user} sent the third reminder of invoice {invoice} to {contact}")


class EndlessReminderEmailed(InvoiceFact):
    code = 66
    phrase = _("{user} reminded {contact} of invoice {invoice} again")


class ReminderUnsent(InvoiceFact):
    """Nobody was there to be written to."""

    code = 57
    phrase = _("A reminder of invoice {invoice} could not be emailed: {notes}")


class LateFeeCharged(InvoiceFact):
    """``notes`` is the fee, before tax; {charged} carries it, the invoice itself or a new one."""

    code = 5
    phrase = _("A late fee of {amount} for invoice {invoice} was added to invoice {charged}")


class InvoiceEmailFailed(InvoiceFact):
    code = 57
    phrase = _("Invoice {invoice} could not be emailed to {contact}")


class InvoiceViewed(InvoiceFact):
    code = 7
    phrase = _("{contact} viewed invoice {invoice}")


class InvoiceLate(InvoiceFact):
    """Its day, or that of its deposit, is over and money is still owed; told once."""

    event = 22
    phrase = _("Invoice {invoice} is overdue")


class InvoicePaid(InvoiceFact):
    code = 54
    phrase = _("Invoice {invoice} was paid by payment {payment}")


class InvoiceCancelled(InvoiceFact):
    code, event = 59, 8
    phrase = _("{user} cancelled invoice {invoice}")


class InvoiceReversed(InvoiceFact):
    """A credit note took all of it back."""

    code, event = 58, 8
    phrase = _("{user} reversed invoice {invoice} by credit {credit}")


class InvoiceSplit(InvoiceFact):
    """``notes`` is how many; none: it is due at once again."""

    code, event = 5, 8
    phrase = _("{user} changed the instalments of invoice {invoice}")


class InstalmentCalled(InvoiceFact):
    """The day of an instalment has come. ``notes`` is how many came due together."""

    phrase = _("{user} asked for an instalment of invoice {invoice}")


class InvoiceArchived(InvoiceFact):
    code, event = 8, 33
    phrase = _("{user} archived invoice {invoice}")


@dataclass(frozen=True)
class InvoiceDeleted(InvoiceFact):
    """``was_owed`` says whether it was issued, so that what was paid on it must move too."""

    code, event = 9, 9
    phrase = _("{user} deleted invoice {invoice}")
    was_owed: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class InvoiceRestored(InvoiceFact):
    code, event = 25, 41
    phrase = _("{user} restored invoice {invoice}")
    was_deleted: bool = field(default=False, kw_only=True)
