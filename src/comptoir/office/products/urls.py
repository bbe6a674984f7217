"""The addresses of products; verbs last, since they match any word."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.products import editing, exporting, listing, suggesting

seen, made = desk("view", "product"), desk("create", "product")
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("products", get(seen(listing.show)), name="products"),
    path("products/new", both(made(editing.new)), name="new-product"),
    path("products/suggest", get(seen(suggesting.suggest)), name="suggest-product"),
    path("products/export", both(seen(exporting.export)), name="export-product"),
    path("products/<str:key>/edit", both(seen(editing.edit)), name="edit-product"),
    path("products/<str:key>/<slug:name>", post(seen(editing.act)), name="act-product"),
]
