"""When a quote may not be approved or turned into an invoice."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from comptoir.kernel.refused import WrongState

from .models import Quote, Status


def refuse_approving(quote: Quote, on: date) -> None:
    """Only a draft or a sent quote that has not expired (contract rules 9)."""
    if quote.is_expired(on):
        raise WrongState(_("This quote has expired and can no longer be approved."))
    if quote.status_id not in (Status.DRAFT, Status.SENT):
        raise WrongState(_("This quote has already been answered."))


def refuse_converting(quote: Quote) -> None:
    if quote.invoice_id is not None:
        raise WrongState(_("This quote has already become an invoice."))
    if quote.status_id == Status.REJECTED:
        raise WrongState(_("This quote was rejected."))
