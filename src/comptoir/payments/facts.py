"""What can happen to a payment (activity codes: contract rules 17; events: rules 19)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact

from .models import Payment


@dataclass(frozen=True)
class PaymentFact(Fact):
    subject: Payment


class PaymentRecorded(PaymentFact):
    code, event = 10, 4
    phrase = _("{user} entered payment {payment}")


class PaymentTakenOver(PaymentFact):
    """Another program has recorded it: nobody gets a receipt."""

    code, event = 10, 4
    phrase = _("{user} imported payment {payment}")


class PaymentUpdated(PaymentFact):
    code, event = 11, 31
    phrase = _("{user} updated payment {payment}")


class PaymentApplied(PaymentFact):
    code, event = 11, 31
    phrase = _("{user} applied payment {payment} to invoice {invoice}")


class PaymentArchived(PaymentFact):
    code, event = 12, 32
    phrase = _("{user} archived payment {payment}")


class PaymentDeleted(PaymentFact):
    code, event = 13, 12
    phrase = _("{user} deleted payment {payment}")


class PaymentRestored(PaymentFact):
    code, event = 27, 40
    phrase = _("{user} restored payment {payment}")


class PaymentRefunded(PaymentFact):
    code, event = 40, 31
    phrase = _("{user} refunded {amount} of payment {payment}")


class PaymentRefundUndone(PaymentFact):
    """The bank did not pay out what was given back: it is here again."""

    event = 31
    phrase = _("A refund of {amount} of payment {payment} came back from the bank")


class ReceiptEmailed(PaymentFact):
    code = 138
    phrase = _("{user} emailed the receipt of payment {payment} to {contact}")


class RefundEmailed(PaymentFact):
    phrase = _("{user} emailed {contact} about the refund of {amount} of payment {payment}")


class PaymentShrunk(PaymentFact):
    """An invoice it had paid was deleted, or came back."""

    code, event = 11, 31
    phrase = _("Payment {payment} was adjusted with invoice {invoice}")
