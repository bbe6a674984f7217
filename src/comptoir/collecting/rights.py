"""What makes a payment of a document, or lets one be charged, for whoever asks for it: both doors look here.

Editing a document is no leave to say that money came in: the right to create payments is wanted as well.
"""

from __future__ import annotations

from typing import Final

from comptoir.billing.documents import BillingDocument
from comptoir.sales.recurring.models import RecurringInvoice

PAYMENT: Final = "payment"


def paying(document: BillingDocument) -> tuple[str, ...]:
    """Marking as paid and charging always make one."""
    return (PAYMENT,)


def sending_now(recurring: RecurringInvoice) -> tuple[str, ...]:
    """A schedule's invoice makes one where it is charged on the day it is sent."""
    charged = recurring.auto_bill_enabled and recurring.client.preferences.auto_bill_date == "on_send_date"
    return (PAYMENT,) if charged else ()
