"""When money may not move as asked (contract rules 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.activity.shelving import refuse_deleted
from comptoir.clients.models import Client
from comptoir.kernel.money import round_half_up
from comptoir.kernel.refused import Refused, WrongState
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus

from .models import Allocation, Payment, Status
from .parts import Faults, Part, is_payable, owed, total

REVERSED: Final = _("Invoice %(number)s was reversed: what was paid on it is the client's credit now.")
A_MOMENT: Final = timedelta(seconds=1)


def refuse_missing_client(fields: Mapping[str, Any]) -> Client:
    client = fields.get("client")
    if client is None:
        raise Refused("client_id", _("Choose a client."))
    if client.is_deleted:
        raise Refused("client_id", _("This client is deleted. Restore it first."))
    return client


def refuse_other_client(payment: Payment, fields: Mapping[str, Any]) -> None:
    client = fields.get("client", payment.client)
    if client is None or client.pk != payment.client_id:
        raise Refused("client_id", _("The client of a saved payment cannot be changed."))


def refuse_amount(amount: Decimal, claimed: Decimal) -> None:
    """Money in is not negative (decision M22) and covers what is claimed of it."""
    if amount < 0:
        raise Refused("amount", _("A payment cannot be negative. Record a refund instead."))
    if round_half_up(amount, 2) < round_half_up(claimed, 2):
        raise Refused("amount", _("The invoices ask for more than the amount of the payment."))


def refuse_negative_rate(payment: Payment) -> None:
    if payment.exchange_rate < 0:
        raise Refused("exchange_rate", _("A rate of exchange cannot be negative."))


def refuse_repeating(client: Client, amount: Decimal) -> None:
    """The same sum of the same client a moment ago is a second click (decision T3). For doors.

    What credits alone pay is left out: they are used once anyway. The caller holds the client's lock.
    Raises WrongState.
    """
    if amount == 0:
        return
    moment = timezone.now() - A_MOMENT
    if Payment.objects.filter(client=client, amount=amount, created_at__gt=moment).exists():
        raise WrongState(_("Duplicate request: the same payment was recorded a moment ago."))


def refuse_marking_paid(invoice: Invoice) -> None:
    if not is_payable(invoice) or (not invoice.is_draft and owed(invoice) == 0):
        raise WrongState(_("This invoice cannot be marked as paid."))


def refuse_applying_more_than_left(payment: Payment, parts: Sequence[Part]) -> None:
    if total(parts) > payment.unapplied:
        raise Refused(
            "invoices", _("Only %(left)s of this payment is left to apply.") % {"left": payment.unapplied}
        )


def refuse_other_reference(payment: Payment, fields: Mapping[str, Any]) -> None:
    """By its reference a gateway knows what it collected: refunds need it."""
    sent = fields.get("transaction_reference") or payment.transaction_reference
    if payment.company_gateway_id is not None and sent != payment.transaction_reference:
        raise Refused(
            "transaction_reference", _("A payment gateway knows this payment by its reference: it stays.")
        )


def refuse_undoing_reversed(payment: Payment) -> None:
    """What it paid on a reversed invoice is credit of the client's now (contract rules 13)."""
    reversed_ = payment.allocations.live().filter(invoice__status_id=InvoiceStatus.REVERSED)
    number = reversed_.values_list("invoice__number", flat=True).first()
    if number is not None:
        raise Refused("id", REVERSED % {"number": number})


def refuse_marking_credit_paid(credit: Credit) -> None:
    owed_ = credit.amount if credit.is_draft else credit.balance
    if credit.is_deleted or owed_ >= 0:
        raise WrongState(_("This credit cannot be marked as paid: use it for an invoice."))


def refuse_other_amount(credit: Credit, invoice: Invoice) -> None:
    """A credit note of the same lines comes to another sum when the client's taxes changed meanwhile."""
    if credit.amount != invoice.amount:
        raise WrongState(
            _("Today the credit note would come to %(credit)s instead of %(amount)s: make it by hand.")
            % {"credit": credit.amount, "amount": invoice.amount}
        )


def refuse_taken_number(payment: Payment, fields: Mapping[str, Any]) -> None:
    number = fields.get("number")
    same = Payment.objects.filter(~Q(number=""), number=number)  # in the words of the unique index
    if number and same.exclude(pk=payment.pk).exists():
        raise Refused("number", _("This number is already taken."))


def refuse_refund(
    payment: Payment,
    amount: Decimal,
    parts: Sequence[Part],
    allocations: Sequence[Allocation],
    refilled: Decimal,
) -> None:
    """Not more than came in, per payment and per invoice; applied money is refunded per invoice.

    ``refilled`` of it goes back to the credits that were used, and is no money out.
    """
    refuse_deleted(payment)
    faults = Faults()
    if not parts and any(allocation.net for allocation in allocations if allocation.invoice_id):
        faults.add("id", _("This payment settled invoices: say which of them are refunded."))
    for part in parts:
        _refuse_part(part, allocations, faults)
    back = total(parts) or amount
    if not faults and back - refilled > payment.amount - payment.refunded:
        faults.add("id", _("Only %(left)s can be refunded.") % {"left": payment.amount - payment.refunded})
    if not faults and back - total(parts) > payment.unapplied:
        faults.add("id", _("Only %(left)s is unapplied.") % {"left": payment.unapplied})
    if not faults and back <= 0:
        faults.add("amount", _("Say how much to refund."))
    faults.raise_any()


def _refuse_part(part: Part, allocations: Sequence[Allocation], faults: Faults) -> None:
    if part.invoice.status_id == InvoiceStatus.REVERSED:
        faults.add("invoices", REVERSED % {"number": part.invoice.number})
        return
    left = sum((one.net for one in allocations if one.invoice_id == part.invoice.pk), Decimal(0))
    if part.amount > left or part.amount <= 0:
        sentence = _("Invoice %(number)s: only %(left)s can be refunded.") % {
            "number": part.invoice.number,
            "left": left,
        }
        faults.add("id", sentence)
        faults.add("invoices", sentence)


def status_of(payment: Payment) -> Status:
    """The status a live payment's refunds give it."""
    if payment.refunded == 0:
        return Status.COMPLETED
    return Status.REFUNDED if payment.refunded >= payment.amount else Status.PARTLY_REFUNDED
