"""The addresses of what leaves by itself: for administrators, as in the API."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.office.desk import desk
from comptoir.office.schedules import editing, listing, planned

rules = desk("edit", "company")
get, post, both = require_GET, require_POST, require_http_methods(["GET", "POST"])
_VERB = "settings/schedules/<str:key>/<slug:verb>"

urlpatterns = [
    path("settings/schedules", get(rules(listing.listed)), name="schedules"),
    path("settings/schedules/new", both(rules(editing.new)), name="new-schedule"),
    path("settings/schedules/planned/<str:key>/cancel", post(rules(planned.cancel)), name="cancel-planned"),
    path("settings/schedules/<str:key>/edit", both(rules(editing.edit)), name="edit-schedule"),
    path(_VERB, post(rules(editing.change)), name="schedule"),
]
