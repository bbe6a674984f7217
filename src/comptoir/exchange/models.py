from __future__ import annotations

from django.db import models


class RateSheet(models.Model):
    """The rates that were published for one day; the whole installation shares them.

    ``rates`` says by currency id how many units one euro is, as exact decimal text. A day that is
    known is never written again.
    """

    day = models.DateField(unique=True)
    rates = models.JSONField()
    source = models.CharField(max_length=190)
    fetched_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.day} ({self.source})"
