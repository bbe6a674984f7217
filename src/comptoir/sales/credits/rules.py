"""When a credit may not be changed."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import Locked, Refused
from comptoir.numbering.rules import is_gap_free
from comptoir.sales.invoices.models import Status as InvoiceStatus

from .models import Credit


def refuse_crediting_too_much(credit: Credit) -> None:
    """Credits that correct an invoice never give back more than it asked for (contract schemas: credit)."""
    if credit.invoice is None:
        return
    if credit.invoice.client_id != credit.client_id:
        raise Refused("invoice_id", _("This invoice belongs to another client."))
    others = Credit.objects.live().filter(invoice=credit.invoice).exclude(pk=credit.pk)
    given = others.aggregate(given=Sum("amount"))["given"] or Decimal(0)
    left = credit.invoice.amount - given
    if credit.amount > left:
        raise Refused("invoice_id", _("Only %(left)s of this invoice is left to credit.") % {"left": left})


def refuse_editing_issued(credit: Credit) -> None:
    """Where numbers have no gaps, an issued credit note stands as it was sent (decision M13)."""
    if not credit.is_draft and is_gap_free("credit"):
        raise Locked(_("Credit %(number)s was issued and is locked.") % {"number": credit.number})


def refuse_deleting_issued(credit: Credit) -> None:
    if not credit.is_draft and is_gap_free("credit"):
        raise Refused(
            "number", _("Credit %(number)s was issued and cannot be deleted.") % {"number": credit.number}
        )


def refuse_undoing_reversal(credit: Credit) -> None:
    """The invoice that it took back stands on it."""
    invoice = credit.invoice
    if invoice is not None and invoice.status_id == InvoiceStatus.REVERSED and not credit.is_draft:
        raise Refused(
            "number",
            _("Credit %(number)s reverses invoice %(invoice)s: both stay as they are.")
            % {"number": credit.number, "invoice": invoice.number},
        )


def refuse_below_used(credit: Credit, balance: Decimal) -> None:
    if balance < 0 < credit.paid_to_date:
        raise Refused(
            "line_items", _("%(used)s of this credit is already used.") % {"used": credit.paid_to_date}
        )
