"""The receipt of a payment, by e-mail (contract rules 14, setting client_manual_payment_notification);
and the word that some of it went back.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from django.utils import translation

from comptoir.activity.actors import Actor
from comptoir.activity.jobs import job
from comptoir.activity.operations import operation, tell
from comptoir.activity.shelving import refuse_deleted
from comptoir.clients.models import Contact
from comptoir.clients.receiving import Mail, Receivers, receivers, unsubscribe_url
from comptoir.delivery.documents.facts import facts_of
from comptoir.delivery.documents.letterheads import letterhead
from comptoir.delivery.documents.parties import custom
from comptoir.delivery.documents.receipts import receipt_name, receipt_of
from comptoir.delivery.mail.attachments import Attachment, AttachmentRef, attachment
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.mail.operations import queue_mail
from comptoir.delivery.mail.texts import wording
from comptoir.delivery.pdf.facts import DocumentFacts
from comptoir.delivery.placeholders.parties import CustomField
from comptoir.delivery.placeholders.values import Parties, custom_values, party_values
from comptoir.kernel.refused import Refused
from comptoir.payments.facts import PaymentRecorded, ReceiptEmailed, RefundEmailed
from comptoir.payments.models import Payment, Refund
from comptoir.reference import payment_type
from comptoir.reference.names import name_in
from comptoir.sales.invoices.models import Status as InvoiceStatus

KIND: Final = "payment"
REFUND: Final = "refund"
"""The template of the other mail about a payment."""


def wants_receipt(fact: PaymentRecorded) -> bool:
    """Whether the client is told of payments: of those entered by hand, of those made online."""
    chosen = fact.subject.client.preferences
    if fact.subject.is_manual:
        return bool(chosen.client_manual_payment_notification)
    return bool(chosen.client_online_payment_notification)


@job("delivery.receipt")
def send_receipt(*, activity: int, kind: str, id: int, fact: str) -> None:  # noqa: A002
    """What follows a payment where the setting wants it, once; nobody to write to is no fault.

    A receipt that was asked for with the payment itself, or that left before the worker stopped, is enough.
    """
    payment = Payment.objects.filter(pk=id, deleted_at=None).first()
    mails = MailDelivery.objects.filter(kind=KIND, object_id=id).exclude(template=REFUND)
    if payment is None or mails.exists():
        return
    with suppress(Refused):
        email_receipt(payment, by=Actor("system"), on=payment.date, occurrence=f"payment-{activity}")


@operation
def email_receipt(payment: Payment, *, by: Actor, on: date, occurrence: str = "") -> Payment:
    """Queue the receipt for those who receive documents, or for all contacts where the setting wants it.

    Its PDF goes along where the setting sends PDFs. The same ``occurrence`` never goes out twice.
    Raises Refused at ``contacts``, WrongState for a deleted payment.
    """
    refuse_deleted(payment)
    found = reached(payment)
    once = occurrence or secrets.token_hex(8)
    template = "payment_partial" if _leaves_rest(payment) else "payment"
    for place, contact in enumerate(found.people):
        _queue(payment, contact, once, () if place else found.copies, template=template)
    tell(ReceiptEmailed(payment, actor=by, refs={"contact": found.people[0]}))
    return payment


def reached(payment: Payment) -> Receivers:
    """Whom a mail about a payment goes to. Raises Refused at ``contacts`` when there is nobody."""
    everybody = payment.client.preferences.payment_email_all_contacts
    people = payment.client.contacts.live() if everybody else payment.client.contacts.receiving()
    return receivers(people, Mail.RECEIPTS)


@operation
def email_refund(refund: Refund, *, by: Actor, on: date) -> Refund:
    """Queue the word that money went back, once for each refund, to those who get receipts.

    Raises Refused at ``contacts``.
    """
    payment = refund.payment
    found = reached(payment)
    for place, contact in enumerate(found.people):
        copies = () if place else found.copies
        _queue(payment, contact, f"refund-{refund.pk}", copies, template=REFUND, refund=refund)
    tell(RefundEmailed(payment, actor=by, refs={"contact": found.people[0]}, notes=str(refund.amount)))
    return refund


@attachment("receipt_pdf")
def receipt_pdf(object_id: int) -> Attachment | None:
    """The receipt as it is when the mail leaves; none for a payment that was deleted since."""
    payment = Payment.objects.select_related("client", "client__group").filter(pk=object_id).first()
    if payment is None or payment.is_deleted:
        return None
    return Attachment(receipt_name(payment), receipt_of(payment), "application/pdf")


def _queue(
    payment: Payment,
    contact: Contact,
    occurrence: str,
    cc: Sequence[str],
    *,
    template: str,
    refund: Refund | None = None,
) -> None:
    client = payment.client
    preferences = client.preferences
    blank = letterhead(client, on=payment.date, moment=payment.updated_at, currency_id=payment.currency_id)
    facts = facts_of(blank, contact)
    words = wording(preferences, template, facts.reader.locale)
    with translation.override(facts.reader.language):
        values = _values(payment, facts)
    if refund is not None:
        reader = facts.reader
        values |= {"amount": reader.money(refund.amount), "date": reader.day(refund.date)}
    queue_mail(
        kind=KIND,
        object_id=payment.pk,
        client_id=client.pk,
        recipient=contact.email,
        recipient_name=contact.full_name,
        locale=facts.reader.locale,
        subject=words.subject,
        body=words.body,
        values=values,
        attachments=[AttachmentRef("receipt_pdf", payment.pk)] if preferences.pdf_email_attachment else [],
        occurrence=occurrence,
        company=payment.company,
        settings=preferences,
        cc=cc,
        template=template,
        about=REFUND if refund is not None else "",
        unsubscribe=unsubscribe_url(contact),
    )


def _leaves_rest(payment: Payment) -> bool:
    return payment.allocations.live().filter(invoice__status_id=InvoiceStatus.PARTIAL).exists()


def _values(payment: Payment, facts: DocumentFacts) -> dict[str, str]:
    """What the words of a receipt may name, in the language that is active."""
    reader = facts.reader
    means = payment_type(payment.type_id)
    settled = payment.allocations.live().exclude(invoice=None).select_related("invoice").order_by("pk")
    own = {
        "number": payment.number,
        "date": reader.day(payment.date),
        "amount": reader.money(payment.amount),
        "method": name_in(means, reader.locale) if means else "",
        "transaction_reference": payment.transaction_reference,
        "refunded": reader.money(payment.refunded),
        "balance": reader.money(payment.unapplied),
        "invoices": ", ".join(each.invoice.number for each in settled),
    }
    said = {f"payment.{name}": value for name, value in own.items()}
    parties = Parties(facts.company, facts.client, facts.contact)
    custom = custom_values("", _custom(payment), reader)
    return {**party_values(parties, reader), **own, **said, **custom}


def _custom(payment: Payment) -> tuple[CustomField, ...]:
    return custom(payment.company.custom_fields, "payment", vars(payment))
