"""The addresses of the settings; the pages of the table come last, since their address fits any word."""

from importlib import import_module

from django.urls import path

from comptoir.office.settings import pages

_MODULES = (
    "logo",
    "rates",
    "exchange",
    "gateways",
    "numbers",
    "papers",
    "designs.urls",
    "mail",
    "letters",
    "reminding",
    "labels",
    "staff",
    "tokens",
    "webhooks",
    "companies",
    "modules",
    "system",
)

urlpatterns = [
    path("settings", pages.index, name="settings"),
    *(each for name in _MODULES for each in import_module(f"comptoir.office.settings.{name}").urlpatterns),
    path("settings/<slug:key>", pages.show, name="settings-page"),
]
