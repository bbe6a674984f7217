"""The addresses of payments; verbs last, since they match any word."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.payments import acting, converting, entering, exporting, listing, moving, showing

seen, made = desk("view", "payment"), desk("create", "payment")
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("payments", get(seen(listing.show)), name="payments"),
    path("payments/new", both(made(entering.new)), name="new-payment"),
    path("payments/rate", post(seen(converting.follow)), name="rate-payment"),
    path("payments/bulk", post(seen(acting.bulk)), name="bulk-payment"),
    path("payments/bulk/delete", get(seen(acting.ask_many)), name="ask-many-payment"),
    path("payments/export", both(seen(exporting.export)), name="export-payment"),
    path("payments/<str:key>", get(seen(showing.show)), name="show-payment"),
    path("payments/<str:key>/edit", both(seen(entering.edit)), name="edit-payment"),
    path("payments/<str:key>/apply", both(seen(moving.apply)), name="apply-payment"),
    path("payments/<str:key>/refund", both(seen(moving.refund)), name="refund-payment"),
    path("payments/<str:key>/receipt", post(seen(acting.receipt)), name="receipt-payment"),
    path("payments/<str:key>/receipt.pdf", get(seen(acting.receipt_paper)), name="receipt-paper-payment"),
    path("payments/<str:key>/<slug:name>", both(seen(acting.act)), name="act-payment"),
]
