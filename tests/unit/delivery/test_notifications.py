"""Mails to the company's own people: who is told of what, in which words, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from comptoir.activity import worker
from comptoir.activity.actors import SYSTEM, Actor
from comptoir.activity.models import Job
from comptoir.catalogue.models import Product
from comptoir.clients.models import Client, Contact
from comptoir.delivery.documents import record_view
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.notifications.choosing import choice, chosen
from comptoir.delivery.notifications.events import EVENTS
from comptoir.delivery.notifications.jobs import notify
from comptoir.delivery.notifications.subjects import subject_of
from comptoir.kernel import ids
from comptoir.payments.collected import collect_payment
from comptoir.payments.operations import record_payment
from comptoir.people.models import Membership, User
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices import schedule
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, delete_invoice, mark_sent
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests import factories

from .mail_sink import Sink, listening

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
FRENCH, ENGLISH = "4", "1"
NB, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


class Staff:
    """Ada owns the company, Ben may see all invoices, Cy only what is his."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.ada = factories.user(company, "ada@example.com", is_owner=True)
        self.ben = factories.user(company, "ben@example.com", permissions="view_invoice")
        self.cy = factories.user(company, "cy@example.com")
        User.objects.filter(pk=self.ada.pk).update(language_id=FRENCH)
        self.client = Client.objects.create(name="Été & Fils", display_name="Été & Fils", number="0001")
        self.contact = Contact.objects.create(
            client=self.client,
            first_name="Paul",
            email="paul@verger.test",
            is_primary=True,
            **fresh("contact"),
        )

    def wants(self, person: User, *words: str) -> None:
        Membership.objects.filter(user=person).update(notifications={"email": list(words)})

    def bill(self, by: User | None = None, **fields: Any) -> Invoice:
        line = {"cost": Decimal(200), "quantity": Decimal(1)}
        actor = factories.actor(by) if by else SYSTEM
        said = {"client": self.client, "line_items": [line], "due_date": date(2026, 3, 20), **fields}
        return mark_sent(create_invoice(said, by=actor, on=ON), by=actor, on=ON)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture
def staff(settings: Any, sink: Sink) -> Iterator[Staff]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.DEFAULT_FROM_EMAIL = "Comptoir <no-reply@comptoir.example>"
    settings.BASE_URL = "https://comptoir.example"
    company = factories.account_with_company(bcc_email="books@example.com")
    with acting_for(company):
        yield Staff(company)


def work() -> None:
    while worker.run_once() is not None:
        pass


def to_staff(sink: Sink) -> list[Any]:
    """The mails that did not go to the client."""
    return [mail for mail in sink.messages if "verger.test" not in str(mail["To"])]


def subject(mail: Any) -> str:
    """As people read it: folded lines made one, and one kind of space in sums."""
    return str(mail["Subject"]).replace(NARROW, NB).strip()


def body(mail: Any) -> str:
    """The words without HTML."""
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n").replace(NARROW, NB)


def arrived(sink: Sink) -> list[tuple[str, str]]:
    """Who got what, in order of the addresses."""
    return sorted((str(mail["To"]), subject(mail)) for mail in to_staff(sink))


def test_each_is_told_in_their_own_language_of_what_they_chose(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "invoice_sent_all")
    staff.wants(staff.ben, "invoice_created_all", "invoice_sent_all")
    staff.bill(by=staff.cy)
    work()
    assert arrived(sink) == [
        ("Ada <ada@example.com>", "La facture 0001 de Été & Fils a été envoyée par Cy"),
        ("Ben <ben@example.com>", "Cy created invoice 0001 for Été & Fils"),
        ("Ben <ben@example.com>", "Invoice 0001 of Été & Fils was sent by Cy"),
    ]


def test_the_mail_says_what_matters_and_leads_to_the_record(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "all_notifications")
    invoice = staff.bill()
    sink.messages.clear()
    Job.objects.all().delete()
    guest = Actor("contact", staff.contact.pk, "Paul")
    invitation = invoice.invitations.get()
    record_view(invitation, by=guest, on=ON)
    record_view(invitation, by=guest, on=ON)
    work()
    [mail] = to_staff(sink)
    text = body(mail)
    assert subject(mail) == "Paul a consulté la facture 0001 de Été & Fils"
    assert text.startswith("Bonjour Ada,\n\nPaul a consulté la facture 0001 de Été & Fils.\n")
    assert f"200,00{NB}$US" in text
    assert f"https://comptoir.example/invoices/{ids.encode(invoice.pk)}" in text
    assert "https://comptoir.example/me" in text
    page = mail.get_body(("html",)).get_content()
    assert "Été &amp; Fils" in page
    assert (mail["Auto-Submitted"], sink.envelopes[-1].rcpt_tos) == ("auto-generated", ["ada@example.com"])


def test_who_did_it_is_not_told(staff: Staff, sink: Sink) -> None:
    for person in (staff.ada, staff.ben):
        staff.wants(person, "invoice_sent_all")
    staff.bill(by=staff.ada)
    work()
    assert [to for to, _ in arrived(sink)] == ["Ben <ben@example.com>"]


def test_ones_own_records_are_those_one_made_or_looks_after(staff: Staff, sink: Sink) -> None:
    for person in (staff.ada, staff.ben, staff.cy):
        staff.wants(person, "invoice_sent_user")
    staff.bill(by=staff.ada, assigned_user=staff.cy)
    work()
    assert arrived(sink) == [("Cy <cy@example.com>", "Invoice 0001 of Été & Fils was sent by Ada")]


def test_nobody_is_told_of_what_they_may_not_see_or_after_they_left(staff: Staff, sink: Sink) -> None:
    for person in (staff.ben, staff.cy):
        staff.wants(person, "invoice_sent_all", "payment_manual_all")
    Membership.objects.filter(user=staff.ben).update(is_locked=True)
    invoice = staff.bill(by=staff.ada)
    part = {"invoice": invoice, "amount": Decimal(50)}
    fields = {"client": staff.client, "amount": Decimal(50), "invoices": [part]}
    record_payment(fields, by=factories.actor(staff.ada), on=ON)
    work()
    assert to_staff(sink) == []
    assert not MailDelivery.objects.filter(kind="notification").exists()


def test_a_part_payment_says_what_is_left(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "payment_manual_all", "payment_success_all")
    invoice = staff.bill()
    part = {"invoice": invoice, "amount": Decimal(50)}
    fields = {"client": staff.client, "amount": Decimal(50), "invoices": [part]}
    record_payment(fields, by=factories.actor(staff.ben), on=ON)
    work()
    [mail] = to_staff(sink)
    text = body(mail)
    assert subject(mail) == f"Ben a saisi un paiement de 50,00{NB}$US de Été & Fils"
    assert f"Il reste 150,00{NB}$US à payer." in text


def test_more_invoices_of_a_payment_ask_the_database_no_more_often(
    staff: Staff, django_assert_num_queries: Any
) -> None:
    for count in (1, 3):
        bills = [staff.bill() for _ in range(count)]
        parts = [{"invoice": bill, "amount": Decimal(200)} for bill in bills]
        fields = {"client": staff.client, "amount": Decimal(200 * count), "invoices": parts}
        payment = record_payment(fields, by=factories.actor(staff.ben), on=ON)
        with django_assert_num_queries(3):  # the payment, its client, its parts with their invoices
            told = subject_of("payment_manual", "payment", payment.pk, "")
        assert told is not None
        assert told.said["payment.invoices"] == ", ".join(bill.number for bill in bills)


def test_money_that_came_online_is_another_event(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "payment_success_all")
    fields = {"client": staff.client, "amount": Decimal(50)}
    record_payment(fields, by=SYSTEM, on=ON)
    collect_payment(staff.client, Decimal(70), [], {}, by=SYSTEM, on=ON, origin={})
    work()
    [mail] = to_staff(sink)
    assert subject(mail) == f"Été & Fils a payé 70,00{NB}$US en ligne"


def test_a_late_invoice_is_told_once(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "invoice_late_all")
    staff.bill()
    for hour in (1, 2):
        with time_machine.travel(datetime(2026, 3, 21, hour, tzinfo=UTC), tick=False):
            schedule.tell_late()
            work()
    assert arrived(sink) == [("Ada <ada@example.com>", "La facture 0001 de Été & Fils est en retard")]


def test_run_twice_the_job_mails_once(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "invoice_created_all")
    staff.bill()
    [job] = Job.objects.filter(name="delivery.notify")
    notify(**job.args)
    notify(**job.args)
    work()
    assert len(to_staff(sink)) == 1


def test_what_is_deleted_meanwhile_is_no_news(staff: Staff, sink: Sink) -> None:
    staff.wants(staff.ada, "invoice_sent_all")
    delete_invoice(staff.bill(), by=SYSTEM, on=ON)
    work()
    assert to_staff(sink) == []


def test_nobody_waits_so_nothing_is_queued(staff: Staff) -> None:
    staff.wants(staff.ada, "quote_sent_all")
    staff.bill()
    assert not Job.objects.filter(name="delivery.notify").exists()


def sell(staff: Staff, pieces: int) -> None:
    staff.bill(line_items=[{"product_key": "Chair", "cost": Decimal(5), "quantity": Decimal(pieces)}])
    work()


def test_the_owner_hears_once_that_stock_is_low(staff: Staff, sink: Sink) -> None:
    update_company(staff.company, {"track_inventory": True}, by=SYSTEM, on=ON)
    chair = Product.objects.create(product_key="Chair", in_stock_quantity=10, stock_notification_threshold=7)
    sell(staff, 2)
    assert to_staff(sink) == []
    sell(staff, 2)
    sell(staff, 1)
    assert arrived(sink) == [
        ("Ada <ada@example.com>", f"Le stock du produit Chair est bas{NB}: il en reste 6")
    ]
    Product.objects.filter(pk=chair.pk).update(in_stock_quantity=8)
    sell(staff, 1)  # it was filled up and falls again
    assert len(to_staff(sink)) == 2


@pytest.mark.parametrize("switched_off", ["company", "product", "person"])
def test_who_wants_no_word_of_stock_gets_none(staff: Staff, sink: Sink, switched_off: str) -> None:
    told = switched_off != "company"
    update_company(staff.company, {"track_inventory": True, "stock_notification": told}, by=SYSTEM, on=ON)
    Product.objects.create(
        product_key="Chair",
        in_stock_quantity=10,
        stock_notification_threshold=9,
        stock_notification=switched_off != "product",
    )
    if switched_off == "person":
        staff.wants(staff.ada, "inventory_threshold_none")
    sell(staff, 3)
    assert Product.objects.get().in_stock_quantity == 7
    assert to_staff(sink) == []


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ([], ""),
        (["invoice_sent_all"], "all"),
        (["invoice_sent_user"], "user"),
        (["invoice_sent_user", "all_notifications"], "all"),
        (["all_user_notifications"], "user"),
        (["none"], ""),
        ("broken", ""),
    ],
)
def test_the_words_of_the_wire_are_read(words: Any, whose: str) -> None:
    assert choice({"email": words}, "invoice_sent", is_boss=True) == whose


def test_choices_become_words_and_what_is_not_asked_stays() -> None:
    before = {"email": ["task_late_all", "invoice_sent_all"], "slack": ["x"]}
    after = chosen(before, {"invoice_sent": "", "quote_sent": "user", "inventory_threshold": ""})
    assert after == {
        "email": ["task_late_all", "quote_sent_user", "inventory_threshold_none"],
        "slack": ["x"],
    }
    whole = chosen({"email": ["all_user_notifications"]}, {"invoice_sent": "all"})
    assert set(whole["email"]) == {
        "invoice_sent_all",
        *(f"{each}_user" for each in EVENTS if each != "invoice_sent"),
    }
    assert chosen(before, {}) == before
