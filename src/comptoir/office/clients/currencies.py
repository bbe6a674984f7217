"""A client's currency is changed: what was issued keeps its own, and whoever changes it is told (S83)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comptoir.clients.models import Client
from comptoir.office.desk import Desk
from comptoir.reference import currency
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote
from comptoir.ui import toasts

_DRAFT = 1


def warn_of_change(desk: Desk, client: Client, before: str) -> None:
    """Say what a new currency does not change; ``before`` is the id of the one that held."""
    known = currency(before)
    if known is None or client.currency_id == before or not _has_issued(client):
        return
    said = _("What was issued stays in %(code)s; new documents take the new currency.")
    toasts.add(desk.request, said % {"code": known.code}, "warning")


def _has_issued(client: Client) -> bool:
    kinds = (Invoice, Quote, Credit)
    return any(kind.objects.filter(client=client).exclude(status_id=_DRAFT).exists() for kind in kinds)
