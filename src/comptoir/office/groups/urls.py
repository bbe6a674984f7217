"""The addresses of groups."""

from django.urls import path

from comptoir.office.groups import editing, listing, showing

urlpatterns = [
    path("groups", listing.listed, name="groups"),
    path("groups/new", editing.edit, name="new-group"),
    path("groups/<str:key>", showing.show, name="show-group"),
    path("groups/<str:key>/edit", editing.edit, name="edit-group"),
    path("groups/<str:key>/upload", editing.upload, name="upload-group"),
    path("groups/<str:key>/<slug:name>", editing.act, name="act-group"),
]
