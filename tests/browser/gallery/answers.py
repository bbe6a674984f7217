"""What the gallery's server answers to its scripts."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from plutoprint import PAGE_SIZE_A4, Book

from comptoir.ui import brand as brands
from comptoir.ui import toasts
from comptoir.ui.arithmetic import calculate
from comptoir.ui.parts import Found, FoundGroup
from comptoir.ui.tags.figures import money
from tests.browser.gallery.people import CLIENTS, EURO, PRODUCTS


def palette(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").lower()
    found = [Found(c[0], "/client/", "user", c[1], c[2]) for c in CLIENTS if query in c[0].lower()][:5]
    go = [Found("New invoice", "/invoice/", "plus"), Found("Tax rates", "#", "settings", "Settings")]
    groups = [
        FoundGroup("Clients", found),
        FoundGroup("Go to", [one for one in go if query in one.label.lower()]),
    ]
    return render(request, "found.html", {"groups": [group for group in groups if group.items]})


def totals(request: HttpRequest) -> HttpResponse:
    total, at = Decimal(0), 0
    while f"line_items.{at}.cost" in request.POST:
        cost, quantity = (calculate(request.POST[f"line_items.{at}.{key}"]) for key in ("cost", "quantity"))
        total, at = total + cost * quantity, at + 1
    return render(
        request,
        "totals.html",
        {"net": money(total, EURO), "tax": money(total / 5, EURO), "total": money(total * 6 / 5, EURO)},
    )


def preview(request: HttpRequest) -> HttpResponse:
    body = BytesIO()
    book = Book(PAGE_SIZE_A4)
    book.load_html("<h1>Invoice</h1><p>" + request.POST.get("public_notes", "") + "</p>")
    book.write_to_png_stream(body)
    return HttpResponse(body.getvalue(), content_type="image/png")


def clients(request: HttpRequest) -> JsonResponse:
    query = request.GET.get("q", "").lower()
    return JsonResponse(
        [{"value": c[2], "label": c[0], "hint": c[1]} for c in CLIENTS if query in c[0].lower()], safe=False
    )


def products(request: HttpRequest) -> JsonResponse:
    query = request.GET.get("q", "").lower()
    found = [
        {"value": name, "label": name, "hint": notes, "end": cost, "fill": {"notes": notes, "cost": cost}}
        for name, notes, cost in PRODUCTS
        if query in name.lower()
    ]
    return JsonResponse(found, safe=False)


def confirm(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "confirm.html",
        {"consequences": ["Three drafts are deleted with it.", "Its portal links stop working."]},
    )


def new_client(request: HttpRequest) -> HttpResponse:
    return render(request, "new_client.html", {"typed": request.GET.get("q", "")})


def saved(request: HttpRequest) -> HttpResponse:
    return toasts.show(HttpResponse(status=204), "Saved")


def done(request: HttpRequest) -> HttpResponse:
    toasts.add(request, "Archived Café des Halles", undo="/done/")
    return redirect("/clients/")


def brand(request: HttpRequest) -> HttpResponse:
    return HttpResponse(brands.stylesheet("#0f766e"), content_type="text/css")
