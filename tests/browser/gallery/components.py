"""One of each component."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comptoir.ui.forms import Form
from comptoir.ui.parts import Choice, Crumb, Stat, Tab
from tests.browser.gallery.people import ACTIONS, CLIENTS, EURO

STATS = [
    Stat("Paid to date", "€10,317.09", "12% more than in 2025", "success", "trending-up"),
    Stat("Balance due", "€2,686.31", "2 invoices overdue", "error", "alert-circle"),
    Stat("Credit", "€0.00", "No open credit"),
    Stat("Pays in", "23 days", "Terms: 30 days net"),
]


def components(request: HttpRequest) -> HttpResponse:
    errors = {
        "email": ["That is not an e-mail address."],
        "": ["Somebody else has saved this record meanwhile."],
    }
    values = {
        "email": "maud@",
        "rate": Decimal("12.5"),
        "auto": True,
        "kind": "b",
        "since": date(2026, 11, 24),
    }
    shown = {
        "form": Form(values, errors),
        "kebab": ACTIONS,
        "euro": EURO,
        "consequences": ["Three drafts are deleted with it.", "Its portal links stop working."],
        "stats": STATS,
        "countries": [Choice("fr", "France"), Choice("be", "Belgium"), Choice("ch", "Switzerland")],
        "kinds": [Choice("a", "By e-mail", "At once"), Choice("b", "By post", "Two days")],
        "clients": [Choice(c[2], c[0], c[1]) for c in CLIENTS],
        "amount": Decimal("1234567.5"),
        "picked": [Choice("C-1004", "Café des Halles")],
        "trend": [3, 5, 4, 8, 7, 9, 12, 10, 13, 15, 14, 18],
        "months": list("JFMAMJJASOND"),
        "crumbs": [Crumb("Settings", "#"), Crumb("Company", "#"), Crumb("Taxes")],
        "segments": [Tab("Active", "#", active=True), Tab("Archived", "#"), Tab("Deleted", "#")],
    }
    return render(request, "components.html", shown)
