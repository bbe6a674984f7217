"""The addresses of invoices."""

from django.urls import path

from comptoir.office.documents import mailing
from comptoir.office.documents.routes import routes
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.invoices.paying import pay

urlpatterns = [
    path("invoices/<str:key>/payment", pay, name="pay-invoice"),
    *mailing.routes(INVOICES),
    *routes(INVOICES),
]
