"""The receipt that follows a payment: to whom, once, with its PDF."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from comptoir.activity import worker
from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.delivery.mail.attachments import made
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.receipts import email_receipt, send_receipt
from comptoir.kernel.refused import WrongState
from comptoir.payments.models import Payment
from comptoir.payments.operations import delete_payment
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company
from tests.unit.delivery.printed import pages
from tests.unit.delivery.test_companion_papers import by, client, home, issued, paid

__all__ = ["by", "client", "home"]

ANN = {"first_name": "Ann", "email": "ann@example.com", "send_email": True}
BOB = {"first_name": "Bob", "email": "bob@example.com", "send_email": True}


@pytest.fixture
def payment(client: Client, by: Any) -> Payment:
    update_client(client, {"contacts": [ANN, BOB]}, **by)
    return paid(client, [(issued(client, by), 200)], by)


def mails() -> list[MailDelivery]:
    return list(MailDelivery.objects.order_by("pk"))


def test_the_pdf_goes_along_where_the_setting_sends_pdfs(home: Company, payment: Payment, by: Any) -> None:
    email_receipt(payment, **by)
    update_company(home, {"settings": {"pdf_email_attachment": True}}, **by)
    payment = Payment.objects.get()
    email_receipt(payment, **by)
    assert [(mail.recipient, len(made(mail.attachments))) for mail in mails()] == [
        ("ann@example.com", 0),
        ("bob@example.com", 0),
        ("ann@example.com", 1),
        ("bob@example.com", 1),
    ]
    (file,) = made(mails()[-1].attachments)
    assert (file.name, file.mimetype) == (f"receipt-{payment.number}.pdf", "application/pdf")
    (text,) = pages(file.content)
    assert f"Reçu de paiement {payment.number}" in text
    assert "200,00 €" in text


def test_a_payment_that_was_deleted_has_no_receipt(home: Company, payment: Payment, by: Any) -> None:
    update_company(home, {"settings": {"pdf_email_attachment": True}}, **by)
    payment = Payment.objects.get()
    email_receipt(payment, **by)
    delete_payment(payment, **by)
    assert made(mails()[0].attachments) == []
    with pytest.raises(WrongState):
        email_receipt(payment, **by)
    assert len(mails()) == 2


def test_the_receipt_of_a_payment_leaves_once(home: Company, client: Client, by: Any) -> None:
    """The worker may run the job again; and what was asked for with the payment is not sent twice."""
    update_client(client, {"contacts": [ANN]}, **by)
    update_company(home, {"settings": {"client_manual_payment_notification": True}}, **by)
    payment = paid(Client.objects.get(), [], by, amount=Decimal(10))
    job = {"activity": 1, "kind": "payment", "id": payment.pk, "fact": "PaymentRecorded"}
    for _turn in range(2):
        send_receipt(**job)
    assert [mail.recipient for mail in mails()] == ["ann@example.com"]
    send_receipt(**job | {"activity": 2})
    assert len(mails()) == 1
    assert worker.run_once() is not None
