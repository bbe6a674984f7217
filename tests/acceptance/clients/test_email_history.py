"""Every mail to a client stands on its page: what, to whom, about what, how far it came (features 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.clients.models import Client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.office.mails.reading import mails_about
from comptoir.payments.models import Payment
from comptoir.people.models import User
from comptoir.sales.invoices.models import Invoice, InvoiceInvitation
from tests.plans import analyzed
from tests.unit.delivery.mail_sink import Sink, listening

from .conftest import House, member, text, work

State = MailDelivery.State


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server that does not know Ben."""
    with listening() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        sink.on_rcpt = lambda address: "550 5.1.1 No such user" if address == "ben@bistro.test" else None
        yield sink


@pytest.fixture
def bistro(house: House) -> Client:
    people = [
        {"first_name": "Ada", "email": "ada@bistro.test", "send_email": True},
        {"first_name": "Ben", "email": "ben@bistro.test", "send_email": True},
    ]
    return house.client(name="Bistro", contacts=people)


def mailed(house: House, client: Client) -> Any:
    invoice = house.invoice(client)
    asked = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_invoice"}
    house.api("POST", "emails", asked)
    work("delivery.")
    return invoice


def at(client: Client, query: str = "") -> str:
    return f"/clients/{ids.encode(client.pk)}/tab/emails{query}"


def rows(house: House, url: str) -> list[tuple[str, str]]:
    """To whom, and how far it came; newest first."""
    table = house.office.get(url).context["table"]
    return [(words(row.cells[1]), words(row.cells[3])) for row in table.rows]


def words(cell: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(cell))).strip()


def mail_to(address: str) -> MailDelivery:
    return MailDelivery.objects.get(recipient=address)


def page_of(mail: MailDelivery, more: str = "") -> str:
    return f"/mails/{ids.encode(mail.pk)}{more}"


def test_each_recipient_has_a_row_with_what_became_of_the_mail(
    house: House, bistro: Client, sink: Sink
) -> None:
    invoice = mailed(house, bistro)
    reason = "The server of the recipient does not know this address."
    assert rows(house, at(bistro)) == [
        (f"Ben ben@bistro.test {reason}", "Came back"),
        ("Ada ada@bistro.test", "Sent"),
    ]
    subject = house.office.get(at(bistro)).context["table"].rows[0].cells[0]
    assert f'href="/invoices/{invoice["id"]}">Invoice {invoice["number"]}</a>' in str(subject)
    assert rows(house, f"/invoices/{invoice['id']}/tab/emails") == rows(house, at(bistro))


def test_a_document_that_was_looked_at_shows_its_mail_as_opened(
    house: House, bistro: Client, sink: Sink
) -> None:
    mailed(house, bistro)
    seen = InvoiceInvitation.objects.filter(contact__email="ada@bistro.test")
    seen.update(viewed_at=timezone.now() - timedelta(days=1))
    assert rows(house, at(bistro))[1] == ("Ada ada@bistro.test", "Sent")  # an earlier look says nothing
    seen.update(viewed_at=timezone.now())
    assert rows(house, at(bistro))[1] == ("Ada ada@bistro.test", "Opened")


def test_the_table_is_narrowed_by_state_and_contact(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)

    def shown(query: str) -> list[str]:
        return [to.partition(" ")[0] for to, _state in rows(house, at(bistro, query))]

    assert shown("?state=failed") == ["Ben"]
    assert shown("?state=sent") == ["Ada"]
    assert (shown("?state=opened"), shown("?state=waiting"), shown("?state=unknown")) == ([], [], [])
    assert shown("?contact=ada@bistro.test") == ["Ada"]
    assert shown("?contact=nobody@bistro.test") == []
    assert shown("?state=nonsense") == ["Ben", "Ada"]
    assert "No e-mail fits these filters." in text(house.office.get(at(bistro, "?state=opened")))
    assert "No e-mail yet" in text(house.office.get(at(house.client(name="Zinc"))))


def test_a_mail_is_read_as_it_was_sent_in_a_frame_where_nothing_acts(
    house: House, bistro: Client, sink: Sink
) -> None:
    invoice = mailed(house, bistro)
    mail = mail_to("ada@bistro.test")
    page = house.office.get(page_of(mail))
    assert page.status_code == 200
    shown = page.content.decode()
    assert f'<iframe class="mail-frame" src="{page_of(mail, "/body")}" sandbox' in shown
    details = {detail.label: detail.value for detail in page.context["details"]}
    assert (details["About"], details["To"]) == (f"Invoice {invoice['number']}", "Ada <ada@bistro.test>")
    assert details["Message number"] == str(sink.messages[0]["Message-ID"])
    body = house.office.get(page_of(mail, "/body"))
    assert body.content.decode() == mail.html
    assert "sandbox" in body["Content-Security-Policy"]
    assert body["X-Frame-Options"] == "SAMEORIGIN"


def test_what_went_along_is_named_and_leads_to_the_print_that_was_sent(
    house: House, bistro: Client, sink: Sink
) -> None:
    house.wishes(pdf_email_attachment=True)
    mailed(house, bistro)
    (attached,) = house.office.get(page_of(mail_to("ada@bistro.test"))).context["attachments"]
    sent = [part.get_filename() for part in sink.messages[0].iter_attachments()]
    assert attached["name"] == sent[0]
    paper = house.office.get(attached["url"])
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")


def test_an_address_that_came_back_is_tried_again(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    mail = mail_to("ben@bistro.test")
    page = text(house.office.get(page_of(mail)))
    assert "The server of the recipient does not know this address. 550 5.1.1 No such user" in page
    sink.on_rcpt = lambda address: None
    answer = house.office.post(page_of(mail, "/again"), follow=True)
    assert answer.redirect_chain[-1][0] == page_of(mail)
    assert rows(house, at(bistro))[0] == ("Ben ben@bistro.test", "Waiting to leave")
    work("delivery.")
    assert rows(house, at(bistro))[0] == ("Ben ben@bistro.test", "Sent")
    assert [str(one["To"]) for one in sink.messages] == ["Ada <ada@bistro.test>", "Ben <ben@bistro.test>"]


def test_a_mail_that_arrived_does_not_leave_twice(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    mail = mail_to("ada@bistro.test")
    answer = house.office.post(page_of(mail, "/again"), follow=True)
    assert "This mail cannot be sent again." in answer.content.decode()
    work("delivery.")
    assert (len(sink.messages), mail_to("ada@bistro.test").attempts) == (1, 1)
    again = house.office.get(page_of(mail)).context["again"]
    assert (again.method, again.url) == ("dialog", f"/invoices/{ids.encode(mail.object_id)}/mail")


def test_the_word_about_a_refund_is_no_receipt_and_never_leads_to_one(
    house: House, bistro: Client, sink: Sink
) -> None:
    invoice = house.invoice(bistro)
    house.api("POST", f"invoices/{invoice['id']}/mark_paid")
    payment = Payment.objects.get()
    work()
    MailDelivery.objects.all().delete()
    parts = [{"invoice_id": invoice["id"], "amount": 1}]
    said = {"id": ids.encode(payment.pk), "invoices": parts, "email_receipt": True}
    house.api("POST", "payments/refund", said)
    work("delivery.")
    ada, ben = mail_to("ada@bistro.test"), mail_to("ben@bistro.test")
    page = house.office.get(page_of(ada))
    assert (page.context["again"], f"Payment {payment.number}" in text(page)) == (None, True)
    assert house.office.get(page_of(ben)).context["again"].url == page_of(ben, "/again")


def test_a_secret_mail_is_listed_and_never_read(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    MailDelivery.objects.filter(recipient="ada@bistro.test").update(kind="portal", secret=True)
    mail = mail_to("ada@bistro.test")
    page = house.office.get(page_of(mail))
    assert "This message held a key of the recipient: its text is not kept." in text(page)
    assert (page.context["body_url"], page.context["again"]) == ("", None)
    assert house.office.get(page_of(mail, "/body")).status_code == 404


def test_who_may_only_look_sees_the_row_and_no_text(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    carol = member(house, "view_client,view_invoice")
    ben = mail_to("ben@bistro.test")
    assert [row.can for row in carol.get(at(bistro)).context["table"].rows] == ["look", "look"]
    page = carol.get(page_of(ben))
    assert (page.status_code, page.context["body_url"], page.context["again"]) == (200, "", None)
    assert carol.get(page_of(ben, "/body")).status_code == 404
    assert carol.post(page_of(ben, "/again")).status_code == 403
    assert mail_to("ben@bistro.test").state == State.FAILED


def test_mails_about_what_one_may_not_see_are_not_there(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    dan = member(house, "view_client", "dan")
    assert dan.get(at(bistro)).context["table"].rows == []
    assert dan.get(page_of(mail_to("ada@bistro.test"))).status_code == 403
    eve = member(house, "edit_client,edit_invoice,disable_emails", "eve")
    ben = mail_to("ben@bistro.test")
    assert eve.post(page_of(ben, "/again")).status_code == 403
    assert (eve.get(page_of(ben)).context["again"], mail_to("ben@bistro.test").state) == (None, State.FAILED)


def test_another_companys_mail_is_not_found(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    mail = mail_to("ada@bistro.test")
    MailDelivery.objects.filter(pk=mail.pk).update(client=None)  # a mail to the company's own people
    for url in (page_of(mail), page_of(mail, "/body"), "/mails/nonsense"):
        assert house.office.get(url).status_code == 404


def test_it_reads_in_french(house: House, bistro: Client, sink: Sink) -> None:
    mailed(house, bistro)
    house.speaks_french()
    page = text(house.office.get(at(bistro)))
    assert "Le serveur du destinataire ne connaît pas cette adresse." in page
    for word in ("Courriels", "Objet", "Revenu", "Envoyé"):
        assert word in page


@pytest.mark.parametrize("rights", ["", "view_client,view_invoice"])
def test_a_page_of_mails_asks_as_much_for_many_as_for_few(
    house: House, bistro: Client, sink: Sink, rights: str
) -> None:
    """Also for who may look at every invoice and change only her own."""
    browser = member(house, rights) if rights else house.office
    counts = []
    for n in (1, 6):
        for _each in range(n):
            mailed(house, bistro)
        browser.get(at(bistro))
        with CaptureQueriesContext(connection) as asked:
            browser.get(at(bistro))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_ones_own_invoice_is_mailed_again(house: House, bistro: Client, sink: Sink) -> None:
    """The right to one's own records counts in each row."""
    _other, own = mailed(house, bistro), mailed(house, bistro)
    carol = member(house, "view_client,view_invoice")
    Invoice.objects.filter(pk=ids.decode(own["id"])).update(
        assigned_user=User.objects.get(first_name="Carol")
    )
    can = [row.can for row in carol.get(at(bistro, "?state=failed")).context["table"].rows]
    assert can == ["look again", "look"]


def test_the_mails_of_a_client_and_of_a_record_come_from_an_index(
    house: House, bistro: Client, sink: Sink
) -> None:
    mailed(house, bistro)
    one = mail_to("ada@bistro.test")
    MailDelivery.objects.bulk_create(  # those of others
        MailDelivery(company=one.company, kind="payment", object_id=n, occurrence="", recipient=one.recipient)
        for n in range(3_000)
    )
    analyzed(MailDelivery)
    mine = MailDelivery.objects.filter(client=bistro).order_by("-pk").explain()
    about = mails_about("invoice", one.object_id).explain()
    if connection.vendor == "sqlite":
        assert "USING INDEX mail_of_client (company_id=? AND client_id=?)" in mine
        assert "(company_id=? AND kind=? AND object_id=?)" in about
    else:
        assert "mail_of_client" in mine and "Seq Scan on delivery_maildelivery" not in mine
        assert "mail_once" in about and "Seq Scan on delivery_maildelivery" not in about
