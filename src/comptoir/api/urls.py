"""The API's addresses: everything below /api/v1 is found by the registry."""

from django.urls import path

from comptoir.api.door import api

urlpatterns = [
    path("api/v1/<path:path>", api, name="api"),
]
