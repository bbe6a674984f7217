"""The link at the foot of a mail: choose which ones to receive, without signing in (RFC 2369, RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comptoir.clients.models import Contact
from comptoir.clients.receiving import Mail, choose_mails, contact_of
from comptoir.portal import mails, pages
from comptoir.portal.doors.threshold import door
from comptoir.portal.requests import address_of, guesses_counted
from comptoir.portal.visits import actor_of, locale_of, today
from comptoir.preferences.languages import of_pages
from comptoir.tenancy.scope import acting_for

ONE_CLICK = "List-Unsubscribe"
"""What a mail program posts by itself when its reader asks it to: everything goes."""


@csrf_exempt  # the key in the address proves who it is; a mail program sends no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@door("link")
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Show the kinds of mail and keep what is ticked. Opening the page changes nothing: scanners do it."""
    with guesses_counted(request):
        contact = contact_of(key)
        if contact is None:
            raise Http404
    contact.client.company = contact.company
    with acting_for(contact.company), translation.override(of_pages(locale_of(contact))):
        if request.method == "POST":
            _keep(request, contact)
        context = {"contact": contact, "inputs": mails.inputs(contact), "is_saved": request.method == "POST"}
        return pages.alone(request, "doors/mails.html", context, contact.company)


def _keep(request: HttpRequest, contact: Contact) -> None:
    everything_off = ONE_CLICK in request.POST or "none" in request.POST
    wants = dict.fromkeys(Mail, False) if everything_off else mails.read(request.POST)
    by = actor_of(contact, address_of(request))
    choose_mails(contact, wants, by=by, on=today(contact.company))
