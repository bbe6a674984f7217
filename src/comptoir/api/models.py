from __future__ import annotations

from django.db import models

from comptoir.tenancy.rows import CompanyOwned


class IdempotentAnswer(CompanyOwned):
    """The answer that a write got under a key its sender chose, to be given again (decision T4).

    Written in the write's own transaction. ``digest`` tells another request under the same key;
    ``content`` is sealed, since answers show the keys of links.
    """

    token = models.ForeignKey("people.Token", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    content = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "token", "key"], name="idempotent_answer_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotent_answer_by_age")]

    def __str__(self) -> str:
        return self.key
