"""What can happen to the sending of a document at a day to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


@dataclass(frozen=True)
class SendingFact(Fact):
    """``subject`` is the document; ``notes`` the day."""

    subject: models.Model


class SendingPlanned(SendingFact):
    code = 5
    phrase = _("{user} planned an e-mail")


class SendingCancelled(SendingFact):
    code = 5
    phrase = _("{user} took back a planned e-mail")


class SendingFailed(SendingFact):
    code = 57
    phrase = _("The planned e-mail could not be sent")
