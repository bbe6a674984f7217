"""The context that the office gives to its base layout."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from comptoir.ui.parts import MenuEntry

MODULES = [
    ("Dashboard", "layout-dashboard", "/", ""),
    ("Clients", "users", "/clients/", "New client"),
    ("Products", "package", "#", "New product"),
    ("Invoices", "file-invoice", "/invoice/", "New invoice"),
    ("Recurring", "repeat", "#", "New recurring invoice"),
    ("Payments", "credit-card", "#", "New payment"),
    ("Quotes", "file-description", "#", "New quote"),
    ("Credits", "receipt-refund", "#", "New credit"),
    ("Projects", "briefcase", "#", "New project"),
    ("Tasks", "checkbox", "#", "New task"),
    ("Vendors", "building-store", "#", "New vendor"),
    ("Expenses", "receipt", "#", "New expense"),
    ("Reports", "chart-bar", "#", ""),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context that the office gives to its base layout."""
    menu = [
        MenuEntry(label, icon, url, url if add else "", add, active=label == "Clients")
        for label, icon, url, add in MODULES
    ]
    return {
        "menu": menu,
        "company": {
            "name": "Atelier Moreau",
            "email": "bonjour@moreau.example",
            "phone": "+33 1 42 68 53 00",
        },
        "companies": [
            {"name": "Atelier Moreau", "url": "/done/", "active": True},
            {"name": "Northwind Studio", "url": "/done/", "active": False},
        ],
        "person": {"name": "Maud Delorme", "email": "maud@moreau.example", "url": "#"},
        "settings_url": "#",
        "palette_url": "/palette/",
        "notifications_url": "#",
        "unread": 3,
        "sign_out_url": "/done/",
        "help_url": "#",
    }
