"""People and security: who works here, what programs may do, how it runs."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .shapes import Page, Section

PAGES: Final = (
    Page(
        "modules",
        _("Modules"),
        _("What your menu shows"),
        "layout-grid",
        "management",
        route="office:modules",
    ),
    Page(
        "staff",
        _("Users"),
        _("Who works here, and what they may do"),
        "user-cog",
        "management",
        route="office:staff",
    ),
    Page(
        "imports",
        _("Import and export"),
        _("Clients from a spreadsheet or another program, and back"),
        "upload",
        "management",
        route="office:imports",
    ),
    Page(
        "tokens",
        _("API tokens"),
        _("Keys for programs that work for you"),
        "key",
        "management",
        route="office:tokens",
    ),
    Page(
        "schedules",
        _("Schedules"),
        _("What leaves by itself, and when"),
        "calendar-repeat",
        "management",
        route="office:schedules",
    ),
    Page(
        "webhooks",
        _("Webhooks"),
        _("Addresses that are told what happens"),
        "webhook",
        "management",
        route="office:webhooks",
    ),
    Page(
        "security",
        _("Security"),
        _("Password, two-factor sign-in, devices"),
        "shield-lock",
        "management",
        sections=(Section("password", _("Password"), "default_password_timeout"),),
        extra="office/settings/security.html",
    ),
    Page(
        "companies",
        _("Companies"),
        _("Add, choose or close a company"),
        "building-store",
        "management",
        route="office:companies",
    ),
    Page(
        "system",
        _("System"),
        _("Version, files, waiting work"),
        "server",
        "management",
        route="office:system",
    ),
)
