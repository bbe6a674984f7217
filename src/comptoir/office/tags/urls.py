"""The addresses of tags, and of tagging."""

from django.urls import path

from comptoir.office.tags import editing, listing, many

urlpatterns = [
    path("tags", listing.listed, name="tags"),
    path("tags/new", listing.edit, name="new-tag"),
    path("tags/<str:key>/edit", listing.edit, name="edit-tag"),
    path("tags/<str:key>/<slug:name>", listing.act, name="act-tag"),
    path("tagged/<slug:kind>", many.tag, name="tag-many"),
    path("tagged/<slug:kind>/<str:key>", editing.change, name="tag-record"),
    path("tagged/<slug:kind>/<str:key>/suggest", editing.suggest, name="suggest-tag"),
]
