"""A long form and the editor of an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comptoir.ui.forms import Form
from comptoir.ui.lines import LineColumn, LineTable
from comptoir.ui.parts import Choice
from comptoir.ui.tags.figures import money
from tests.browser.gallery.people import EURO


def edit_client(request: HttpRequest) -> HttpResponse:
    values = {
        "name": "Brightwater Logistics Ltd",
        "number": "C-1005",
        "vat_number": "GB123456789",
        "rate": Decimal("85.5"),
        "contacts": [
            {
                "first_name": "Tom",
                "last_name": "Ashworth",
                "email": "tom.ashworth@example",
                "phone": "+44 117 496 0123",
            }
        ],
        "country": "GB",
    }
    errors = {"contacts.0.email": ["That is not an e-mail address."]} if "fault" in request.GET else {}
    shown = {
        "form": Form(values, errors),
        "euro": EURO,
        "countries": [Choice("GB", "United Kingdom"), Choice("FR", "France")],
    }
    return render(request, "client_edit.html", shown)


def invoice(request: HttpRequest) -> HttpResponse:
    columns = [
        LineColumn("product_key", "Item", width="wide", suggest_url="/products.json", placeholder="Item"),
        LineColumn("notes", "Description", "area", placeholder="Description", below=True),
        LineColumn("cost", "Unit cost", "number", "small", blank="0"),
        LineColumn("quantity", "Quantity", "number", "small", blank="1"),
        LineColumn(
            "tax_rate1",
            "Tax",
            "select",
            "small",
            options=[("20", "20%"), ("10", "10%"), ("0", "None")],
            blank="20",
        ),
    ]
    rows = [
        {
            "product_key": "Logo design",
            "notes": "Three drafts, two rounds of corrections",
            "cost": Decimal(1200),
            "quantity": Decimal(1),
            "tax_rate1": "20",
        },
        {
            "product_key": "Day of consulting",
            "notes": "On site, 3–5 November",
            "cost": Decimal(680),
            "quantity": Decimal("2.5"),
            "tax_rate1": "20",
        },
    ]
    totals = [money(Decimal(1200), EURO), money(Decimal(1700), EURO)]
    lines = LineTable(columns, rows, totals_url="/totals/", totals=totals, hidden=["product_id"])
    values = {"date": date(2026, 11, 24), "due_date": date(2026, 12, 24), "client_id": "C-1004"}
    shown = {
        "lines": lines,
        "form": Form(values),
        "picked": [Choice("C-1004", "Café des Halles", "Inès Marchand")],
    }
    return render(request, "invoice.html", shown)
