"""Payments in the office: list, page, entry over several invoices, applying what is left, refund."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk
from comptoir.office.links import address
from comptoir.payments import operations
from comptoir.payments.models import Payment, Status
from comptoir.reference import payment_type
from comptoir.reference.names import name_in
from comptoir.ui.arithmetic import calculate
from comptoir.ui.tags.figures import locale

STATUSES: dict[int, tuple[Any, str]] = {
    Status.PENDING: (pgettext_lazy("status of a payment", "Pending"), "pending"),
    Status.CANCELLED: (pgettext_lazy("status of a payment", "Cancelled"), "cancelled"),
    Status.FAILED: (pgettext_lazy("status of a payment", "Failed"), "failed"),
    Status.COMPLETED: (pgettext_lazy("status of a payment", "Received"), "completed"),
    Status.PARTLY_REFUNDED: (pgettext_lazy("status of a payment", "Partly refunded"), "partially_refunded"),
    Status.REFUNDED: (pgettext_lazy("status of a payment", "Refunded"), "refunded"),
}
RECEIPT = "receipt"
"""The verb of lists that mails one for each payment."""
VERBS = {
    "archive": (operations.archive_payment, gettext_lazy("The payment is archived.")),
    "restore": (operations.restore_payment, gettext_lazy("The payment is back.")),
    "delete": (operations.delete_payment, gettext_lazy("The payment is deleted.")),
}


def url(name: str, payment: Payment | None = None, *more: str) -> str:
    """An address: ``url("show", payment)``."""
    if payment is not None:
        return address(f"{name}-payment", payment.pk, *more)
    return reverse(f"office:{name}-payment", args=more)


def find(place: Desk, key: str, verb: Any = "view") -> Payment:
    """The payment of an id in the address."""
    payment = place.find(Payment.objects.select_related("client", "client__group"), key, "payment", verb)
    payment.company = payment.client.company = place.company
    return payment


def status(payment: Payment) -> tuple[str, str]:
    """The word of its state and the badge that shows it."""
    if payment.is_deleted:
        return pgettext("status of a payment", "Deleted"), "deleted"
    if payment.status_id == Status.COMPLETED and payment.unapplied > 0:
        return pgettext("status of a payment", "To apply"), "unapplied"
    label, badge = STATUSES[payment.status_id]
    return str(label), badge


def means(payment: Payment) -> str:
    """By what means it came, in the reader's language."""
    found = payment_type(payment.type_id)
    return name_in(found, locale()) if found else ""


def all_means() -> list[tuple[str, str]]:
    """The choices of a form."""
    return [(each.id, name_in(each, locale())) for each in payment_type]


def number(text: str, name: str, faults: dict[str, list[Any]]) -> Decimal:
    """A typed amount; what is none becomes a fault at ``name``."""
    try:
        return calculate(text)
    except ValueError:
        faults[name] = [_("This is not a number.")]
        return Decimal(0)


def parts_at_names(refused: Refused, names: list[str]) -> dict[str, Any]:
    """Faults of the n-th part at the field of its invoice; of the parts as a whole, above the form."""
    errors: dict[str, Any] = {}
    for field, texts in refused.errors.items():
        head, _dot, rest = field.partition(".")
        place = rest.partition(".")[0]
        known = head == "invoices" and place.isdigit() and int(place) < len(names)
        whole = "" if head in ("invoices", "credits", "id") else field
        errors.setdefault(names[int(place)] if known else whole, []).extend(texts)
    return errors
