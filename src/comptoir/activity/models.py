from __future__ import annotations

from django.db import models

from comptoir.tenancy.rows import CompanyOwned


class Activity(CompanyOwned):
    """One told fact. Written once; nobody edits or deletes it.

    ``mentions`` keeps, by kind, the id and the label that each record had then:
    ``{"invoice": [12, "0012"]}``.
    """

    created_at = models.DateTimeField(auto_now_add=True)
    fact = models.CharField(max_length=64)
    code = models.SmallIntegerField(null=True)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    client_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=190, blank=True)
    token_id = models.BigIntegerField(null=True)
    token_name = models.CharField(max_length=190, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    mentions = models.JSONField(default=dict)
    notes = models.TextField(blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["company", "id"], name="activity_stream"),
            models.Index(fields=["company", "client_id", "id"], name="activity_of_client"),
            models.Index(fields=["company", "subject_kind", "subject_id", "id"], name="activity_of_record"),
        ]


class SystemLog(CompanyOwned):
    """What the machinery did for a client: PDFs, mails, gateways, webhooks, sign-ins (rules 18)."""

    created_at = models.DateTimeField(auto_now_add=True)
    category_id = models.SmallIntegerField()
    event_id = models.SmallIntegerField()
    type_id = models.SmallIntegerField()
    client_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    log = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["company", "id"], name="systemlog_stream"),
            models.Index(fields=["company", "client_id", "id"], name="systemlog_of_client"),
        ]


class Job(models.Model):
    """The outbox: work that follows a committed change, kept in the same database (decision 7).

    ``key`` makes a job unique for good; a claimed job is ``running`` until ``lease_until``.
    ``unknown`` is a job that may or may not have happened and is never repeated by itself.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNKNOWN = "unknown"

    company = models.ForeignKey(
        "tenancy.Company", null=True, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    name = models.CharField(max_length=100)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=190, null=True, unique=True)  # noqa: DJ001 - many jobs have none
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "run_at", "id"], name="job_due"),
            models.Index(fields=["company", "name", "id"], name="job_of_company"),
        ]

    def __str__(self) -> str:
        return self.name
