from django.urls import path

from comptoir.office.settings.designs import drawing, editing, listing, moving

urlpatterns = [
    path("settings/designs/own", listing.listed, name="designs"),
    path("settings/designs/own/new", editing.edit, name="new-design"),
    path("settings/designs/own/import", moving.imported, name="import-design"),
    path("settings/designs/own/paper", drawing.paper, name="design-paper"),
    path("settings/designs/own/remarks", drawing.remarked, name="design-remarks"),
    path("settings/designs/own/<str:key>/edit", editing.edit, name="edit-design"),
    path("settings/designs/own/<str:key>/export", moving.exported, name="export-design"),
    path("settings/designs/own/<str:key>/<slug:name>", listing.act, name="act-design"),
]
