"""Believable clients, invoices and products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comptoir.ui.parts import Action

ACTIONS = [
    Action("Edit", "/client/edit/?{id}", "pencil", key="edit"),
    Action("New invoice", "/invoice/?client={id}", "file-plus", key="invoice"),
    Action("Archive", "/done/?{id}", "archive", "post", key="archive", divided=True),
    Action("Restore", "/done/?{id}", "archive-off", "post", key="restore", divided=True),
    Action("Delete", "/confirm/?{id}", "trash", "dialog", key="delete", danger=True),
]


@dataclass(frozen=True)
class Euro:
    code: str = "EUR"
    precision: int = 2


EURO = Euro()

# name, contact, number, city, status, paid, balance, last activity
CLIENTS = [
    (
        "Ateliers Beaumarchais",
        "Claire Fontaine",
        "C-1001",
        "Paris, FR",
        "archived",
        "54730.12",
        "8370.04",
        date(2026, 11, 20),
    ),
    (
        "Boulangerie Saint-Marc",
        "Hugo Lefèvre",
        "C-1002",
        "Lyon, FR",
        "active",
        "16192.40",
        "1306.32",
        date(2026, 9, 27),
    ),
    (
        "Nordlys Architektur GmbH",
        "Annika Vogel",
        "C-1003",
        "Hamburg, DE",
        "active",
        "85533.58",
        "0",
        date(2026, 11, 19),
    ),
    (
        "Café des Halles",
        "Inès Marchand",
        "C-1004",
        "Nantes, FR",
        "overdue",
        "73153.67",
        "5137.06",
        date(2026, 10, 28),
    ),
    (
        "Brightwater Logistics Ltd",
        "Tom Ashworth",
        "C-1005",
        "Bristol, GB",
        "active",
        "10317.09",
        "2686.31",
        date(2026, 11, 10),
    ),
    (
        "Studio Kōyō",
        "Haruka Mori",
        "C-1006",
        "Kyoto, JP",
        "overdue",
        "10778.72",
        "8408.99",
        date(2026, 11, 10),
    ),
    (
        "Verger & Fils",
        "Paul Verger",
        "C-1007",
        "Angers, FR",
        "active",
        "8215.27",
        "2882.87",
        date(2026, 11, 6),
    ),
    (
        "Oliveira Têxteis SA",
        "Marta Oliveira",
        "C-1008",
        "Porto, PT",
        "active",
        "70719.86",
        "0",
        date(2026, 11, 17),
    ),
    (
        "Helvetia Uhren AG",
        "Lukas Frei",
        "C-1009",
        "Biel, CH",
        "overdue",
        "52154.66",
        "14392.63",
        date(2026, 10, 18),
    ),
    (
        "Maison Garance",
        "Garance Roux",
        "C-1010",
        "Bordeaux, FR",
        "archived",
        "31919.52",
        "11577.03",
        date(2026, 10, 19),
    ),
    (
        "Librairie du Canal",
        "Sofia Benali",
        "C-1011",
        "Lille, FR",
        "active",
        "4120.00",
        "310.50",
        date(2026, 11, 2),
    ),
    ("Fjord & Sønner AS", "Ida Haugen", "C-1012", "Bergen, NO", "active", "9930.75", "0", date(2026, 11, 12)),
]

INVOICES = [
    ("F-2026-0135", date(2026, 11, 20), "Draft", "draft", Decimal("1459.26")),
    ("F-2026-0128", date(2026, 11, 3), "Sent", "sent", Decimal("4289.10")),
    ("F-2026-0121", date(2026, 10, 17), "Partial", "partial", Decimal("272.07")),
    ("F-2026-0114", date(2026, 9, 30), "Overdue", "overdue", Decimal("4188.25")),
    ("F-2026-0107", date(2026, 9, 13), "Paid", "paid", Decimal("3522.49")),
    ("F-2026-0100", date(2026, 8, 27), "Paid", "paid", Decimal("942.35")),
]

PRODUCTS = [
    ("Logo design", "Three drafts, two rounds of corrections", "1200"),
    ("Hosting, one year", "Server, backups, certificate", "240"),
    ("Day of consulting", "On site or by video", "680"),
    ("Hour of support", "By telephone", "85"),
]
