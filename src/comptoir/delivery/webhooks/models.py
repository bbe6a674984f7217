from __future__ import annotations

from django.db import models

from comptoir.tenancy import keys
from comptoir.tenancy.rows import Archivable, CompanyOwned, Stamped


class Webhook(CompanyOwned, Stamped, Archivable):
    """An address that is told of one kind of event.

    ``failures`` counts the tries in a row that went wrong; from a certain number on the webhook is
    paused: its events wait until a person resumes it (decision T34).
    """

    class Method(models.TextChoices):
        POST = "post"
        PUT = "put"

    user_id = models.BigIntegerField(null=True)
    target_url = models.CharField(max_length=2000)
    event_id = models.SmallIntegerField()
    rest_method = models.CharField(max_length=4, choices=Method.choices, default=Method.POST)
    headers = models.JSONField(default=dict, blank=True)
    failures = models.SmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    last_status = models.SmallIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    last_at = models.DateTimeField(null=True)

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["company", "event_id", "id"], name="webhook_by_event")]

    def __str__(self) -> str:
        return self.target_url

    @property
    def secret(self) -> str:
        """What signs its bodies; derived, never stored."""
        return keys.derive("webhook", self.pk)
