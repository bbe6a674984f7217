"""Custom fields: what the company calls its own fields, and what they hold (S111 to S117)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comptoir.kernel.refused import Refused, Stale
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.office.versions import Conflict, save_if_current, told, version_of
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
        return _draw(place, Form(_stamped(place)))
    sent = place.request.POST
    try:
        typed = _read(sent)
        save_if_current(
            place.company,
            sent.get("version", ""),
            lambda: place.company.custom_fields,
            lambda: _save(place, typed),
        )
    except Stale:
        return _both(place, typed)
    except Refused as refused:
        return _draw(place, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The custom fields are saved."))
    return redirect("office:labels")


def _save(place: Desk, typed: Mapping[str, str]) -> None:
    fields = {**place.company.custom_fields, **typed}
    update_company(place.company, {"custom_fields": _named(fields)}, by=place.actor, on=place.on)


def _stamped(place: Desk) -> dict[str, str]:
    """What is kept, with its version."""
    definitions = place.company.custom_fields
    return _values(definitions) | {"version": version_of(definitions)}


def _both(place: Desk, typed: Mapping[str, str]) -> HttpResponse:
    """The page as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    kept = place.company.custom_fields
    shown = [
        (f"{kind['title']} {slot.place}", _in_words(slot, kept), _in_words(slot, typed))
        for kind in kinds()
        for slot in kind["slots"]
        if slot.key in typed and (kept.get(slot.key) or "") != typed[slot.key]
    ]
    form = Form(dict(place.request.POST.items()) | {"version": version_of(kept)})
    return _draw(place, form, status=409, shown=told(place.company, shown))


def _in_words(slot: Slot, definitions: Mapping[str, Any]) -> str:
    """What a field is called and what it holds."""
    values = _values({slot.key: definitions.get(slot.key) or ""})
    holds = {choice.value: choice.label for choice in field_kinds()}.get(values.get(slot.kind, ""), "")
    said = ", ".join(filter(None, (holds, values.get(slot.options, ""))))
    return f"{values[slot.label]} ({said})" if values.get(slot.label) else "—"


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


def _draw(place: Desk, form: Form, *, status: int = 200, shown: Conflict | None = None) -> HttpResponse:
    context = {
        **frame(place, level_of(place), "labels"),
        "form": form,
        "conflict": shown,
        "edit_url": reverse("office:labels"),
        "kinds": kinds(),
        "field_kinds": field_kinds(),
    }
    return page(place, "settings/labels.html", context, module="settings", status=status)


urlpatterns = [path("settings/fields", edit, name="labels")]
