"""What can happen to a quote (activity codes: contract rules 17; events: rules 19)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Quote


@dataclass(frozen=True)
class QuoteFact(Fact):
    subject: Quote


class QuoteCreated(QuoteFact):
    code, event = 18, 3
    phrase = _("{user} created quote {quote}")


class QuoteTakenOver(QuoteFact):
    """Another program made it: nobody is written to."""

    code, event = 18, 3
    phrase = _("{user} imported quote {quote}")


class QuoteUpdated(QuoteFact):
    code, event = 19, 6
    phrase = _("{user} updated quote {quote}")


class QuoteSent(QuoteFact):
    code, event = 19, 61
    phrase = _("{user} marked quote {quote} as sent")


class QuoteEmailed(QuoteFact):
    code = 20
    phrase = _("{user} emailed quote {quote} to {contact}")


class QuoteReminded(QuoteFact):
    """A reminder was made, by itself or by hand; who was written to is told one by one."""

    event = 64
    phrase = _("Quote {quote} was due for a reminder")


class QuoteReminderEmailed(QuoteFact):
    code = 142
    phrase = _("{user} sent the reminder of quote {quote} to {contact}")


class QuoteReminderUnsent(QuoteFact):
    """Nobody was there to be written to."""

    phrase = _("The reminder of quote {quote} could not be emailed: {notes}")


class QuoteViewed(QuoteFact):
    code = 21
    phrase = _("{contact} viewed quote {quote}")


class QuoteApproved(QuoteFact):
    code, event = 29, 21
    phrase = _("{user} approved quote {quote}")


class QuoteExpired(QuoteFact):
    """The day it was valid until is over, and nobody has answered; told once."""

    event = 23
    phrase = _("Quote {quote} has expired")


class QuoteRejected(QuoteFact):
    code, event = 19, 6
    phrase = _("{user} rejected quote {quote}")


class QuoteConverted(QuoteFact):
    code, event = 19, 6
    phrase = _("{user} turned quote {quote} into invoice {invoice}")


class QuoteReopened(QuoteFact):
    code, event = 19, 6
    phrase = _("Quote {quote} is open again: invoice {invoice} was deleted")


class QuoteArchived(QuoteFact):
    code, event = 22, 34
    phrase = _("{user} archived quote {quote}")


class QuoteDeleted(QuoteFact):
    code, event = 23, 7
    phrase = _("{user} deleted quote {quote}")


class QuoteRestored(QuoteFact):
    code, event = 24, 42
    phrase = _("{user} restored quote {quote}")
