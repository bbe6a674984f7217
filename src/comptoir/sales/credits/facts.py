"""What can happen to a credit (activity codes: contract rules 17; events: rules 19)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Credit


@dataclass(frozen=True)
class CreditFact(Fact):
    subject: Credit


class CreditCreated(CreditFact):
    code, event = 14, 27
    phrase = _("{user} created credit {credit}")


class CreditTakenOver(CreditFact):
    """Another program made it: nobody is written to."""

    code, event = 14, 27
    phrase = _("{user} imported credit {credit}")


class CreditUpdated(CreditFact):
    code, event = 15, 28
    phrase = _("{user} updated credit {credit}")


class CreditSent(CreditFact):
    code, event = 15, 62
    phrase = _("{user} marked credit {credit} as sent")


class CreditEmailed(CreditFact):
    code = 6
    phrase = _("{user} emailed credit {credit} to {contact}")


class CreditViewed(CreditFact):
    code = 60
    phrase = _("{contact} viewed credit {credit}")


class CreditArchived(CreditFact):
    code, event = 16, 35
    phrase = _("{user} archived credit {credit}")


class CreditDeleted(CreditFact):
    code, event = 17, 29
    phrase = _("{user} deleted credit {credit}")


class CreditRestored(CreditFact):
    code, event = 28, 43
    phrase = _("{user} restored credit {credit}")
