"""Writing again to an address that mails came back from."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comptoir.clients.models import Client, Contact
from comptoir.delivery.mail.operations import write_again
from comptoir.kernel import ids
from comptoir.office.attempts import attempt
from comptoir.office.clients import client_url
from comptoir.office.clients.finding import find, people_of
from comptoir.office.desk import Desk
from comptoir.ui import toasts


def again_url(client: Client, contact: Contact) -> str:
    """Where it is asked for."""
    return reverse("office:address-client", args=[ids.encode(client.pk), ids.encode(contact.pk)])


def again(desk: Desk, key: str, contact: str) -> HttpResponse:
    """Let reminders go to the contact's address again."""
    client = find(desk, key, "edit")
    person = next((one for one in people_of(client) if one.pk == ids.decode(contact)), None)
    if person is None:
        raise Http404
    if attempt(desk, lambda: write_again(person.email, client_id=client.pk, by=desk.actor)):
        toasts.add(desk.request, _("Reminders go to %(mail)s again.") % {"mail": person.email})
    return redirect(client_url(client, "tab", "details"))
