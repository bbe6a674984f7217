"""The addresses of imports."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.imports import changing, overview, showing

here = desk()
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("imports", both(here(overview.show)), name="imports"),
    path("imports/<str:key>", get(here(showing.show)), name="show-import"),
    path("imports/<str:key>/progress", get(here(showing.progress)), name="import-progress"),
    path("imports/<str:key>/corrections", get(here(showing.corrections)), name="import-corrections"),
    path("imports/<str:key>/read", post(here(changing.reread)), name="reread-import"),
    path("imports/<str:key>/start", post(here(changing.start)), name="start-import"),
    path("imports/<str:key>/stop", post(here(changing.stop)), name="stop-import"),
    path("imports/<str:key>/resume", post(here(changing.resume)), name="resume-import"),
    path("imports/<str:key>/forget", post(here(changing.forget)), name="forget-import"),
    path("imports/<str:key>/mapping", post(here(changing.use)), name="use-mapping"),
    path("imports/<str:key>/mapping/forget", post(here(changing.unkeep)), name="forget-mapping"),
]
