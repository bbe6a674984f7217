"""The receipt of a payment, by e-mail (contract rules 14, setting client_manual_payment_notification)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comptoir.activity.actors import Actor
from comptoir.activity.jobs import job
from comptoir.activity.operations import operation, tell
from comptoir.clients.models import Contact
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.mail.texts import wording
from comptoir.kernel import formats
from comptoir.kernel.refused import Refused
from comptoir.payments.facts import PaymentRecorded, ReceiptEmailed
from comptoir.payments.models import Payment
from comptoir.reference import currency, language
from comptoir.sales.invoices.models import Status as InvoiceStatus


def wants_receipt(fact: PaymentRecorded) -> bool:
    """Whether the client is told of payments: of those entered by hand, of those made online."""
    chosen = fact.subject.client.preferences
    if fact.subject.is_manual:
        return bool(chosen.client_manual_payment_notification)
    return bool(chosen.client_online_payment_notification)


@job("delivery.receipt")
def send_receipt(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """What follows a payment where the setting wants it; nobody to write to is no fault."""
    payment = Payment.objects.filter(pk=id, deleted_at=None).first()
    if payment is not None and _people(payment):
        by = Actor("system")
        email_receipt(payment, by=by, on=payment.date, occurrence=f"payment-{activity}")


@operation
def email_receipt(payment: Payment, *, by: Actor, on: date, occurrence: str = "") -> Payment:
    """Queue the receipt for everybody who receives documents. Raises Refused at ``contacts``."""
    people = _people(payment)
    if not people:
        raise Refused("contacts", _("None of the contacts has an e-mail address."))
    for contact in people:
        _queue(payment, contact, occurrence or "receipt")
    tell(ReceiptEmailed(payment, actor=by, refs={"contact": people[0]}))
    return payment


def _people(payment: Payment) -> list[Contact]:
    return [each for each in payment.client.contacts.receiving() if each.email.strip()]


def _queue(payment: Payment, contact: Contact, occurrence: str) -> None:
    client = payment.client
    preferences = client.preferences
    spoken = language(str(preferences.language_id))
    locale = spoken.locale if spoken else "en"
    template = "payment_partial" if _leaves_rest(payment) else "payment"
    words = wording(preferences, template, locale)
    queue_mail(
        kind="payment",
        object_id=payment.pk,
        client_id=client.pk,
        recipient=contact.email,
        recipient_name=contact.full_name,
        locale=locale,
        subject=words.subject,
        body=words.body,
        values=_values(payment, contact, locale),
        attachments=[],
        occurrence=occurrence,
        company=payment.company,
        settings=preferences,
        template=template,
    )


def _leaves_rest(payment: Payment) -> bool:
    return payment.allocations.live().filter(invoice__status_id=InvoiceStatus.PARTIAL).exists()


def _values(payment: Payment, contact: Contact, locale: str) -> dict[str, str]:
    unit = currency(payment.currency_id)
    amount: Any = formats.money(payment.amount, unit, locale) if unit else str(payment.amount)
    invoices = [each.invoice.number for each in payment.allocations.live().exclude(invoice=None)]
    return {
        "payment.amount": amount,
        "amount": amount,
        "payment.date": formats.day(payment.date, locale),
        "date": formats.day(payment.date, locale),
        "number": payment.number,
        "payment.number": payment.number,
        "invoices": ", ".join(invoices),
        "client.name": payment.client.display_name,
        "contact.first_name": contact.first_name,
        "contact.full_name": contact.full_name,
        "company.name": payment.company.name,
        "transaction_reference": payment.transaction_reference,
    }
