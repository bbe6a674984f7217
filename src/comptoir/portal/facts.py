"""What contacts do in the portal besides changing records (the wire has no number for these: decision A2)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact
from comptoir.clients.models import Client


@dataclass(frozen=True)
class VisitFact(Fact):
    """``refs["contact"]`` says as whom."""

    subject: Client


class ContactSignedIn(VisitFact):
    phrase = _("{contact} signed in to the portal")


class PortalLookedInto(VisitFact):
    """A member of staff, who leaves no other trace."""

    phrase = _("{user} looked at the portal as {contact}")


class ContactRegistered(VisitFact):
    phrase = _("{contact} registered in the portal as client {client}")
