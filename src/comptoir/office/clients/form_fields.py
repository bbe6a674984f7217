"""Which fields of the client's form a company uses: its practice says what it collects (S57)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.office.desk import Desk
from comptoir.office.links import page_url
from comptoir.office.pages import came_from, go_to, part
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from comptoir.ui import toasts
from comptoir.ui.parts import Choice

SWITCH: Final = "hidden_client_fields"

FIELDS: Final = {
    "id_number": gettext_lazy("ID number"),
    "vat_number": gettext_lazy("VAT number"),
    "siren": gettext_lazy("SIREN"),
    "siret": gettext_lazy("SIRET"),
    "website": gettext_lazy("Website"),
    "phone": gettext_lazy("Main phone"),
    "classification": gettext_lazy("Kind of client"),
    "group_id": gettext_lazy("Group"),
    "size_id": gettext_lazy("Size"),
    "industry_id": gettext_lazy("Industry"),
    "language_id": gettext_lazy("Language"),
    "valid_until": gettext_lazy("Quote valid until"),
    "default_task_rate": gettext_lazy("Task hourly rate"),
    "send_reminders": gettext_lazy("Send reminders"),
    "address2": gettext_lazy("Apt/Suite"),
    "state": gettext_lazy("State/Province"),
    "shipping": gettext_lazy("Shipping address"),
}
"""What may be left out; what the form cannot do without is not here. A hidden field keeps its value."""


def hidden(company: Company) -> set[str]:
    """The fields that the company left out; words it never had are none."""
    return {name for name in company.switch(SWITCH) or () if name in FIELDS}


def choose(desk: Desk) -> HttpResponse:
    """Tick the fields to use, in a dialog."""
    desk.need("edit", "company")
    if desk.request.method == "POST":
        used = set(desk.request.POST.getlist("used"))
        fields: dict[str, Any] = {SWITCH: [name for name in FIELDS if name not in used]}
        update_company(desk.company, fields, by=desk.actor, on=desk.on)
        toasts.add(desk.request, _("The form shows these fields now."))
        return go_to(desk, came_from(desk, page_url("new-client")))
    out = hidden(desk.company)
    context = {
        "choices": [Choice(name, str(label)) for name, label in FIELDS.items()],
        "used": [name for name in FIELDS if name not in out],
        "url": page_url("client-fields"),
    }
    return part(desk, "clients/fields.html", context)
