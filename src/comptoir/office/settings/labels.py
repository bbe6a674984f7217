"""Custom fields: what the company calls its own fields, and what they hold (S111 to S117)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.preferences.custom_fields import PLACES, FieldKind, custom_fields
from comptoir.preferences.operations import update_company
from comptoir.ui import toasts
from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice

LONGEST: Final = 100
KINDS: Final = {
    "client": (gettext_lazy("Clients"), ""),
    "contact": (gettext_lazy("Contacts"), ""),
    "company": (gettext_lazy("Company"), ""),
    "invoice": (gettext_lazy("Invoices, quotes, credits"), ""),
    "surcharge": (gettext_lazy("Surcharges on documents"), ""),
    "product": (gettext_lazy("Products and lines"), ""),
    "payment": (gettext_lazy("Payments"), ""),
    "user": (gettext_lazy("Users"), ""),
    "project": (gettext_lazy("Projects"), "projects"),
    "task": (gettext_lazy("Tasks"), "tasks"),
    "vendor": (gettext_lazy("Vendors"), "vendors"),
    "expense": (gettext_lazy("Expenses"), "expenses"),
}
"""What may bear fields, and the module that must be installed for it. These are areas of the wire's map, not
kinds of records: documents share one; contacts, users and the company have their own.
"""


@dataclass(frozen=True)
class Slot:
    """One place for a field: ``client1``; its three inputs are named after it."""

    key: str
    place: int

    @property
    def label(self) -> str:
        return f"{self.key}.label"

    @property
    def kind(self) -> str:
        return f"{self.key}.kind"

    @property
    def options(self) -> str:
        return f"{self.key}.options"


def kinds() -> list[dict[str, Any]]:
    """The records that bear fields here."""
    installed = {config.label for config in apps.get_app_configs()}
    return [
        {
            "key": kind,
            "title": title,
            "slots": [Slot(f"{kind}{n}", n) for n in PLACES],
            "typed": kind != "surcharge",
            "placeholder": kind in ("client", "contact", "company"),
        }
        for kind, (title, module) in KINDS.items()
        if not module or module in installed
    ]


def field_kinds() -> list[Choice]:
    return [
        Choice(FieldKind.LINE, _("One line of text")),
        Choice(FieldKind.TEXT, _("Several lines")),
        Choice(FieldKind.SWITCH, _("Yes or no")),
        Choice(FieldKind.CHOICE, _("A list")),
        Choice(FieldKind.DATE, _("A date")),
    ]


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk) -> HttpResponse:
    """Name and type every field; without a name a field is nowhere, and its values are kept."""
    if place.request.method == "GET":
        return _draw(place, Form(_values(place.company.custom_fields)))
    sent = place.request.POST
    try:
        fields = {**place.company.custom_fields, **_read(sent)}
        update_company(place.company, {"custom_fields": _named(fields)}, by=place.actor, on=place.on)
    except Refused as refused:
        return _draw(place, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The custom fields are saved."))
    return redirect("office:labels")


def _named(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in fields.items() if text}


def _read(sent: Mapping[str, str]) -> dict[str, str]:
    """ "Label", "Label|date" or "Label|a,b,c" for each slot. Raises Refused at the slot's inputs."""
    faults: dict[str, list[Any]] = {}
    found = {}
    for kind in kinds():
        for slot in kind["slots"]:
            if slot.label in sent:
                found[slot.key] = _definition(slot, sent, faults)
    if faults:
        raise Refused.many(faults)
    return found


def _definition(slot: Slot, sent: Mapping[str, str], faults: dict[str, list[Any]]) -> str:
    label = " ".join(sent[slot.label].split())
    form = sent.get(slot.kind, "") or FieldKind.LINE
    if "|" in label or len(label) > LONGEST:
        faults[slot.label] = [_("At most 100 characters, without “|”.")]
    if not label or form == FieldKind.LINE:
        return label
    if form != FieldKind.CHOICE:
        return f"{label}|{FieldKind(form)}" if form in set(FieldKind) else label
    options = [option.strip() for option in sent.get(slot.options, "").split(",") if option.strip()]
    if not options:
        faults[slot.options] = [_("Write what may be chosen, separated by commas.")]
    return f"{label}|{','.join(options)}"


def _values(definitions: Mapping[str, Any]) -> dict[str, str]:
    values: dict[str, str] = {}
    for kind in KINDS:
        for each in custom_fields(definitions, kind):
            values |= {f"{each.key}.label": each.label, f"{each.key}.kind": str(each.kind)}
            values[f"{each.key}.options"] = ", ".join(each.options)
    return values


def _draw(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        **frame(place, level_of(place), "labels"),
        "form": form,
        "kinds": kinds(),
        "field_kinds": field_kinds(),
    }
    return page(place, "settings/labels.html", context, module="settings", status=status)


urlpatterns = [path("settings/fields", edit, name="labels")]
