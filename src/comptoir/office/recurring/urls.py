"""The addresses of recurring invoices."""

from django.urls import path
from django.views.decorators.http import require_POST

from comptoir.office.desk import desk
from comptoir.office.documents.routes import routes
from comptoir.office.recurring.form import dates
from comptoir.office.recurring.kind import RECURRING
from comptoir.office.recurring.pricing import raise_one, raise_several

urlpatterns = [
    path(
        "recurring/dates",
        require_POST(desk("view", RECURRING.entity)(dates)),
        name="dates-recurring_invoice",
    ),
    path("recurring/raise", raise_several, name="raise-several-recurring_invoice"),
    path("recurring/<str:key>/raise", raise_one, name="raise-recurring_invoice"),
    *routes(RECURRING),
]
