"""The addresses of invoices."""

from django.urls import path
from django.views.decorators.http import require_GET

from comptoir.office.desk import desk
from comptoir.office.documents import companions, mailing
from comptoir.office.documents.routes import routes
from comptoir.office.invoices.kind import INVOICES
from comptoir.office.invoices.paying import pay
from comptoir.office.invoices.splitting import instalments

urlpatterns = [
    path("invoices/<str:key>/payment", pay, name="pay-invoice"),
    path("invoices/<str:key>/instalments", instalments, name="instalments-invoice"),
    path(
        "invoices/<str:key>/delivery-note",
        require_GET(desk("view", "invoice")(companions.delivery_note)),
        name="delivery-note",
    ),
    *mailing.routes(INVOICES),
    *routes(INVOICES),
]
