"""The addresses of a client's statement; before those of clients, whose last one takes any word."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.statements import mailing, scheduling, showing

seen = desk("view", "client")
get, both = require_GET, require_http_methods(["GET", "POST"])

urlpatterns = [
    path("clients/<str:key>/statement", get(seen(showing.show)), name="statement-client"),
    path("clients/<str:key>/statement/pdf", get(seen(showing.pdf)), name="statement-pdf-client"),
    path("clients/<str:key>/statement/picture", get(seen(showing.drawn)), name="statement-picture-client"),
    path("clients/<str:key>/statement/mail", both(seen(mailing.mail)), name="statement-mail-client"),
    path(
        "clients/<str:key>/statement/schedule",
        both(seen(scheduling.schedule)),
        name="schedule-statement-client",
    ),
    path(
        "clients/<str:key>/statement/schedule/<str:which>/<slug:verb>",
        require_POST(seen(scheduling.change)),
        name="statement-schedule-client",
    ),
]
