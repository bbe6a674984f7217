"""A session that opens one document wants to see the others: prove who you are."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from comptoir.kernel import ids
from comptoir.people.limits import TooManyTries, try_once
from comptoir.portal import pages
from comptoir.portal.documents.kinds import KINDS
from comptoir.portal.letters import Purpose, mail_key
from comptoir.portal.requests import MAILS_TO_ONE, count_form
from comptoir.portal.visits import Visit, visit


@require_http_methods(["GET", "HEAD", "POST"])
@visit(part=True)
def more(there: Visit) -> HttpResponse:
    """Mail a link to the contact's own address: whoever reads it may see everything."""
    if there.is_whole:
        return pages.to("portal:home")
    if there.request.method == "POST" and there.contact.email:
        try:
            count_form(there.request, "mail")
            try_once(MAILS_TO_ONE, there.contact.email.lower())
        except TooManyTries as wait:
            return pages.limited(there.request, wait)
        with transaction.atomic():
            mail_key(there.contact, Purpose.SIGN_IN)
        return pages.to("portal:more", done="sent")
    return pages.page(there, "doors/more.html", _context(there))


def _context(there: Visit) -> dict[str, object]:
    query = urlencode({"email": there.contact.email})
    return {
        "address": masked(there.contact.email),
        "is_sent": there.request.GET.get("done") == "sent",
        "login_url": f"{reverse('portal:login', args=[there.company.company_key])}?{query}"
        if there.contact.password
        else "",
        "open": [
            {"label": KINDS[kind].one, "url": reverse(f"portal:{kind}", args=[ids.encode(pk)])}
            for kind, pk, _digest in there.session.opens[-1:]
        ],
    }


def masked(email: str) -> str:
    """Enough for the owner to know it by: m…@example.com."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
