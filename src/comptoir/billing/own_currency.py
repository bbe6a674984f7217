"""When a company changes the currency of its books.

The rates of exchange of its records are counted against the old one, and say nothing of the new: what was
issued and paid keeps them for good (decision P7), so the currency stays; drafts and schedules forget theirs.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity import kinds
from comptoir.exchange.rates import UNKNOWN
from comptoir.kernel.refused import Refused
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.facts import CompanyUpdated
from comptoir.reference import currency

from .documents import BillingDocument


def change_currency(fact: CompanyUpdated) -> None:
    """During CompanyUpdated. Raises Refused at ``settings.currency_id``."""
    was, now = (_currency(said) for said in fact.changes.get("currency_id", ("", "")))
    if was == now:
        return
    rated = ~Q(exchange_rate__in=(0, UNKNOWN))
    for kind in kinds.every():
        if not hasattr(kind.model, "exchange_rate"):
            continue
        rows = kind.model.objects.filter(rated)
        if issubclass(kind.model, BillingDocument):
            open_ = Q(status_id=1) if kind.model.takes_rate else Q()
            rows.filter(open_).update(exchange_rate=UNKNOWN, updated_at=timezone.now())
        if rows.exists():
            raise _refusal(was)


def _currency(said: str | None) -> str:
    return str(Preferences(({"currency_id": said} if said else {},)).currency_id)


def _refusal(unit: str) -> Refused:
    code = getattr(currency(unit), "code", "")
    sentence = _(
        "What you issued or were paid in other currencies is counted in %(code)s, at the rate of its day: "
        "your company’s currency can no longer change."
    ) % {"code": code}
    return Refused.many({"settings": [sentence], "settings.currency_id": [sentence]})
