"""Routes: every door brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("comptoir.api.urls")),
    path("account/", include("comptoir.people.urls")),
    path("client/", include("comptoir.portal.urls")),
    path("", include("comptoir.office.urls")),
]
