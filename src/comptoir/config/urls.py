"""Routes: every door brings its own."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("comptoir.api.urls")),
    path("account/", include("comptoir.people.urls")),
    path("client", RedirectView.as_view(url="/client/", query_string=True)),
    path("client/", include("comptoir.portal.urls")),
    path("", include("comptoir.office.urls")),
]
