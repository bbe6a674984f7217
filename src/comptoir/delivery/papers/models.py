from __future__ import annotations

from django.db import models
from django.db.models import Q

from comptoir.files.keepers import keeps
from comptoir.tenancy.columns import MoneyField
from comptoir.tenancy.rows import CompanyOwned, Stamped


class Occasion(models.TextChoices):
    """Why a version was kept."""

    ISSUED = "issued"
    CHANGED = "changed"
    MAILED = "mailed"


class Version(CompanyOwned):
    """A document as it was printed for its client (decision M15).

    ``checksum`` is the sha256 of the PDF at ``path``. ``link`` is the sha256 of the link of the version
    before it and of this checksum: none can be taken out or changed without a trace. ``amount`` is in
    units of ``currency_id``.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    document_id = models.BigIntegerField()
    occasion = models.CharField(max_length=8, choices=Occasion.choices)
    number = models.CharField(max_length=190, blank=True)
    amount = MoneyField()
    currency_id = models.CharField(max_length=8)
    path = models.CharField(max_length=190)
    size = models.BigIntegerField()
    checksum = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "document_id", "checksum"], name="version_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["company", "kind", "document_id", "id"], name="version_of_document")]


keeps(Version)


class Planned(CompanyOwned, Stamped):
    """A document that leaves by e-mail at ``moment``; at most one waits for each document.

    ``day`` is that day in the client's zone, ``template`` the words that are used unless ``subject`` and
    ``body`` replace them.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        CANCELLED = "cancelled"
        FAILED = "failed"

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    document_id = models.BigIntegerField()
    day = models.DateField()
    moment = models.DateTimeField()
    template = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    error = models.CharField(max_length=500, blank=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "document_id"],
                condition=Q(state="waiting"),
                name="planned_waits_once",
            ),
        ]
        indexes = [models.Index(fields=["company", "kind", "document_id", "id"], name="planned_of_document")]


class Bundle(CompanyOwned, Stamped):
    """Many records of one kind as one file: an archive, or one PDF to print.

    ``template`` is the key of the design that they are printed with, where it is not each one's own.
    ``done`` of ``total`` are printed; ``path`` is where the file lies, for a day.
    """

    class Form(models.TextChoices):
        ZIP = "zip"
        PDF = "pdf"

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        STOPPED = "stopped"
        FAILED = "failed"

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    form = models.CharField(max_length=8, choices=Form.choices)
    document_ids = models.JSONField(default=list)
    template = models.BigIntegerField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    path = models.CharField(max_length=190, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta(CompanyOwned.Meta):
        indexes = [models.Index(fields=["company", "user", "id"], name="bundle_of_user")]
