"""The addresses of assigning."""

from django.urls import path

from comptoir.office.assigning import doing

urlpatterns = [
    path("assign/<slug:entity>", doing.several, name="assign"),
    path("assign/<slug:entity>/<str:key>", doing.one, name="assign-one"),
]
