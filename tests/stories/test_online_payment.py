"""Paying online, from the wish to the books: Stripe is localstripe behind a desk (tests/stripe_double)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError
from django.test import Client as Browser
from django.utils import timezone, translation

from comptoir.activity import jobs, worker
from comptoir.activity.actors import Actor
from comptoir.activity.models import Activity, Job, SystemLog
from comptoir.clients.models import Client, Contact
from comptoir.clients.operations import update_client
from comptoir.collecting import charging, handlers, refunding, settling, starting
from comptoir.collecting.models import Attempt, GatewayRefund, RefundState, State
from comptoir.collecting.starting import Wish
from comptoir.config.audit import examine
from comptoir.delivery.documents import facts_of
from comptoir.delivery.mail.models import MailDelivery
from comptoir.gateways import interface
from comptoir.gateways.interface import Outcome
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.operations import add_gateway, update_gateway
from comptoir.gateways.registry import STRIPE
from comptoir.gateways.storing import remove_method
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused, WrongState
from comptoir.ledger.models import Entry
from comptoir.payments.models import Payment
from comptoir.payments.operations import mark_paid, record_payment
from comptoir.payments.parts import Part
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from comptoir.sales.invoices.operations import create_invoice, mark_sent, set_instalments
from comptoir.tenancy.keyed import fresh
from comptoir.tenancy.scope import acting_for
from tests import factories, stripe_double

ON = date(2026, 3, 2)
BACK = "http://127.0.0.1:8000/client/payments/process/{key}"


@dataclass
class Shop:
    company: Any
    ada: Actor
    client: Client
    paul: Contact
    gateway: CompanyGateway
    desk: stripe_double.Desk

    @property
    def by(self) -> Actor:
        return Actor("contact", self.paul.pk, "Paul")

    @property
    def way(self) -> str:
        return f"{ids.encode(self.gateway.pk)}-1"

    def invoice(self, amount: str = "120", **fields: Any) -> Invoice:
        said = {"client": self.client, "date": ON, "line_items": [{"cost": amount, "quantity": 1}], **fields}
        return mark_sent(create_invoice(said, by=self.ada, on=ON), by=self.ada, on=ON)

    def wish(self, *parts: tuple[Invoice, str], **more: Any) -> Wish:
        found = [Part(Invoice.objects.get(pk=invoice.pk), Decimal(amount)) for invoice, amount in parts]
        return Wish(
            self.client, self.paul, found, more.pop("way", self.way), back=BACK, cancel="http://x/no", **more
        )

    def begin(self, *parts: tuple[Invoice, str], **more: Any) -> tuple[Attempt, str]:
        return starting.begin(self.wish(*parts, **more), by=self.by, on=ON)

    def pay(self, *parts: tuple[Invoice, str], card: str = stripe_double.GOOD, **more: Any) -> Attempt:
        attempt, page = self.begin(*parts, **more)
        self.desk.pay(page, card)
        return settling.follow(attempt)

    def figures(self) -> tuple[Decimal, Decimal, Decimal]:
        """Balance, paid to date, unapplied: as the client's row says, which the audit holds to the ledger."""
        self.client.refresh_from_db()
        assert [str(fault) for fault in examine()] == []
        return self.client.balance, self.client.paid_to_date, self.client.payment_balance

    def set(self, **settings: Any) -> None:
        self.client.refresh_from_db()
        kept = {**self.client.settings, **settings}
        update_client(self.client, {"settings": kept}, by=self.ada, on=ON)

    def posted(self, path: str) -> list[tuple[dict[str, str], str]]:
        """What Stripe was sent: form and key of each."""
        return [(form, key) for method, at, form, key in self.desk.seen if (method, at) == ("POST", path)]

    def notify(self, kind: str, page: str, *, secret: str = stripe_double.SECRET) -> int:
        body, headers = self.desk.event(kind, self.desk.session_of(page), secret=secret)
        return self.send(body, headers)

    def send(self, body: bytes, headers: dict[str, str]) -> int:
        address = f"/payment_webhook/{self.company.company_key}/{ids.encode(self.gateway.pk)}"
        return Browser().post(address, body, "application/json", headers=headers).status_code


@pytest.fixture
def shop(db: None, stripe: stripe_double.Desk) -> Iterator[Shop]:
    jobs.discover()
    company = factories.account_with_company(payment_terms="14")
    ada = factories.actor(factories.user(company, is_owner=True))
    with acting_for(company):
        client = Client.objects.create(name="Verger", display_name="Verger", number="0001")
        paul = Contact.objects.create(
            client=client, email="paul@verger.test", is_primary=True, **fresh("contact")
        )
        fields = {"gateway_key": STRIPE, "config": stripe_double.CONFIG, "token_billing": "optin"}
        gateway = add_gateway(fields, by=ada, on=ON)
        yield Shop(company, ada, client, paul, gateway, stripe)


def work() -> None:
    """Whatever is due in the outbox, as the worker does it."""
    while worker.run_once() is not None:
        pass


def test_one_invoice_is_paid_by_card(shop: Shop) -> None:
    invoice = shop.invoice()
    attempt = shop.pay((invoice, "120"))
    payment = Payment.objects.get()
    assert (attempt.state, attempt.payment_id) == (State.PAID, payment.pk)
    assert (payment.amount, payment.applied, payment.unapplied) == (Decimal(120), Decimal(120), Decimal(0))
    assert (payment.company_gateway_id, payment.gateway_type_id) == (shop.gateway.pk, "1")
    assert (payment.type_id, payment.is_manual, payment.contact_id) == ("5", False, shop.paul.pk)
    assert payment.transaction_reference.startswith("pi_")
    invoice.refresh_from_db()
    assert (invoice.status_id, invoice.balance) == (InvoiceStatus.PAID, Decimal(0))
    assert shop.figures() == (0, Decimal(120), 0)
    log = SystemLog.objects.get()
    assert (log.category_id, log.event_id, log.type_id, log.client_id) == (1, 21, 301, shop.client.pk)


def test_several_invoices_are_paid_at_once_and_one_of_them_in_part(shop: Shop) -> None:
    shop.set(client_portal_allow_under_payment=True, client_portal_under_payment_minimum="10")
    first, second = shop.invoice("100"), shop.invoice("80.50")
    shop.pay((first, "100"), (second, "30.25"))
    payment = Payment.objects.get()
    assert payment.amount == Decimal("130.25")
    second.refresh_from_db()
    assert (second.status_id, second.balance) == (InvoiceStatus.PARTIAL, Decimal("50.25"))
    assert shop.figures() == (Decimal("50.25"), Decimal("130.25"), 0)


@pytest.mark.parametrize(
    ("amount", "allowed", "least"),
    [
        ("119.99", False, "0"),
        ("9.99", True, "10"),
        ("0", True, "0"),
        ("120.01", True, "0"),
        ("-5", True, "0"),
    ],
)
def test_amounts_that_are_not_allowed_are_refused_and_nothing_moves(
    shop: Shop, amount: str, allowed: bool, least: str
) -> None:
    shop.set(client_portal_allow_under_payment=allowed, client_portal_under_payment_minimum=least)
    invoice = shop.invoice()
    with pytest.raises(Refused) as refused:
        shop.begin((invoice, amount))
    assert list(refused.value.errors) == ["amounts.0"]
    assert Attempt.objects.count() == 0
    assert shop.desk.seen == []
    assert shop.figures() == (Decimal(120), 0, 0)


def test_what_is_paid_too_much_stays_on_the_account(shop: Shop) -> None:
    shop.set(client_portal_allow_over_payment=True)
    shop.pay((shop.invoice(), "150"))
    assert shop.figures() == (0, Decimal(150), Decimal(30))


def test_a_declined_card_moves_nothing_and_may_be_tried_again(shop: Shop) -> None:
    invoice = shop.invoice()
    attempt, page = shop.begin((invoice, "120"))
    assert shop.desk.pay(page, stripe_double.DECLINED) == ""
    assert settling.follow(attempt).state == State.STARTED
    assert shop.figures() == (Decimal(120), 0, 0)
    again, second = shop.begin((invoice, "120"))
    attempt.refresh_from_db()
    assert attempt.state == State.FAILED
    assert shop.desk.session_of(page)["status"] == "expired"
    shop.desk.pay(second)
    assert settling.follow(again).state == State.PAID
    assert shop.figures() == (0, Decimal(120), 0)


def test_two_open_pages_cannot_both_be_paid(shop: Shop) -> None:
    """The second page closes the first; one that was paid meanwhile is booked, and no second page opens."""
    invoice = shop.invoice()
    _, page = shop.begin((invoice, "120"))
    shop.desk.pay(page)
    with pytest.raises(WrongState):
        shop.begin((invoice, "120"))
    assert shop.figures() == (0, Decimal(120), 0)
    assert Attempt.objects.count() == 1


def test_the_return_and_any_number_of_notifications_make_one_payment(shop: Shop) -> None:
    attempt, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    for _ in range(3):
        assert shop.notify("checkout.session.completed", page) == 200
        assert shop.notify("payment_intent.succeeded", page) == 200
    body, headers = shop.desk.event("checkout.session.completed", shop.desk.session_of(page))
    assert [shop.send(body, headers), shop.send(body, headers)] == [200, 200]
    settling.follow(attempt)
    work()
    settling.follow(Attempt.objects.get())
    assert Payment.objects.count() == 1
    assert shop.figures() == (0, Decimal(120), 0)
    assert Entry.objects.filter(reason_kind="payment").count() == 2


def test_without_the_locks_and_looks_the_database_still_takes_it_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: blind to what was booked already, only the constraint keeps it from twice."""
    attempt, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    settling.follow(attempt)
    again = Attempt.objects.get()
    monkeypatch.setattr(settling, "_is_news", lambda *_: True)
    monkeypatch.setattr(Payment.objects, "filter", lambda **_: Payment.everywhere.none())
    outcome = settling.gateway_of(again.gateway).look(again.reference)
    with pytest.raises(IntegrityError):
        settling.settle(again, outcome)
    monkeypatch.undo()
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("secret", ["whsec_of_somebody_else", ""])
def test_a_notification_with_another_signature_is_refused_and_does_nothing(shop: Shop, secret: str) -> None:
    _, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    assert shop.notify("checkout.session.completed", page, secret=secret) == 400
    assert not Job.objects.filter(name="collecting.follow").exists()
    assert shop.figures() == (Decimal(120), 0, 0)


def test_a_notification_to_nobody_is_not_found(shop: Shop) -> None:
    body, headers = shop.desk.event("checkout.session.completed", {"id": "cs_x"})
    browser = Browser()
    for address in ("/payment_webhook/nokey/abc", f"/payment_webhook/{shop.company.company_key}/abc"):
        assert browser.post(address, body, "application/json", headers=headers).status_code == 404


def test_a_notification_is_not_believed_but_makes_us_ask(shop: Shop) -> None:
    """Signed or not, what counts is what Stripe answers when asked."""
    _, page = shop.begin((shop.invoice(), "120"))
    told = {**shop.desk.session_of(page), "status": "complete", "payment_status": "paid"}
    assert shop.send(*shop.desk.event("checkout.session.completed", told)) == 200
    work()
    assert Attempt.objects.get().state == State.STARTED
    assert Payment.objects.count() == 0


def test_another_amount_than_was_asked_for_is_kept_unapplied_and_reported(shop: Shop) -> None:
    invoice = shop.invoice()
    attempt, page = shop.begin((invoice, "120"))
    shop.desk.pay(page)
    shop.desk.tampered = {"amount": 11900, "amount_received": 11900}
    assert settling.follow(attempt).state == State.ODD
    payment = Payment.objects.get()
    assert (payment.amount, payment.applied, payment.unapplied) == (Decimal(119), 0, Decimal(119))
    assert shop.figures() == (Decimal(120), Decimal(119), Decimal(119))
    assert SystemLog.objects.get().event_id == 23
    assert Activity.objects.filter(fact="PayingOdd").count() == 1


def test_another_currency_is_reported_and_touches_no_account(shop: Shop) -> None:
    attempt, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    shop.desk.tampered = {"currency": "eur"}
    assert settling.follow(attempt).state == State.ODD
    assert Payment.objects.count() == 0
    assert shop.figures() == (Decimal(120), 0, 0)
    assert SystemLog.objects.get().event_id == 23


def test_money_for_an_invoice_that_was_paid_meanwhile_stays_unapplied(shop: Shop) -> None:
    invoice = shop.invoice()
    attempt, page = shop.begin((invoice, "120"))
    mark_paid(Invoice.objects.get(), by=shop.ada, on=ON)
    shop.desk.pay(page)
    assert settling.follow(attempt).state == State.PAID
    assert shop.figures() == (0, Decimal(240), Decimal(120))


def test_what_got_lost_on_the_way_is_followed_by_the_clock(shop: Shop) -> None:
    _, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    Attempt.objects.update(updated_at="2026-01-01T00:00Z")
    handlers.follow_open()
    work()
    assert Attempt.objects.get().state == State.PAID
    assert shop.figures() == (0, Decimal(120), 0)


def debited(shop: Shop) -> Attempt:
    """A try by bank debit: the client has agreed, the money takes its time."""
    shop.desk.tampered = {"status": "processing"}
    return shop.pay((shop.invoice(), "120"))


def turns(*days: int) -> Iterator[int]:
    """The clock so many days from now, and the worker after it."""
    begin = timezone.now().replace(minute=2)
    for day in days:
        with time_machine.travel(begin + timedelta(days=day)):
            yield day
            handlers.follow_open()
            work()


def test_a_bank_debit_of_ten_days_is_paid_in_the_end(shop: Shop) -> None:
    attempt = debited(shop)
    assert (attempt.state, shop.figures()) == (State.PENDING, (120, 0, 0))
    for day in turns(1, 3, 4, 5, 6, 11):
        attempt.refresh_from_db()
        assert attempt.state == State.PENDING
        shop.desk.is_down = day == 3
        update_gateway(
            shop.gateway,
            {
                "config": {
                    **stripe_double.CONFIG,
                    "apiKey": "sk_test_other" if day == 5 else stripe_double.KEY,
                }
            },
            by=shop.ada,
            on=ON,
        )  # somebody mends it the day after
        if day == 11:
            shop.desk.tampered = {}
    attempt.refresh_from_db()
    assert (attempt.state, shop.figures()) == (State.PAID, (0, 120, 0))
    names = list(
        Activity.objects.filter(subject_kind="attempt").order_by("pk").values_list("fact", flat=True)
    )
    assert names == ["PayingStarted", "PayingPending", "PayingSettled"]
    assert not Job.objects.exclude(state="done").exists()


def test_a_bank_debit_that_is_never_answered_ends_is_told_and_can_be_paid_otherwise(shop: Shop) -> None:
    attempt = debited(shop)
    invoice = Invoice.objects.get()
    with pytest.raises(WrongState):
        shop.begin((invoice, "120"))
    for day in turns(1, 10, 29, 31):
        attempt.refresh_from_db()
        assert attempt.state == State.PENDING, day
    attempt.refresh_from_db()
    assert (attempt.state, attempt.said) == (State.FAILED, "No answer came.")
    assert Activity.objects.filter(fact="PayingFailed", code=41).count() == 1
    shop.desk.tampered = {}
    assert shop.send(*shop.desk.event("payment_intent.succeeded", money(shop))) == 200  # late, and welcome
    work()
    attempt.refresh_from_db()
    assert (attempt.state, shop.figures()) == (State.PAID, (0, 120, 0))


def money(shop: Shop) -> dict[str, Any]:
    """The intent of the newest page, as notifications show it."""
    intent = list(shop.desk.sessions.values())[-1]["payment_intent"]
    return dict(shop.desk.ask("GET", f"/v1/payment_intents/{intent}")[1])


@pytest.mark.parametrize(("days", "state"), [((1, 2, 7), State.STARTED), ((1, 2, 9), State.FAILED)])
def test_a_page_of_a_provider_that_is_gone_is_given_up_after_a_week(
    shop: Shop, days: tuple[int, ...], state: State
) -> None:
    attempt, _ = shop.begin((shop.invoice(), "120"))
    shop.desk.is_down = True
    for _day in turns(*days):
        pass
    attempt.refresh_from_db()
    assert attempt.state == state
    assert Job.objects.exclude(state="done").count() == 0  # nothing piles up meanwhile


def test_a_page_that_nobody_paid_is_closed_after_a_day(shop: Shop) -> None:
    attempt, page = shop.begin((shop.invoice(), "120"))
    for _day in turns(1, 2):
        assert shop.desk.session_of(page)["status"] == "open"
    attempt.refresh_from_db()
    assert (attempt.state, shop.desk.session_of(page)["status"]) == (State.FAILED, "expired")


def test_a_provider_that_is_down_leaves_nothing_to_pay(shop: Shop) -> None:
    invoice = shop.invoice()
    shop.desk.is_down = True
    with pytest.raises(Refused) as refused:
        shop.begin((invoice, "120"))
    assert list(refused.value.errors) == ["way"]
    assert Attempt.objects.get().state == State.FAILED
    shop.desk.is_down = False
    shop.pay((invoice, "120"))
    assert shop.figures() == (0, Decimal(120), 0)


def fees(**figures: Any) -> dict[str, Any]:
    return {"1": {"fee_tax_name1": "VAT", "fee_tax_rate1": 10, **figures}}


def test_a_fee_joins_the_invoice_once_it_is_paid(shop: Shop) -> None:
    said = {"fees_and_limits": fees(fee_amount=1, fee_percent=2.5)}
    update_gateway(shop.gateway, said, by=shop.ada, on=ON)
    invoice = shop.invoice("100")
    with pytest.raises(Refused) as refused:
        shop.begin((invoice, "100"))
    assert list(refused.value.errors) == ["fee"]
    attempt = shop.pay((invoice, "100"), fee_shown=Decimal("3.85"))
    assert (attempt.amount, attempt.fee) == (Decimal("103.85"), Decimal("3.85"))
    invoice.refresh_from_db()
    assert (invoice.amount, invoice.balance, invoice.status_id) == (Decimal("103.85"), 0, InvoiceStatus.PAID)
    assert '"type_id":"4"' in invoice.line_items
    assert shop.figures() == (0, Decimal("103.85"), 0)


def test_a_fee_on_a_locked_invoice_has_an_invoice_of_its_own(shop: Shop) -> None:
    shop.set(lock_invoices="when_sent")
    update_gateway(shop.gateway, {"fees_and_limits": fees(fee_amount=2)}, by=shop.ada, on=ON)
    invoice = shop.invoice("100")
    shop.pay((invoice, "100"), fee_shown=Decimal("2.20"))
    amounts = Invoice.objects.order_by("pk").values_list("amount", "balance")
    assert list(amounts) == [(Decimal(100), 0), (Decimal("2.20"), 0)]
    assert shop.figures() == (0, Decimal("102.20"), 0)


def test_limits_hide_a_way_of_paying(shop: Shop) -> None:
    limits = {"1": {"min_limit": 50, "max_limit": 200}}
    update_gateway(shop.gateway, {"fees_and_limits": limits}, by=shop.ada, on=ON)
    for amount in ("49.99", "200.01"):
        with pytest.raises(Refused) as refused:
            shop.begin((shop.invoice(amount), amount))
        assert list(refused.value.errors) == ["way"]
    shop.begin((shop.invoice("50"), "50"))


def test_a_method_is_stored_while_paying_and_charged_with_one_click(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"), keep=True)
    method = StoredMethod.objects.get()
    assert (str(method), method.is_default) == ("Visa •••• 4242", True)
    second = shop.invoice("30")
    attempt = charging.charge(shop.wish((second, "30")), method, by=shop.by, on=ON)
    assert attempt.state == State.PAID
    assert shop.figures() == (0, Decimal(150), 0)


def store(shop: Shop, card: str) -> StoredMethod:
    offer = starting.offers(shop.client, Decimal(1), shop.client.currency_id)[0]
    attempt, page = starting.begin_storing(shop.wish(), offer, by=shop.by, on=ON)
    shop.desk.pay(page, card)
    settling.follow(attempt)
    return StoredMethod.objects.get()


def test_an_invoice_pays_itself_and_what_failed_is_told_and_not_tried_for_ever(shop: Shop) -> None:
    store(shop, stripe_double.DECLINED_LATER)
    invoice = shop.invoice(auto_bill_enabled=True)
    for tries in (1, 2, 3):
        charging.charge_stored_method(Invoice.objects.get(), by=shop.ada, on=ON)
        invoice.refresh_from_db()
        assert (invoice.auto_bill_tries, invoice.auto_bill_enabled) == (tries, tries < 3)
    assert Activity.objects.filter(code=144).count() == 3
    assert Activity.objects.filter(fact="PayingFailed").first().notes == "Your card was declined."
    assert shop.figures() == (Decimal(120), 0, 0)


def test_invoices_that_fall_due_are_charged_once_a_day(shop: Shop) -> None:
    store(shop, stripe_double.GOOD)
    shop.invoice(auto_bill_enabled=True, due_date=ON)
    shop.invoice("50", due_date=ON)
    for _ in range(3):
        handlers.charge_due()
        work()
    assert shop.figures() == (Decimal(50), Decimal(120), 0)
    assert Activity.objects.filter(code=143).count() == 1


def test_instalments_pay_themselves_each_on_its_day(shop: Shop) -> None:
    store(shop, stripe_double.GOOD)
    invoice = shop.invoice()
    later = ON + timedelta(days=30)
    rows = [{"date": ON, "amount": Decimal(50)}, {"date": later, "amount": Decimal(70)}]
    set_instalments(invoice, rows, by=shop.ada, on=ON, charges=True)
    for day in (ON, ON, later - timedelta(days=1), later, later + timedelta(days=1)):
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False):
            handlers.charge_due()
            work()
        invoice.refresh_from_db()
        paid = 50 if day < later else 120
        assert (invoice.paid_to_date, invoice.balance) == (paid, 120 - paid), day
    assert list(Payment.objects.order_by("pk").values_list("amount", flat=True)) == [50, 70]
    assert MailDelivery.objects.filter(template="instalment").count() == 0
    assert shop.figures() == (0, Decimal(120), 0)


def test_a_debit_by_itself_that_fails_days_later_counts_as_a_failure_each_time(shop: Shop) -> None:
    """What the bank says days later is told of the invoice as if it had been said at once."""
    store(shop, stripe_double.GOOD)
    shop.invoice(auto_bill_enabled=True, due_date=ON)
    for tries in (1, 2, 3):
        shop.desk.tampered = {"status": "processing"}
        handlers.charge_due(turn="")
        Job.objects.filter(name="collecting.auto_bill").update(key=None)  # the next day has a key of its own
        work()
        attempt, invoice = Attempt.objects.latest("pk"), Invoice.objects.get()
        assert (attempt.state, invoice.auto_bill_tries) == (State.PENDING, tries - 1)
        shop.desk.tampered = {"status": "requires_payment_method"}
        for _ in range(2):
            said = shop.desk.event("payment_intent.payment_failed", {"id": attempt.reference})
            assert shop.send(*said) == 200
            work()
        invoice.refresh_from_db()
        assert (invoice.auto_bill_tries, invoice.auto_bill_enabled) == (tries, tries < 3)
    handlers.charge_due(turn="")
    work()
    assert Attempt.objects.filter(kind="charge").count() == 3
    assert Activity.objects.filter(fact="AutoBillFailed").count() == 3
    assert shop.figures() == (120, 0, 0)


def test_a_debit_by_itself_that_is_paid_days_later_is_told_of_its_invoice(shop: Shop) -> None:
    store(shop, stripe_double.GOOD)
    invoice = shop.invoice(auto_bill_enabled=True)
    shop.desk.tampered = {"status": "processing"}
    attempt = charging.charge_stored_method(invoice, by=shop.ada, on=ON)
    assert attempt is not None
    shop.desk.tampered = {}
    assert shop.send(*shop.desk.event("payment_intent.succeeded", {"id": attempt.reference})) == 200
    work()
    told = Activity.objects.get(fact="AutoBilled")
    assert (told.subject_id, told.code, shop.figures()) == (invoice.pk, 143, (0, 120, 0))


def test_a_charge_whose_answer_was_lost_for_good_is_known_by_its_notification(shop: Shop) -> None:
    """Given up after a day without answer, the try is paid all the same once Stripe tells of its money."""
    store(shop, stripe_double.GOOD)
    invoice = shop.invoice(auto_bill_enabled=True)
    shop.desk.loses_answers = True
    attempt = charging.charge_stored_method(invoice, by=shop.ada, on=ON)
    shop.desk.loses_answers = False
    assert attempt is not None
    settling.settle(attempt, Outcome(interface.State.FAILED, said="No answer came."))
    made = shop.desk.ask("GET", "/v1/payment_intents?limit=100")[1]["data"]
    [intent] = [one for one in made if one["metadata"].get("attempt") == attempt.key]
    for subject in ({"id": "pi_of_another", "metadata": {"attempt": attempt.key}}, intent):
        assert shop.send(*shop.desk.event("payment_intent.succeeded", subject)) == 200
        work()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reference, shop.figures()) == (State.PAID, intent["id"], (0, 120, 0))


@pytest.mark.parametrize(("lost", "charged"), [(True, 1), (False, 0)], ids=["it happened", "it did not"])
def test_a_charge_whose_key_is_forgotten_is_looked_for_and_not_asked_for_again(
    shop: Shop, lost: bool, charged: int
) -> None:
    """Stripe forgets keys after a day: asked again with one, it would charge twice."""
    store(shop, stripe_double.GOOD)
    invoice = shop.invoice(auto_bill_enabled=True)
    shop.desk.loses_answers, shop.desk.is_down = lost, not lost
    attempt = charging.charge_stored_method(invoice, by=shop.ada, on=ON)
    assert attempt is not None
    shop.desk.loses_answers, shop.desk.is_down = False, True
    shop.desk.answers.clear()
    for _day in turns(1, 2):
        attempt.refresh_from_db()
        assert attempt.state == State.STARTED
    shop.desk.is_down = False
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=1)):
        handlers.auto_bill(id=invoice.pk)
    attempt.refresh_from_db()
    assert attempt.state == (State.PAID if lost else State.FAILED)
    made = shop.desk.ask("GET", "/v1/payment_intents?limit=100")[1]["data"]
    assert len([one for one in made if one["metadata"].get("attempt") == attempt.key]) == charged
    assert shop.figures() == ((0, 120, 0) if lost else (120, 0, 0))


def test_a_charge_whose_answer_was_lost_happens_once(shop: Shop) -> None:
    """It may have happened: the clock asks again with the same key."""
    store(shop, stripe_double.GOOD)
    invoice = shop.invoice(auto_bill_enabled=True)
    shop.desk.loses_answers = True
    attempt = charging.charge_stored_method(invoice, by=shop.ada, on=ON)
    assert attempt is not None
    assert attempt.state == State.STARTED
    assert charging.charge_stored_method(invoice, by=shop.ada, on=ON) == attempt
    shop.desk.loses_answers = False
    shop.desk.seen.clear()
    Attempt.objects.filter(state=State.STARTED).update(updated_at="2026-01-01T00:00Z")
    with translation.override("fr"):
        handlers.follow_open()
    work()
    charges = {
        key for method, path, _, key in shop.desk.seen if (method, path) == ("POST", "/v1/payment_intents")
    }
    assert charges == {f"charge-{attempt.key}"}
    assert shop.figures() == (0, Decimal(120), 0)


def test_own_money_pays_before_a_card_does(shop: Shop) -> None:
    store(shop, stripe_double.GOOD)
    shop.set(use_unapplied_payment="always")
    record_payment({"client": shop.client, "amount": Decimal(50)}, by=shop.ada, on=ON)
    charging.charge_stored_method(shop.invoice(), by=shop.ada, on=ON)
    assert [one.amount for one in Payment.objects.order_by("pk")] == [Decimal(50), Decimal(70)]
    assert shop.figures() == (0, Decimal(120), 0)


def test_a_bank_that_wants_the_client_is_a_failure_without_the_client(shop: Shop) -> None:
    store(shop, stripe_double.ASKS_THE_CLIENT)
    charging.charge_stored_method(shop.invoice(), by=shop.ada, on=ON)
    assert Attempt.objects.order_by("pk").last().said == "The bank wants the client to confirm."
    assert shop.figures() == (Decimal(120), 0, 0)


def test_a_refund_goes_back_by_the_gateway_and_into_the_books(shop: Shop) -> None:
    invoice = shop.invoice()
    shop.pay((invoice, "120"))
    payment = Payment.objects.get()
    refunding.refund_by_gateway(
        payment,
        Decimal(0),
        [{"invoice": Invoice.objects.get(), "amount": Decimal("20.50")}],
        by=shop.ada,
        on=ON,
    )
    ((sent, _),) = shop.posted("/v1/refunds")
    assert sent == {
        "payment_intent": payment.transaction_reference,
        "amount": "2050",
        "metadata[refund]": GatewayRefund.objects.get().key,
    }
    payment.refresh_from_db()
    assert payment.refunded == Decimal("20.50")
    assert shop.figures() == (Decimal("20.50"), Decimal("99.50"), 0)
    assert GatewayRefund.objects.get().state == RefundState.DONE


def test_a_refund_that_the_gateway_refuses_moves_nothing(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    reference = payment.transaction_reference
    Payment.objects.update(transaction_reference="pi_unknown")
    payment.refresh_from_db()
    with pytest.raises(Refused) as refused:
        refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    assert list(refused.value.errors) == ["id"]
    Payment.objects.update(transaction_reference=reference)  # or the audit would tell
    assert shop.figures() == (0, Decimal(120), 0)
    assert GatewayRefund.objects.get().state == RefundState.FAILED


def test_a_refund_whose_answer_was_lost_happens_once(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    shop.desk.loses_answers = True
    with pytest.raises(WrongState):
        refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    with pytest.raises(WrongState):
        refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    shop.desk.loses_answers = False
    GatewayRefund.objects.update(updated_at="2026-01-01T00:00Z")
    for _ in range(2):
        handlers.follow_open()
    assert shop.figures() == (Decimal(20), Decimal(100), 0)
    assert Payment.objects.get().refunded == Decimal(20)


def test_credentials_are_sealed_and_never_told(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    row = CompanyGateway.everywhere.get()
    told = f"{row.sealed_config} {list(Activity.objects.values())} {list(SystemLog.objects.values())}"
    assert stripe_double.KEY not in told
    assert stripe_double.SECRET not in told
    assert row.config["apiKey"] == stripe_double.KEY


def test_documents_bear_a_payment_link_only_where_a_gateway_can_take_the_payment(shop: Shop) -> None:
    invoice = shop.invoice()
    link = f"{settings.BASE_URL}/client/pay/{invoice.invitations.get().key}"
    assert facts_of(invoice).payment_link == link
    update_gateway(shop.gateway, {"fees_and_limits": {"1": {"max_limit": 100}}}, by=shop.ada, on=ON)
    assert facts_of(invoice).payment_link == ""
    update_gateway(shop.gateway, {"fees_and_limits": {}}, by=shop.ada, on=ON)
    shop.set(company_gateway_ids="0")
    assert facts_of(Invoice.objects.get()).payment_link == ""
    shop.set(company_gateway_ids="")
    mark_paid(Invoice.objects.get(), by=shop.ada, on=ON)
    assert facts_of(Invoice.objects.get()).payment_link == ""


def test_a_failed_automatic_payment_is_told_to_the_client_with_the_way_to_pay(shop: Shop) -> None:
    method = store(shop, stripe_double.DECLINED_LATER)
    invoice = shop.invoice()
    charging.charge_stored_method(invoice, by=shop.ada, on=ON)
    worker.perform(Job.objects.get(name="delivery.payment_failed"))
    mail = MailDelivery.objects.get()
    assert (mail.recipient, mail.template) == ("paul@verger.test", "payment_failed")
    assert f"/client/pay/{invoice.invitations.get().key}" in mail.html
    remove_method(method, by=shop.ada, on=ON)
    charging.charge_stored_method(Invoice.objects.get(), by=shop.ada, on=ON)
    assert Activity.objects.filter(code=144).count() == 2
    assert Job.objects.filter(name="delivery.payment_failed").count() == 1


def test_credentials_that_stop_working_lose_no_payment(shop: Shop) -> None:
    _, page = shop.begin((shop.invoice(), "120"))
    shop.desk.pay(page)
    update_gateway(shop.gateway, {"config": {"apiKey": "sk_test_wrong"}}, by=shop.ada, on=ON)
    handlers.follow_attempt(attempt=Attempt.objects.get().pk)
    assert Attempt.objects.get().state == State.STARTED
    update_gateway(shop.gateway, {"config": {"apiKey": stripe_double.KEY}}, by=shop.ada, on=ON)
    handlers.follow_attempt(attempt=Attempt.objects.get().pk)
    assert shop.figures() == (0, Decimal(120), 0)
