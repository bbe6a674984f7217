"""The addresses of clients; verbs last, since they match any word."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.clients import (
    acting,
    addresses,
    asking,
    editing,
    exporting,
    form_fields,
    listing,
    rare,
    showing,
    vat,
)
from comptoir.office.desk import desk

seen, made = desk("view", "client"), desk("create", "client")
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("clients", get(seen(listing.show)), name="clients"),
    path("clients/new", both(made(editing.new)), name="new-client"),
    path("clients/suggest", get(seen(asking.suggest)), name="suggest-client"),
    path("clients/quick", both(made(asking.quick)), name="quick-client"),
    path("clients/fields", both(seen(form_fields.choose)), name="client-fields"),
    path("clients/vat", both(seen(vat.look_up)), name="client-vat"),
    path("clients/bulk", post(seen(acting.bulk)), name="bulk-client"),
    path("clients/export", both(seen(exporting.export)), name="export-clients"),
    path("clients/group", both(seen(acting.group)), name="assign-group"),
    path("clients/<str:key>", get(seen(showing.show)), name="show-client"),
    path("clients/<str:key>/edit", both(seen(editing.edit)), name="edit-client"),
    path("clients/<str:key>/group", both(seen(acting.group)), name="group-client"),
    path("clients/<str:key>/comment", both(seen(acting.comment)), name="comment-client"),
    path("clients/<str:key>/vat", both(seen(vat.check)), name="vat-client"),
    path("clients/<str:key>/logo", get(seen(showing.logo)), name="logo-client"),
    path("clients/<str:key>/upload", post(seen(acting.upload)), name="upload-client"),
    path("clients/<str:key>/merge", both(seen(rare.merge)), name="merge-client"),
    path("clients/<str:key>/clone", post(seen(rare.clone)), name="clone-client"),
    path("clients/<str:key>/purge", both(seen(rare.purge)), name="purge-client"),
    path("clients/<str:key>/address/<str:contact>", post(seen(addresses.again)), name="address-client"),
    path("clients/<str:key>/tab/<slug:tab>", get(seen(showing.show)), name="tab-client"),
    path("clients/<str:key>/<slug:name>", both(seen(acting.act)), name="act-client"),
]
