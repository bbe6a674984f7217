"""Every address of the office; each module brings its own list."""

from importlib.util import find_spec

from django.urls import include, path

app_name = "office"

_MODULES = (
    "home",
    "palette",
    "account",
    "companies",
    "columns",
    "lists.views",
    "files.urls",
    "statements.urls",
    "clients.urls",
    "groups.urls",
    "tags.urls",
    "mails.urls",
    "products.urls",
    "invoices.urls",
    "quotes",
    "credits",
    "payments.urls",
    "bundles",
    "runs",
    "assigning.urls",
    "recurring.urls",
    "imports.urls",
    "exports.waiting",
    "schedules.urls",
    "settings.urls",
    "setup",
    "welcome",
    "help",
)

urlpatterns = [
    path("", include(f"comptoir.office.{module}"))
    for module in _MODULES
    if find_spec(f"comptoir.office.{module}") is not None
]
