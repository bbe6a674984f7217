from __future__ import annotations

from django.db import models
from django.db.models import Q

from comptoir.tenancy.rows import CompanyOwned, Stamped


class MailDelivery(CompanyOwned, Stamped):
    """One mail to one recipient, as it was written, and how far it came.

    A ``waiting`` one has no server to go by until a person sets one, or more have left already than the
    company wants in an hour or a day (``waiting.py``).

    ``occurrence`` says which of the mails about a record it is ("reminder1", a day, a request's id):
    the same one is never queued twice. ``sending`` lasts while the message is in the other
    server's hands; a mail found so later is ``unknown``: it may have arrived, and only a person
    sends it again. A ``secret`` one loses its text once it is over.

    ``handed`` counts how often it was handed over; ``number`` is what the provider calls the last time,
    ``arrival`` what it has told of it since (``heard.py``).
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"

    class Arrival(models.TextChoices):
        """The worst that is known; a mail that came back for now may still arrive."""

        RETURNED = "returned"
        DELIVERED = "delivered"
        BOUNCED = "bounced"
        SPAM = "spam"

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    occurrence = models.CharField(max_length=64)
    template = models.CharField(max_length=32, blank=True)
    client = models.ForeignKey(
        "clients.Client", null=True, on_delete=models.CASCADE, db_index=False, related_name="mails"
    )
    recipient = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=190, blank=True)
    locale = models.CharField(max_length=16, blank=True)

    sender = models.CharField(max_length=500)
    reply_to = models.CharField(max_length=500, blank=True)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    subject = models.TextField()
    html = models.TextField()
    text = models.TextField()
    attachments = models.JSONField(default=list)
    method = models.CharField(max_length=20, default="default")
    secret = models.BooleanField(default=False)

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.SmallIntegerField(default=0)
    handed = models.SmallIntegerField(default=0)
    message_id = models.CharField(max_length=254, blank=True)
    number = models.CharField(max_length=190, blank=True)
    arrival = models.CharField(max_length=9, choices=Arrival.choices, blank=True)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta(CompanyOwned.Meta):
        app_label = "delivery"
        verbose_name_plural = "mail deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "object_id", "recipient", "occurrence"], name="mail_once"
            )
        ]
        indexes = [
            models.Index(fields=["company", "id"], name="mail_stream"),
            models.Index(fields=["company", "client", "id"], name="mail_of_client"),
            models.Index(fields=["company", "state", "id"], name="mail_by_state"),
            models.Index(fields=["company", "number"], name="mail_by_number", condition=~Q(number="")),
            models.Index(fields=["company", "sent_at"], name="mail_by_hour", condition=~Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"


class DeadAddress(CompanyOwned, Stamped):
    """An address, in lower case, whose server said that it does not exist, or whose owner complained.

    Reminders pass it over until a mail arrives there, or a person writes to it again (``dead.py``).
    """

    address = models.CharField(max_length=254)
    is_complaint = models.BooleanField(default=False)
    said = models.TextField(blank=True)
    mail = models.ForeignKey(MailDelivery, on_delete=models.CASCADE, related_name="+")

    class Meta(CompanyOwned.Meta):
        app_label = "delivery"
        verbose_name_plural = "dead addresses"
        constraints = [models.UniqueConstraint(fields=["company", "address"], name="dead_address_once")]

    def __str__(self) -> str:
        return self.address
