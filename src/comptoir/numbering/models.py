from __future__ import annotations

from django.db import models

from comptoir.tenancy.rows import CompanyOwned


class Counter(CompanyOwned):
    """The next number of one series, taken by ``counters.take`` under a lock.

    ``scope`` is "" for the company's own counter, else "client:12" or "group:3".
    """

    series = models.CharField(max_length=32)
    scope = models.CharField(max_length=32, blank=True)
    next_value = models.BigIntegerField(default=1)

    class Meta(CompanyOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["company", "series", "scope"], name="counter_once"),
            models.CheckConstraint(condition=models.Q(next_value__gte=0), name="counter_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.scope}".strip()
