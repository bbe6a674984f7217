"""What the client tables share: four custom values."""

from __future__ import annotations

from django.db import models


class CustomValues(models.Model):
    """Up to four fields of the company's own making (labels: Company.custom_fields)."""

    custom_value1 = models.CharField(max_length=1000, blank=True)
    custom_value2 = models.CharField(max_length=1000, blank=True)
    custom_value3 = models.CharField(max_length=1000, blank=True)
    custom_value4 = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True
