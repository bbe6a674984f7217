"""What a contact can go to. A list with nothing in it, or of a module that is off, is nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.clients.models import Contact
from comptoir.gateways.offers import can_keep, stored_methods
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.portal import attachments
from comptoir.portal.documents.kinds import CREDITS, QUOTES, RECURRING
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.ui.parts import MenuEntry

if TYPE_CHECKING:
    from comptoir.portal.visits import Visit

_MOST: Final = 99


def entries(visit: Visit) -> list[MenuEntry]:
    """The tabs, with what waits for the contact beside them."""
    path = visit.request.path
    return [
        MenuEntry(
            label,
            "",
            url,
            active=path == url if url == reverse("portal:home") else path.startswith(url),
            count=count,
        )
        for label, url, count in _entries(visit)
    ]


def _entries(visit: Visit) -> Iterator[tuple[str, str, str]]:
    yield _("Home"), reverse("portal:home"), ""
    due = Invoice.objects.filter(client=visit.client).payable().count()
    yield _("Invoices"), reverse("portal:invoices"), _count(due)
    if QUOTES.is_on(visit.company) and QUOTES.visible(visit.client).exists():
        waiting = Quote.objects.live().filter(client=visit.client).awaiting(visit.on).count()
        yield _("Quotes"), reverse("portal:quotes"), _count(waiting)
    if CREDITS.is_on(visit.company) and CREDITS.visible(visit.client).exists():
        yield _("Credit notes"), reverse("portal:credits"), ""
    if RECURRING.is_on(visit.company) and RECURRING.visible(visit.client).exists():
        yield pgettext("invoices", "Recurring"), RECURRING.list_url, ""
    in_advance = visit.preferences.client_initiated_payments
    if in_advance or Payment.objects.live().filter(client=visit.client).exists():
        yield _("Payments"), reverse("portal:payments"), ""
    if can_keep(visit.client) or stored_methods(visit.client):
        yield _("Payment methods"), reverse("portal:payment-methods"), ""
    if attachments.may_upload(visit.client) or attachments.of_client(visit.client):
        yield _("Documents"), reverse("portal:documents"), ""
    yield _("Statement"), reverse("portal:statement"), ""


def companions(visit: Visit) -> list[dict[str, Any]]:
    """Other clients that the same person may switch to."""
    if not visit.session.companions or visit.session.is_silent:
        return []
    people = Contact.everywhere.filter(pk__in=visit.session.companions, deleted_at=None)
    return [
        {
            "name": f"{one.client.display_name or one} · {one.company.name}",
            "url": reverse("portal:switch", args=[ids.encode(one.pk)]),
        }
        for one in people.select_related("client", "company")
        if one.pk != visit.contact.pk
    ]


def _count(number: int) -> str:
    if not number:
        return ""
    return str(number) if number <= _MOST else f"{_MOST}+"
