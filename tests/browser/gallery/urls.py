from django.urls import path

from tests.browser.gallery import answers, clients, components, doors, editing

urlpatterns = [
    path("", components.components),
    path("clients/", clients.clients),
    path("client/", clients.client),
    path("client/edit/", editing.edit_client),
    path("invoice/", editing.invoice),
    path("nothing/", clients.nothing),
    path("sign-in/", doors.sign_in),
    path("portal/", doors.portal),
    path("refusal/<int:code>/", doors.refusal),
    path("palette/", answers.palette),
    path("totals/", answers.totals),
    path("preview/", answers.preview),
    path("clients.json", answers.clients),
    path("products.json", answers.products),
    path("confirm/", answers.confirm),
    path("new-client/", answers.new_client),
    path("saved/", answers.saved),
    path("columns/", answers.saved),
    path("brand.css", answers.brand),
    path("done/", answers.done),
]
