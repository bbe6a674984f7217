"""The addresses of clients."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.clients import acting, asking, editing, listing, showing
from comptoir.office.desk import desk

seen, made, changed = desk("view", "client"), desk("create", "client"), desk("view", "client")
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("clients", get(seen(listing.show)), name="clients"),
    path("clients/new", both(made(editing.new)), name="new-client"),
    path("clients/suggest", get(seen(asking.suggest)), name="suggest-client"),
    path("clients/quick", both(made(asking.quick)), name="quick-client"),
    path("clients/bulk", post(changed(acting.bulk)), name="bulk-client"),
    path("clients/group", both(changed(acting.group)), name="assign-group"),
    path("clients/<str:key>", get(seen(showing.show)), name="show-client"),
    path("clients/<str:key>/edit", both(changed(editing.edit)), name="edit-client"),
    path("clients/<str:key>/group", both(changed(acting.group)), name="group-client"),
    path("clients/<str:key>/comment", both(changed(acting.comment)), name="comment-client"),
    path("clients/<str:key>/upload", post(changed(acting.upload)), name="upload-client"),
    path("clients/<str:key>/tab/<slug:tab>", get(seen(showing.show)), name="tab-client"),
    path("clients/<str:key>/<slug:name>", both(changed(acting.act)), name="act-client"),
]
