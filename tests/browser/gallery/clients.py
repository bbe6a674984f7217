"""A list, an empty list and a record, composed as the office composes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comptoir.ui import cells
from comptoir.ui.lists import Chip, Column, ColumnChoice, Filter, Listing, Paging, Row, Table
from comptoir.ui.parts import Action, Crumb, Detail, Tab, Tile
from comptoir.ui.tags.figures import day, money
from tests.browser.gallery.components import STATS
from tests.browser.gallery.people import ACTIONS, CLIENTS, EURO, INVOICES

STATES = {"active": "Active", "overdue": "Overdue", "archived": "Archived"}


def _row(client: tuple[Any, ...]) -> Row:
    name, contact, number, city, status, paid, balance, last = client
    due = money(Decimal(balance), EURO) if Decimal(balance) else cells.NOTHING
    shown = [
        cells.who(name, contact, "/client/"),
        number,
        city,
        cells.badge(STATES[status], status=status),
        money(Decimal(paid), EURO),
        due,
        day(last),
    ]
    can = "edit restore" if status == "archived" else "edit invoice archive delete"
    return Row(number, name, shown, "/client/", "/client/edit/", can)


def clients(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    found = [client for client in CLIENTS if query.lower() in client[0].lower()]
    columns = [
        Column("name", "Client", sort_url="?sort=name", sorted="ascending", phone="main"),
        Column("number", "Number", quiet=True, sort_url="?sort=number"),
        Column("city", "City"),
        Column("status", "Status", phone="end"),
        Column("paid", "Paid to date", end=True, quiet=True),
        Column("balance", "Balance", end=True, strong=True, sort_url="?sort=balance", phone="end"),
        Column("last", "Last activity", quiet=True),
    ]
    due = sum(Decimal(client[6]) for client in found)
    paid = sum(Decimal(client[5]) for client in found)
    table = Table(
        columns,
        [_row(client) for client in found],
        ACTIONS,
        [
            Action("E-mail a statement", "", "send", key="invoice"),
            Action("Archive", "", "archive", "post", key="archive"),
            Action("Delete", "/confirm/", "trash", "dialog", key="delete", danger=True),
        ],
        "/done/",
        ["Total", "", "", "", money(paid, EURO), money(due, EURO), ""],
        "Clients",
    )
    listing = Listing(
        "/clients/",
        table,
        query,
        "Search clients…",
        segments=[Tab("Active", "#", active=True), Tab("Archived", "#"), Tab("Deleted", "#")],
        filters=[
            Filter(
                "group",
                "Group",
                [Tab("Retail", "#", active=True, count="8"), Tab("Industry", "#", count="4")],
            )
        ],
        chips=[Chip("City:", "Paris", "/clients/")] if query or request.GET.get("city") else [],
        clear_url="/clients/",
        views=[Tab("Owe for 60 days", "#"), Tab("Best of the year", "#")],
        save_view_url="/new-client/",
        columns=[ColumnChoice(column.key, column.label, True) for column in columns],
        columns_url="/columns/",
        exports=[Action("CSV", "#", "file-download"), Action("XLSX", "#", "file-download")],
        paging=Paging(
            "1–12 of 248", "", "?page=2", [Tab("20", "#", active=True), Tab("50", "#"), Tab("100", "#")]
        ),
    )
    return render(request, "clients.html", {"list": listing})


def nothing(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        "/nothing/",
        Table((), ()),
        empty_title="No quote yet",
        empty_icon="file-description",
        empty_text="A quote says what you offer, and until when. Approved, it becomes an invoice.",
        empty_actions=[Action("New quote", "#", "plus"), Action("Import", "#", "upload")],
    )
    return render(request, "clients.html", {"list": listing})


def _tabs(active: str) -> list[Tab]:
    named = [
        ("Overview", "layout-dashboard", ""),
        ("Details", "id-badge-2", ""),
        ("Documents", "paperclip", "4"),
        ("Ledger", "book-2", ""),
        ("Activity", "activity", ""),
        ("System logs", "terminal-2", ""),
        ("Locations", "map-pin", ""),
    ]
    return [Tab(label, "/client/", icon, label == active, count) for label, icon, count in named]


def client(request: HttpRequest) -> HttpResponse:
    named = [
        ("Groups", "users-group", "1 group"),
        ("Invoices", "file-invoice", "14 open"),
        ("Payments", "credit-card", "11 received"),
        ("Recurring invoices", "repeat", "2 active"),
        ("Quotes", "file-description", "3 open"),
        ("Credits", "receipt-refund", "1 open"),
        ("Projects", "briefcase", "2 open"),
        ("Tasks", "checkbox", "8 open"),
        ("Expenses", "receipt", "5 to invoice"),
    ]
    columns = [
        Column("number", "Number", strong=True, phone="main"),
        Column("date", "Date", quiet=True),
        Column("status", "Status", phone="end"),
        Column("amount", "Amount", end=True, strong=True, phone="end"),
    ]
    rows = [
        Row(
            number,
            number,
            [cells.link(number, "/invoice/"), day(on), cells.badge(word, status=status), money(amount, EURO)],
            "/invoice/",
        )
        for number, on, word, status, amount in INVOICES
    ]
    shown = {
        "tabs": _tabs("Overview"),
        "stats": STATS,
        "kebab": ACTIONS,
        "recent": Table(columns, rows),
        "tiles": [
            Tile(name, icon, count, "#list", "#add", f"New: {name.lower()}") for name, icon, count in named
        ],
        "trend": [3, 4, 3.5, 5, 4.6, 6, 6.6, 5.4, 7.6, 7.2, 8.6, 9.6],
        "crumbs": [Crumb("Clients", "/clients/"), Crumb("C-1005")],
        "details": [
            Detail("E-mail", "tom.ashworth@example.com", "email", copy=True),
            Detail("Phone", "+44 117 496 0123", "phone", copy=True),
            Detail("Address", "12 Harbour Street\nBristol BS1 4RW\nUnited Kingdom", "address"),
            Detail("VAT number", "GB123456789", "number", copy=True),
            Detail("Website", "example.com", "web", url="https://example.com"),
        ],
    }
    return render(request, "client.html", shown)
