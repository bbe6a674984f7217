from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from comptoir.reference import timezone

from . import keys, switches
from .rows import Archivable, CompanyOwned, Rows, Stamped

__all__ = ["Account", "Archivable", "Company", "CompanyOwned", "Rows", "Stamped"]


class Account(Stamped):
    """Who pays for the installation: one owner's companies and users."""

    name = models.CharField(max_length=190, blank=True)
    key = models.CharField(max_length=32, unique=True)
    default_company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")


class Company(Stamped, Archivable):
    """A business that issues documents. Everything else belongs to one.

    ``settings`` holds only what was set (the cascade fills the rest), ``switches`` likewise
    (``switches.py``), ``custom_fields`` the labels of the custom fields (``client1``: "Label|type").
    ``smtp_password`` is sealed (``preferences.secrets``).
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="companies")
    company_key = models.CharField(max_length=32, unique=True)
    settings = models.JSONField(default=dict, blank=True)
    switches = models.JSONField(default=dict, blank=True)
    custom_fields = models.JSONField(default=dict, blank=True)
    enabled_modules = models.IntegerField(default=65535)
    size_id = models.CharField(max_length=8, blank=True)
    industry_id = models.CharField(max_length=8, blank=True)
    subdomain = models.CharField(max_length=190, blank=True)
    portal_mode = models.CharField(max_length=16, default="subdomain")
    portal_domain = models.CharField(max_length=190, blank=True)
    smtp_password = models.TextField(blank=True)
    is_large = models.SmallIntegerField(default=0)
    is_disabled = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.settings.get("name") or "")

    def switch(self, name: str) -> Any:
        """The company's own value, else the default (raises KeyError for an unknown name)."""
        return switches.switch(self.switches, name)

    @property
    def logo_key(self) -> str:
        return keys.derive("company-logo", self.pk)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone; UTC until one is set."""
        found = timezone(str(self.settings.get("timezone_id") or ""))
        return ZoneInfo(found.location if found else "UTC")
