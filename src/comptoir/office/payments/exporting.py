"""Export payments."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from comptoir.office.desk import Desk
from comptoir.office.exports import asking
from comptoir.office.payments.listing import list_page
from comptoir.payments.models import Payment


def export(place: Desk) -> HttpResponseBase:
    """The dialog and its file. Payments of deleted clients are left out (decision C17)."""
    rows = place.seen(Payment.objects.filter(client__deleted_at=None), "payment")
    return asking.export(place, asking.Source("payments", list_page(place), rows))
