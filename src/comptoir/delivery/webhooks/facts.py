"""What can happen to a webhook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact


class WebhookCreated(Fact):
    phrase = _("{user} added webhook {webhook}")


class WebhookUpdated(Fact):
    phrase = _("{user} changed webhook {webhook}")


class WebhookResumed(Fact):
    phrase = _("{user} resumed webhook {webhook}")


class WebhookPaused(Fact):
    phrase = _("Webhook {webhook} is paused: its target does not answer as it should")


class WebhookArchived(Fact):
    phrase = _("{user} archived webhook {webhook}")


class WebhookRestored(Fact):
    phrase = _("{user} restored webhook {webhook}")


class WebhookDeleted(Fact):
    phrase = _("{user} deleted webhook {webhook}")
