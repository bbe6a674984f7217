"""What the lists of a client's form offer, and what holds when nothing is chosen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Group
from comptoir.kernel import formats, ids
from comptoir.office.desk import Desk
from comptoir.office.settings import choices as settings
from comptoir.preferences.cascade import Found
from comptoir.reference import country, currency, industry, language, size, sorted_by_name
from comptoir.reference.names import name_in
from comptoir.ui.tags.figures import locale


def choices(desk: Desk, client: Client | None) -> dict[str, Any]:
    """The options of every list, in the reader's language."""
    spoken = locale()
    own = client.settings if client else {}
    groups = Group.objects.active().order_by("name").values_list("pk", "name")
    return {
        "countries": [(row.id, name) for name, row in sorted_by_name(country, spoken)],
        "currencies": [(row.id, f"{row.code} – {name}") for name, row in sorted_by_name(currency, spoken)],
        "languages": [(row.id, name) for name, row in sorted_by_name(language, spoken)],
        "sizes": [(row.id, name_in(row, spoken)) for row in size],
        "industries": [(row.id, name) for name, row in sorted_by_name(industry, spoken)],
        "groups": [(ids.encode(pk), name) for pk, name in groups],
        "terms": settings.options("payment_terms", own.get("payment_terms")),
        "validities": settings.options("valid_until", own.get("valid_until")),
        "classifications": classifications(),
        "reminders": [("1", _("Switched on")), ("0", _("Switched off"))],
        **_inherited(desk, client, spoken),
    }


def _inherited(desk: Desk, client: Client | None, spoken: str) -> dict[str, str]:
    """What holds without a choice of the client's own, and whose it is."""
    found = client.preferences.inherited if client else desk.preferences.found
    unit, tongue = found("currency_id"), found("language_id")
    terms, valid = found("payment_terms"), found("valid_until")
    rate, reminders = found("default_task_rate"), found("send_reminders")
    return {
        "inherited_currency": _said(getattr(currency(str(unit.value)), "code", ""), unit),
        "inherited_language": _said(_named(language(str(tongue.value)), spoken), tongue),
        "inherited_terms": _said(settings.term_name(str(terms.value)), terms),
        "inherited_valid": _said(settings.term_name(str(valid.value)), valid),
        "inherited_reminders": _said(_("Switched on") if reminders.value else _("Switched off"), reminders),
        "inherited_rate": _said(formats.number(rate.value, spoken), rate) if rate.value else "",
    }


def _said(value: str, found: Found) -> str:
    """“30 days (group)”."""
    sources = {"group": _("group"), "company": _("company"), "default": _("company")}
    return f"{value} ({sources[found.source]})" if value else _("Inherited")


def _named(row: Any, spoken: str) -> str:
    return name_in(row, spoken) if row else ""


def classifications() -> list[tuple[str, str]]:
    """Kinds of clients, for tax and e-invoices."""
    return [
        ("individual", _("Individual")),
        ("business", _("Business")),
        ("company", _("Company")),
        ("partnership", _("Partnership")),
        ("trust", _("Trust")),
        ("charity", _("Charity")),
        ("government", _("Government")),
        ("other", _("Other")),
    ]
