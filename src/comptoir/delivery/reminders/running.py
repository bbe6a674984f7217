"""Once an hour: the reminders whose moment has come, each on its own, so that one fault stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from comptoir.activity.actors import SYSTEM
from comptoir.activity.schedule import every
from comptoir.billing.hours import day_of
from comptoir.delivery.reminders.making import NotDue, remind_of_invoice, remind_of_quote
from comptoir.sales.invoices import reminders as of_invoices
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import reminders as of_quotes
from comptoir.sales.quotes.models import Quote
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for

log: Final = logging.getLogger(__name__)
_KINDS: Final[tuple[tuple[Any, Callable[..., Any], Any], ...]] = (
    (Invoice, remind_of_invoice, of_invoices),
    (Quote, remind_of_quote, of_quotes),
)


@every(name="delivery.reminders", hours=1)
def run_all(*, turn: str = "") -> None:
    """Idempotent however often it runs, and after whatever pause: a reminder that was made is found taken."""
    now = timezone.now()
    found: set[int] = set()
    for model, _make, _rules in _KINDS:
        due = model.everywhere.filter(next_send_date__lte=now, deleted_at=None)
        found.update(due.values_list("company_id", flat=True).distinct())
    for company in Company.objects.filter(pk__in=found, deleted_at=None).order_by("pk"):
        with acting_for(company):
            run_due(now)


def run_due(now: datetime) -> int:
    """Make every reminder of the company in scope that is due; answers how many."""
    return sum(
        _made(model, pk, make, rules, now)
        for model, make, rules in _KINDS
        for pk in model.objects.to_remind(now).order_by("next_send_date", "pk").values_list("pk", flat=True)
    )


def _made(model: Any, pk: int, make: Callable[..., Any], rules: Any, now: datetime) -> bool:
    document = model.objects.select_related("client__group", "company").get(pk=pk)
    document.client.company = document.company
    try:
        make(document, now, by=SYSTEM, on=day_of(now, document.client.preferences))
    except NotDue:
        _plan_anew(model, pk, rules, now)
        return False
    except Exception as error:
        log.error("The reminder of %s %s failed", model.__name__, pk, exc_info=error)
        return False
    return True


def _plan_anew(model: Any, pk: int, rules: Any, now: datetime) -> None:
    """The settings have changed since it was planned, or it waits for its hour."""
    document = model.objects.select_related("client__group", "company").get(pk=pk)
    document.client.company = document.company
    preferences = document.client.preferences
    on = day_of(now, preferences)
    planned = document.next_send_date
    if planned is None or document.reminder_last_sent == on or rules.due_turn(document, preferences, on):
        return
    rules.plan(document, preferences, on)
    model.objects.filter(pk=pk, next_send_date=planned).update(next_send_date=document.next_send_date)
