from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from comptoir.activity.actors import Actor
from comptoir.tenancy.rows import CompanyOwned, Stamped


def fresh_hash() -> str:
    """What only the asker is told; the wire's hashes are UUIDs (contract rules 25)."""
    return str(uuid.uuid4())


class Export(CompanyOwned, Stamped):
    """One file that somebody asked for, and how far it is.

    ``keys`` are the records that it holds, chosen when it was asked for, with the rights of who asked;
    ``columns`` names the columns of ``sheet``, ``options`` is what the sheet wants beside. ``handled``
    counts the records that are written, out of ``total``. ``path`` is where its bytes lie ("" until then).
    ``spoken`` and ``notation`` are the locales of its words and of its numbers. Only ``user`` gets it,
    by its ``key``.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    key = models.CharField(max_length=36, default=fresh_hash, editable=False)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.JSONField(default=dict)
    sheet = models.CharField(max_length=32)
    type = models.CharField(max_length=8)
    keys = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    spoken = models.CharField(max_length=16)
    notation = models.CharField(max_length=16)
    wants_mail = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    total = models.IntegerField(default=0)
    handled = models.IntegerField(default=0)
    path = models.CharField(max_length=190, blank=True)
    name = models.CharField(max_length=190)
    size = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta(CompanyOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="export_key_once")]
        indexes = [models.Index(fields=["company", "user", "id"], name="export_of_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def by(self) -> Actor:
        """Who asked for it."""
        return Actor(**self.actor)

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.DONE

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    def progress(self) -> dict[str, Any]:
        """How far it is, in records and in percent."""
        return {
            "handled": self.handled,
            "total": self.total,
            "percent": 100 * self.handled // (self.total or 1),
        }
