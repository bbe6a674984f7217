"""Whether the invoices of a schedule pay themselves: the client's choice, where the company leaves it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.operations import operation, tell
from comptoir.kernel.refused import WrongState
from comptoir.sales.invoices.models import Invoice
from comptoir.tenancy.locking import lock

from . import facts
from .models import AutoBill, RecurringInvoice
from .rules import may_end

CHOICES = (AutoBill.OPT_IN, AutoBill.OPT_OUT)


def may_choose(recurring: RecurringInvoice) -> bool:
    """Whether automatic payment is the client's to turn on and off, and there is something left to pay."""
    return recurring.auto_bill in CHOICES and may_end(recurring)


@operation
def choose_auto_bill(recurring: RecurringInvoice, *, is_on: bool, by: Actor, on: date) -> RecurringInvoice:
    """Turn it on or off; what is open of its invoices follows. Raises WrongState where nobody may choose."""
    lock(recurring)
    if not may_choose(recurring):
        raise WrongState(_("Automatic payment of these invoices cannot be changed here."))
    recurring.auto_bill_enabled = is_on
    recurring.save(update_fields=["auto_bill_enabled", "updated_at"])
    made = Invoice.objects.payable().filter(recurring_id=recurring.pk)
    made.update(auto_bill_enabled=is_on, auto_bill_tries=0, updated_at=timezone.now())
    fact = facts.AutoBillTurnedOn if is_on else facts.AutoBillTurnedOff
    tell(fact(recurring, actor=by))
    return recurring


def settled_choice(recurring: RecurringInvoice, before: str) -> bool:
    """What holds once the company has changed its mind, or has not: then the client's word stays."""
    if recurring.pk is not None and recurring.auto_bill == before:
        return recurring.auto_bill_enabled
    return recurring.auto_bill in (AutoBill.ALWAYS, AutoBill.OPT_OUT)
