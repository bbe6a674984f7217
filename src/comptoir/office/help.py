"""Help: how to begin with clients, and the keyboard (S1, S118)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page

PAGES = {
    "clients": gettext_lazy("Clients"),
    "credits": gettext_lazy("Credits"),
    "keyboard": gettext_lazy("Keyboard"),
    "api": gettext_lazy("API and programs"),
}
"""The chapters, in the order in which one leads to the next."""


@require_GET
@desk()
def first(_place: Desk) -> HttpResponse:
    """The help begins with clients."""
    return redirect("office:help-page", "clients")


@require_GET
@desk()
def show(place: Desk, key: str) -> HttpResponse:
    """One chapter, in the reader's language, with the way to the next."""
    if key not in PAGES:
        raise Http404
    keys = list(PAGES)
    at = keys.index(key)
    following = keys[at + 1] if at + 1 < len(keys) else ""
    before = keys[at - 1] if at else ""
    context = {
        "title": PAGES[key],
        "chapters": [
            {"label": label, "url": _url(name), "active": name == key} for name, label in PAGES.items()
        ],
        "next": {"label": PAGES[following], "url": _url(following)} if following else None,
        "before": {"label": PAGES[before], "url": _url(before)} if before else None,
        "template": f"office/help/{key}.html",
        "shortcuts": shortcuts(),
    }
    return page(place, "help/page.html", context, module="help")


def _url(key: str) -> str:
    return reverse("office:help-page", args=[key])


def shortcuts() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys, by place."""
    return [
        (_("Everywhere"), [("Ctrl K", _("Search, go to, create")), ("Ctrl S", _("Save the form"))]),
        (
            _("Lists"),
            [
                ("/", _("Search the list")),
                ("↑ ↓", _("Walk the rows")),
                ("↵", _("Open the row")),
                ("E", _("Edit the row")),
                ("X", _("Tick the row")),
                ("N", _("New record")),
            ],
        ),
        (_("A record"), [("E", _("Edit"))]),
        (
            _("Lines of a document"),
            [("↵", _("Next line")), ("3*12.5", _("Sums may be typed into every number"))],
        ),
        (_("Menus"), [("↑ ↓", _("Walk")), ("Esc", _("Close"))]),
    ]


urlpatterns = [
    path("help", first, name="help"),
    path("help/<slug:key>", show, name="help-page"),
]
