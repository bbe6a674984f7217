"""The addresses of mails."""

from django.urls import path

from comptoir.office.mails import showing

urlpatterns = [
    path("mails/<str:key>", showing.show, name="mail"),
    path("mails/<str:key>/body", showing.body, name="mail-body"),
    path("mails/<str:key>/again", showing.again, name="mail-again"),
]
