"""Sign-in, the portal, refusals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comptoir.ui import cells
from comptoir.ui.lists import Column, Row, Table
from comptoir.ui.parts import MenuEntry
from comptoir.ui.tags.figures import day, money
from tests.browser.gallery.people import EURO, INVOICES


def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in.html")


def portal(request: HttpRequest) -> HttpResponse:
    menu = [
        MenuEntry("What is due", "", "#", active=True, count="2"),
        MenuEntry("Invoices", "", "#"),
        MenuEntry("Quotes", "", "#"),
        MenuEntry("Payments", "", "#"),
        MenuEntry("Documents", "", "#"),
    ]
    columns = [
        Column("number", "Number", strong=True, phone="main"),
        Column("date", "Due", quiet=True, phone="sub"),
        Column("status", "Status", phone="end"),
        Column("amount", "Balance", end=True, strong=True, phone="end"),
    ]
    rows = [
        Row(n, n, [cells.link(n, "#"), day(on), cells.badge(w, status=s), money(a, EURO)], "#")
        for n, on, w, s, a in INVOICES
    ]
    shown = {
        "portal_menu": menu,
        "contact": {"name": "Inès Marchand", "url": "#"},
        "table": Table(columns, rows),
        "brand_css": "/brand.css",
    }
    return render(request, "portal.html", shown)


def refusal(request: HttpRequest, code: int) -> HttpResponse:
    return render(request, f"{code}.html", status=code)
