"""The index, the search and every page that the table of ``layout`` describes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.kernel.refused import Refused, Stale
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page, part
from comptoir.office.settings import extras, fields, guarding, reading, reminding, searching
from comptoir.office.settings.layout import BY_KEY, GROUPS, PAGES, Page, Section
from comptoir.office.settings.levels import Level, level_of
from comptoir.office.versions import Conflict
from comptoir.preferences.custom_fields import custom_fields
from comptoir.ui import toasts
from comptoir.ui.forms import Form

Extra = Callable[[Desk, Level], Mapping[str, Any]]

EXTRAS: Final[dict[str, Extra]] = {
    "company": extras.logo,
    "payments": extras.terms,
    "taxes": extras.rates,
    "designs": extras.papers_of,
    "numbers": extras.numbers_of,
    "email": extras.mail,
    "portal": extras.portal,
    "security": extras.security,
    "words": extras.words,
    "reminders": reminding.beside,
}
"""What a page shows beside its form; ``dress`` among it has the last word on each input."""


@require_GET
@desk()
def index(place: Desk) -> HttpResponse:
    """All chapters as cards; who may not change the company's settings sees their account."""
    if "level" not in place.request.GET and not place.may("edit", "company"):
        return redirect("office:account")
    level = level_of(place)
    query = place.request.GET.get("q", "").strip()
    context = {**frame(place, level, ""), "query": query, "hits": searching.hits(query, level)}
    if place.request.headers.get("HX-Request") and not place.request.headers.get("HX-Boosted"):
        name = "cards" if "cards" in place.request.GET else "results"
        return part(place, f"settings/{name}.html", context)
    return page(place, "settings/index.html", context, module="settings")


@require_http_methods(["GET", "POST"])
@desk()
def show(place: Desk, key: str) -> HttpResponse:
    """One page of the table: drawn, read and saved from its keys."""
    level = level_of(place)
    described = BY_KEY.get(key)
    if described is None or described.route or not described.at(level.key):
        raise Http404
    keys = [name for _section, names in described.at(level.key) for name in names]
    if place.request.method == "GET":
        begun = _values(keys, level, place) | guarding.stamp(keys, level, place)
        return _draw(place, level, described, Form(begun))
    return _save(place, level, described, keys)


def _save(place: Desk, level: Level, described: Page, keys: list[str]) -> HttpResponse:
    sent = place.request.POST
    reset = next((key for key in keys if key == sent.get("reset") and reading.lets_go(key, level)), "")
    try:
        typed = reading.read([name for name in keys if name != reset], sent, level)
        if reset:
            typed.let_go(reset)
        guarding.save(keys, typed, level, place)
    except Stale:
        return _both(place, level.again(), described, keys, typed)
    except Refused as refused:
        values = {**_values(keys, level, place), **{name: sent[name] for name in sent}}
        return _draw(place, level, described, Form(values, refused.errors), status=422)
    toasts.add(place.request, _said(reset, level))
    return redirect(page_url(described, level))


def _both(place: Desk, level: Level, described: Page, keys: list[str], typed: reading.Typed) -> HttpResponse:
    """The page as it was sent, with what somebody else saved meanwhile; saving again is a choice now."""
    sent = place.request.POST
    begun = _values(keys, level, place) | {name: sent[name] for name in sent}
    form, shown = guarding.both(keys, begun, typed, level, place)
    return _draw(place, level, described, form, status=409, shown=shown)


def _said(reset: str, level: Level) -> str:
    if not reset:
        return _("The settings are saved.")
    return _("It is removed.") if level.is_company else _("It follows what is above it again.")


def _values(keys: list[str], level: Level, place: Desk) -> dict[str, Any]:
    return {name: fields.value(name, level, place) for name in keys}


def _draw(
    place: Desk,
    level: Level,
    described: Page,
    form: Form,
    *,
    status: int = 200,
    shown: Conflict | None = None,
) -> HttpResponse:
    extra = EXTRAS.get(described.key)
    beside = dict(extra(place, level)) if extra else {}
    dress = beside.pop("dress", None)
    sections = []
    for section, keys in described.at(level.key):
        inputs = [fields.field(name, level, place) for name in _named_only(keys, place)]
        inputs = [_shortened(dress(each) if dress else each, section) for each in inputs]
        if inputs or section.extra:
            sections.append({"about": section, "fields": inputs})
    context = {
        **frame(place, level, described.key),
        "page": described,
        "sections": sections,
        "form": form,
        "conflict": shown,
        "edit_url": page_url(described, level),
        **beside,
    }
    return page(place, "settings/page.html", context, module="settings", status=status)


def _shortened(shown: fields.Field, section: Section) -> fields.Field:
    """Without the section's title in front: below “Reminder 1”, “Reminder 1: days” is “Days”."""
    found = re.match(rf"{re.escape(str(section.title))}\s*:\s*(.+)", shown.label)
    if found is None:
        return shown
    return replace(shown, label=found[1][:1].upper() + found[1][1:])


def _named_only(keys: list[str], place: Desk) -> list[str]:
    """Custom fields of the company appear once they have a name."""
    named = {each.name for each in custom_fields(place.company.custom_fields, "company")}
    return [key for key in keys if not key.startswith("custom_value") or key in named]


def frame(place: Desk, level: Level, active: str) -> dict[str, Any]:
    """What stands around every settings page: the list of pages, whose settings these are, the way out."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for each in PAGES:
        url = page_url(each, level)
        if url and _may_see(each, level):
            entries.setdefault(each.group, []).append(
                {"page": each, "url": url, "active": each.key == active}
            )
    return {
        "level": level,
        "groups": [{"title": GROUPS[group], "entries": found} for group, found in entries.items()],  # type: ignore[index]
        "index_url": reverse("office:settings") + level.query,
        "hidden": [(name, place.request.GET[name]) for name in ("level", "id") if not level.is_company],
    }


def _may_see(each: Page, level: Level) -> bool:
    if each.route:
        return level.is_company or each.key == "letters"
    return bool(each.at(level.key))


def page_url(described: Page, level: Level) -> str:
    """The address of a page; "" for one whose module is not there."""
    try:
        if described.route:
            return reverse(described.route) + level.query
        return reverse("office:settings-page", args=[described.key]) + level.query
    except NoReverseMatch:
        return ""
