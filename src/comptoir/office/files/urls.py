"""The addresses of attached files."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.files import views

seen = desk("view", "client")
both = require_http_methods(["GET", "POST"])

urlpatterns = [
    path("files/<str:key>", require_GET(seen(views.show)), name="file"),
    path("files/<str:key>/visibility", require_POST(seen(views.visibility)), name="file-visibility"),
    path("files/<str:key>/rename", both(seen(views.rename)), name="file-rename"),
    path("files/<str:key>/delete", both(seen(views.delete)), name="file-delete"),
    path("clients/<str:key>/files.zip", require_GET(seen(views.of_client)), name="zip-client"),
]
