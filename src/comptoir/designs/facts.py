"""What can happen to a company's own designs (they have no activity code and no webhook event)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


class DesignCreated(Fact):
    phrase = _("{user} created design {design}")


class DesignUpdated(Fact):
    phrase = _("{user} updated design {design}")


class DesignArchived(Fact):
    phrase = _("{user} archived design {design}")


class DesignDeleted(Fact):
    phrase = _("{user} deleted design {design}")


class DesignRestored(Fact):
    phrase = _("{user} restored design {design}")
