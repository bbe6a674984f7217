"""Money that goes back without us: refunds in Stripe's dashboard, and payments that a bank contests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from comptoir.activity.models import Activity, SystemLog
from comptoir.clients.operations import update_client
from comptoir.collecting import refunding, returns, schedule
from comptoir.collecting.models import Dispute, DisputeState, GatewayRefund, RefundState
from comptoir.delivery.mail.models import MailDelivery
from comptoir.gateways.stripe.gateway import Provider
from comptoir.kernel.refused import Refused, WrongState
from comptoir.payments.models import Payment, Refund
from comptoir.payments.operations import refund_payment
from comptoir.reference import currency
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.models import Status as InvoiceStatus
from tests.stories.test_online_payment import ON, Shop, shop, work

__all__ = ["shop"]


def told(shop: Shop, kind: str, subject: dict[str, Any], times: int = 1) -> None:
    """Stripe says so, once or oftener, and the worker does what follows."""
    for _ in range(times):
        assert shop.send(*shop.desk.event(kind, subject)) == 200
    work()


def facts() -> list[str]:
    names = ("ReturnedByGateway", "ReturnSeen", "ReturnOdd", "PaymentDisputed", "DisputeWon", "DisputeLost",
             "PaymentRefunded", "RefundFailed", "PaymentRefundUndone")  # fmt: skip
    return list(Activity.objects.filter(fact__in=names).order_by("pk").values_list("fact", flat=True))


def charge_of(payment: Payment) -> dict[str, Any]:
    return {"id": "ch_1", "object": "charge", "payment_intent": payment.transaction_reference}


def test_a_refund_of_the_dashboard_is_booked_once_and_exactly(shop: Shop) -> None:
    invoice = shop.invoice()
    shop.pay((invoice, "120"))
    payment = Payment.objects.get()
    made = shop.desk.give_back(payment.transaction_reference, 2050)
    told(shop, "charge.refunded", charge_of(payment), times=3)
    told(shop, "refund.created", made)
    payment.refresh_from_db()
    invoice.refresh_from_db()
    assert (payment.refunded, payment.applied, payment.status_id) == (Decimal("20.5"), 120, 5)
    assert (invoice.balance, invoice.status_id) == (Decimal("20.5"), InvoiceStatus.PARTIAL)
    assert shop.figures() == (Decimal("20.5"), Decimal("99.5"), 0)
    kept = GatewayRefund.objects.get()
    assert (kept.reference, kept.state, kept.amount) == (made["id"], RefundState.DONE, Decimal("20.5"))
    assert facts() == ["PaymentRefunded", "ReturnedByGateway"]
    said = Activity.objects.get(fact="ReturnedByGateway")
    assert (said.actor_kind, said.notes, said.subject_id) == ("system", "20.50", payment.pk)
    log = SystemLog.objects.filter(category_id=1).order_by("-pk")[0]
    assert (log.event_id, log.log["reference"]) == (21, made["id"])


def test_every_refund_of_the_dashboard_counts_and_the_newest_invoice_first(shop: Shop) -> None:
    first, second = shop.invoice("100"), shop.invoice("50")
    shop.pay((first, "100"), (second, "50"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 6000)
    told(shop, "charge.refunded", charge_of(payment))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.balance, second.balance) == (10, 50)
    shop.desk.give_back(payment.transaction_reference, 9000)
    told(shop, "charge.refunded", charge_of(payment))
    payment.refresh_from_db()
    assert (payment.refunded, payment.status_id) == (150, 6)
    assert shop.figures() == (150, 0, 0)
    assert Refund.objects.count() == 2


def test_money_on_account_goes_back_before_any_invoice_is_owed_again(shop: Shop) -> None:
    shop.set(client_portal_allow_over_payment=True)
    shop.pay((shop.invoice(), "150"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 4000)
    told(shop, "charge.refunded", charge_of(payment))
    assert shop.figures() == (10, 110, 0)


@pytest.mark.parametrize(
    ("code", "amount", "units", "back"),
    [("JPY", "1000", 300, "300"), ("KWD", "12.5", 3250, "3.25")],
    ids=["no decimals", "three decimals"],
)
def test_smallest_units_are_those_of_the_currency(
    shop: Shop, code: str, amount: str, units: int, back: str
) -> None:
    own = next(row.id for row in currency.rows if row.code == code)
    update_client(shop.client, {"settings": {"currency_id": own}}, by=shop.ada, on=ON)
    shop.pay((shop.invoice(amount), amount))
    payment = Payment.objects.get()
    assert payment.amount == Decimal(amount)
    shop.desk.give_back(payment.transaction_reference, units)
    told(shop, "charge.refunded", charge_of(payment))
    assert shop.figures() == (Decimal(back), Decimal(amount) - Decimal(back), 0)
    assert GatewayRefund.objects.get().amount == Decimal(back)


def test_our_own_refund_is_not_booked_again_when_stripe_tells_of_it(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert (Refund.objects.count(), facts()) == (1, ["PaymentRefunded"])
    assert shop.figures() == (20, 100, 0)


def test_nor_while_its_own_answer_is_still_awaited(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    started = refunding.start_refund(payment, Decimal(0), said, by=shop.ada, on=ON)
    refunding.gateway_of(shop.gateway).refund(payment.transaction_reference, Decimal(20), "USD", started.key)
    told(shop, "charge.refunded", charge_of(payment))
    assert shop.figures() == (120 - 120, 120, 0)
    refunding.carry_out(started)
    told(shop, "charge.refunded", charge_of(payment))
    assert Refund.objects.count() == 1
    assert shop.figures() == (20, 100, 0)


def test_ours_that_was_given_up_though_it_was_made_is_booked(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    started = refunding.start_refund(payment, Decimal(0), said, by=shop.ada, on=ON)
    refunding.gateway_of(shop.gateway).refund(payment.transaction_reference, Decimal(20), "USD", started.key)
    GatewayRefund.objects.update(state=RefundState.FAILED)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert (Refund.objects.count(), shop.figures()) == (1, (20, 100, 0))


def test_a_refund_whose_key_is_forgotten_is_looked_for_before_it_is_asked_for_again(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    shop.desk.loses_answers = True
    with pytest.raises(WrongState):
        refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    shop.desk.loses_answers = False
    shop.desk.answers.clear()  # as Stripe does after a day
    with time_machine.travel(timezone.now() + timedelta(hours=30)):
        refunding.carry_out(GatewayRefund.objects.get())
    made = shop.desk.ask("GET", f"/v1/refunds?payment_intent={payment.transaction_reference}")[1]["data"]
    assert [one["amount"] for one in made] == [2000]
    kept = GatewayRefund.objects.get()
    assert (kept.state, kept.reference) == (RefundState.DONE, made[0]["id"])
    assert (Refund.objects.count(), shop.figures()) == (1, (20, 100, 0))


def by_hand(shop: Shop, days: int = 0, amount: str = "20") -> Refund:
    """A refund recorded here, dated some days from today."""
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(amount)}]
    on = timezone.now().astimezone(shop.company.zone).date() + timedelta(days=days)
    refund_payment(payment, Decimal(0), said, by=shop.ada, on=on)
    return Refund.objects.latest("pk")


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_what_was_recorded_by_hand_about_that_day_is_the_same_money(shop: Shop, days: int) -> None:
    shop.pay((shop.invoice(), "120"))
    hand = by_hand(shop, days)
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert facts() == ["PaymentRefunded", "ReturnSeen"]
    assert shop.figures() == (20, 100, 0)
    assert (GatewayRefund.objects.get().refund_id, Refund.objects.count()) == (hand.pk, 1)


@pytest.mark.parametrize("days", [-2, 2])
def test_the_same_sum_recorded_by_hand_on_another_day_is_other_money(shop: Shop, days: int) -> None:
    shop.pay((shop.invoice(), "120"))
    by_hand(shop, days)
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert facts() == ["PaymentRefunded", "PaymentRefunded", "ReturnedByGateway"]
    assert (Refund.objects.count(), shop.figures()) == (2, (40, 80, 0))


def test_what_is_recorded_by_hand_after_the_gateway_told_of_its_own_is_a_second_refund(shop: Shop) -> None:
    """And when the gateway then tells of a second one too, that is the one."""
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment))
    payment.refresh_from_db()
    hand = by_hand(shop)
    told(shop, "charge.refunded", charge_of(payment))
    assert shop.figures() == (40, 80, 0)
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert (Refund.objects.count(), shop.figures()) == (2, (40, 80, 0))
    assert GatewayRefund.objects.order_by("pk").last().refund_id == hand.pk  # type: ignore[union-attr]


def test_each_record_by_hand_is_that_of_one_refund_and_the_nearest_day_counts(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    before, same = by_hand(shop, -1), by_hand(shop)
    payment = Payment.objects.get()
    for _ in range(3):
        shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    kept = list(GatewayRefund.objects.order_by("pk").values_list("refund_id", flat=True))
    assert (kept[:2], Refund.objects.count(), shop.figures()) == ([same.pk, before.pk], 3, (60, 60, 0))


def test_a_refund_that_fails_at_the_bank_is_undone_once_however_often_it_is_told(shop: Shop) -> None:
    invoice = shop.invoice()
    shop.pay((invoice, "120"))
    payment, said = Payment.objects.get(), [{"invoice": invoice, "amount": Decimal(20)}]
    refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    kept = GatewayRefund.objects.get()
    failed = shop.desk.bounce(kept.reference)
    told(shop, "refund.failed", {**failed, "payment_intent": payment.transaction_reference}, times=2)
    told(shop, "charge.refund.updated", {**failed, "payment_intent": payment.transaction_reference})
    schedule.look_back()
    invoice.refresh_from_db()
    payment.refresh_from_db()
    kept.refresh_from_db()
    assert (invoice.balance, invoice.status_id) == (0, InvoiceStatus.PAID)
    assert (payment.refunded, payment.applied, payment.unapplied, payment.status_id) == (0, 120, 0, 4)
    assert (kept.state, kept.said) == (RefundState.FAILED, "expired_or_canceled_card")
    assert facts() == ["PaymentRefunded", "PaymentRefundUndone", "RefundFailed"]
    assert (list(Refund.objects.values_list("amount", flat=True)), shop.figures()) == ([20, -20], (0, 120, 0))
    mail = MailDelivery.objects.filter(kind="notification").get()
    assert mail.subject == "A refund of $20.00 to Verger came back from the bank"


def test_without_the_look_under_the_lock_it_would_be_undone_twice(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: two workers who both found it failed; the constraint keeps the second out all the same."""
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    kept = GatewayRefund.objects.get()
    shop.desk.bounce(kept.reference)
    returns.look(payment)
    monkeypatch.setattr(returns, "_failing", lambda *_: kept)
    with pytest.raises(IntegrityError):
        returns.look(payment)
    monkeypatch.undo()
    returns.look(payment)
    assert (Refund.objects.count(), shop.figures()) == (2, (0, 120, 0))


def test_a_refund_of_the_dashboard_that_waits_is_booked_late_and_one_that_fails_then_is_not(
    shop: Shop,
) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    names = [shop.desk.give_back(payment.transaction_reference, 1000 * n)["id"] for n in (1, 2)]
    for name in names:
        shop.desk.bounce(name, "pending")
    told(shop, "refund.created", charge_of(payment))
    assert (facts(), shop.figures()) == ([], (0, 120, 0))
    shop.desk.bounce(names[0])
    del shop.desk.refunds[names[1]]
    told(shop, "refund.failed", charge_of(payment), times=2)
    assert (facts(), shop.figures()) == (["PaymentRefunded", "ReturnedByGateway"], (20, 100, 0))
    shop.desk.bounce(names[1])
    told(shop, "refund.failed", charge_of(payment), times=2)
    assert shop.figures() == (0, 120, 0)


def test_ours_that_fails_before_its_answer_has_come_is_never_booked(shop: Shop) -> None:
    """Stripe repeats its first answer, "pending", to whoever asks again with the key."""
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    started = refunding.start_refund(payment, Decimal(0), said, by=shop.ada, on=ON)
    made = refunding.gateway_of(shop.gateway).refund(
        payment.transaction_reference, Decimal(20), "USD", started.key
    )
    shop.desk.bounce(made)
    told(shop, "refund.failed", charge_of(payment), times=2)
    for _ in range(2):
        with pytest.raises(Refused, match="expired_or_canceled_card"):
            refunding.carry_out(GatewayRefund.objects.get())
    assert (facts(), Refund.objects.count()) == (["RefundFailed"], 0)
    assert (shop.figures(), GatewayRefund.objects.get().state) == ((0, 120, 0), RefundState.FAILED)


def test_what_was_recorded_by_hand_and_failed_at_the_gateway_is_undone_and_may_be_made_again(
    shop: Shop,
) -> None:
    shop.pay((shop.invoice(), "120"))
    by_hand(shop)
    payment = Payment.objects.get()
    made = shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment))
    shop.desk.bounce(made["id"])
    told(shop, "refund.failed", charge_of(payment))
    assert shop.figures() == (0, 120, 0)
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment))
    assert facts()[-2:] == ["PaymentRefunded", "ReturnedByGateway"]
    assert (shop.figures(), Refund.objects.count()) == ((20, 100, 0), 3)


@pytest.mark.parametrize(("days", "figures"), [(29, (0, 120, 0)), (31, (20, 100, 0))])
def test_a_refund_that_fails_weeks_later_untold_is_found_by_the_clock(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, days: int, figures: Any
) -> None:
    """Stripe lists refunds by the day they were made on: old ones are asked about one by one, for a month."""
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(20)}]
    refunding.refund_by_gateway(payment, Decimal(0), said, by=shop.ada, on=ON)
    shop.desk.bounce(GatewayRefund.objects.get().reference)
    GatewayRefund.objects.update(created_at=timezone.now() - timedelta(days=days))
    monkeypatch.setattr(Provider, "moved_since", lambda *_: set())
    schedule.look_back()
    assert shop.figures() == figures


def test_more_than_the_payment_holds_is_said_and_not_booked(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment, said = Payment.objects.get(), [{"invoice": Invoice.objects.get(), "amount": Decimal(100)}]
    refund_payment(payment, Decimal(0), said, by=shop.ada, on=ON)
    shop.desk.give_back(payment.transaction_reference, 5000)
    told(shop, "charge.refunded", charge_of(payment), times=2)
    assert facts() == ["PaymentRefunded", "ReturnOdd"]
    assert shop.figures() == (100, 20, 0)
    assert SystemLog.objects.filter(category_id=1).order_by("-pk")[0].event_id == 23


def test_a_lost_notification_is_made_up_for_once_a_day(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    for _ in range(2):
        schedule.look_back()
    assert (Refund.objects.count(), shop.figures()) == (1, (20, 100, 0))


def test_a_payment_that_stripe_does_not_know_keeps_no_other_waiting(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    shop.pay((shop.invoice(), "120"))
    unknown, known = Payment.objects.order_by("pk")
    Payment.objects.filter(pk=unknown.pk).update(transaction_reference="pi_0")
    Dispute.objects.create(payment=unknown, reference="dp_0", amount=Decimal(1))
    shop.desk.give_back(known.transaction_reference, 2000)
    schedule.look_back()
    known.refresh_from_db()
    assert known.refunded == 20
    said = SystemLog.objects.filter(category_id=1, log__reference="pi_0").get()
    assert (said.event_id, said.client_id) == (23, shop.client.pk)


def test_a_notification_about_foreign_money_does_nothing(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    told(shop, "charge.refunded", {"id": "ch_9", "object": "charge", "payment_intent": "pi_of_others"})
    told(
        shop, "charge.dispute.created", {"id": "dp_9", "object": "dispute", "payment_intent": "pi_of_others"}
    )
    assert (facts(), shop.figures()) == ([], (0, 120, 0))


def test_a_dispute_waits_for_the_bank_and_is_booked_when_it_is_lost(shop: Shop) -> None:
    invoice = shop.invoice()
    shop.pay((invoice, "120"))
    payment = Payment.objects.get()
    case = shop.desk.contest(payment.transaction_reference, 12000)
    told(shop, "charge.dispute.created", case, times=2)
    told(shop, "charge.dispute.funds_withdrawn", case)
    row = Dispute.objects.get()
    assert (row.state, row.amount, row.reason, row.refund) == (DisputeState.OPEN, 120, "fraudulent", None)
    assert (facts(), shop.figures()) == (["PaymentDisputed"], (0, 120, 0))
    case = shop.desk.contest(payment.transaction_reference, 12000, "lost")
    told(shop, "charge.dispute.closed", case, times=3)
    row.refresh_from_db()
    assert (row.state, row.refund_id) == (DisputeState.LOST, Refund.objects.get().pk)
    assert facts() == ["PaymentDisputed", "PaymentRefunded", "DisputeLost"]
    invoice.refresh_from_db()
    assert (invoice.balance, invoice.status_id) == (120, InvoiceStatus.SENT)
    assert shop.figures() == (120, 0, 0)


def test_a_dispute_that_is_lost_opened_again_and_lost_again_is_booked_once(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    for status in ("lost", "under_review", "lost"):
        told(shop, "charge.dispute.updated", shop.desk.contest(payment.transaction_reference, 5000, status))
    assert (Dispute.objects.get().refund_id, shop.figures()) == (Refund.objects.get().pk, (50, 70, 0))


def test_a_dispute_that_is_won_after_it_was_lost_gives_the_money_back(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    for status in ("lost", "won", "won"):
        told(shop, "charge.dispute.closed", shop.desk.contest(payment.transaction_reference, 5000, status))
    assert facts()[-2:] == ["PaymentRefundUndone", "DisputeWon"]
    assert (Dispute.objects.get().refund_id, shop.figures()) == (None, (0, 120, 0))


@pytest.mark.parametrize("days", [-1, 0, 25, 31])
def test_a_lost_dispute_that_was_recorded_by_hand_is_the_same_money(shop: Shop, days: int) -> None:
    """On any day from the one on which the bank took it to the one after it is told."""
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    told(shop, "charge.dispute.created", shop.desk.contest(payment.transaction_reference, 5000))
    hand = by_hand(shop, days, "50")
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        lost = shop.desk.contest(payment.transaction_reference, 5000, "lost")
        told(shop, "charge.dispute.closed", lost, times=2)
    assert facts() == ["PaymentDisputed", "PaymentRefunded", "ReturnSeen", "DisputeLost"]
    assert (Dispute.objects.get().refund_id, Refund.objects.count()) == (hand.pk, 1)
    assert shop.figures() == (50, 70, 0)
    won = shop.desk.contest(payment.transaction_reference, 5000, "won")
    told(shop, "charge.dispute.closed", won, times=2)
    assert (Dispute.objects.get().refund_id, shop.figures()) == (None, (0, 120, 0))


@pytest.mark.parametrize(("days", "amount"), [(-2, "50"), (32, "50"), (0, "49.99")])
def test_other_money_recorded_by_hand_does_not_stand_for_a_lost_dispute(
    shop: Shop, days: int, amount: str
) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    told(shop, "charge.dispute.created", shop.desk.contest(payment.transaction_reference, 5000))
    hand = by_hand(shop, days, amount)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        lost = shop.desk.contest(payment.transaction_reference, 5000, "lost")
        told(shop, "charge.dispute.closed", lost, times=2)
    assert facts() == ["PaymentDisputed", "PaymentRefunded", "PaymentRefunded", "DisputeLost"]
    assert Refund.objects.exclude(pk=hand.pk).get().amount == 50
    assert shop.figures() == (50 + Decimal(amount), 70 - Decimal(amount), 0)


def test_one_record_by_hand_stands_for_one_lost_dispute(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    hand = by_hand(shop, 0, "50")
    for name in ("dp_1", "dp_2"):
        lost = shop.desk.contest(payment.transaction_reference, 5000, "lost", name)
        told(shop, "charge.dispute.closed", lost, times=2)
    kept = list(Dispute.objects.order_by("pk").values_list("refund_id", flat=True))
    assert (kept[0], len(set(kept)), Refund.objects.count()) == (hand.pk, 2, 2)
    assert shop.figures() == (100, 20, 0)


def test_a_lost_dispute_takes_out_no_more_than_the_payment_holds(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    by_hand(shop, 0, "100")
    lost = shop.desk.contest(payment.transaction_reference, 5000, "lost")
    told(shop, "charge.dispute.closed", lost, times=2)
    assert facts() == ["PaymentRefunded", "ReturnOdd", "DisputeLost"]
    assert Activity.objects.get(fact="ReturnOdd").notes == "50.00"
    assert (Dispute.objects.get().refund, shop.figures()) == (None, (100, 20, 0))


def test_a_dispute_that_is_won_moves_nothing_and_the_clock_hears_of_it(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    told(shop, "charge.dispute.created", shop.desk.contest(payment.transaction_reference, 12000))
    shop.desk.contest(payment.transaction_reference, 12000, "won")
    schedule.look_back()
    assert Dispute.objects.get().state == DisputeState.WON
    assert (facts(), shop.figures()) == (["PaymentDisputed", "DisputeWon"], (0, 120, 0))


def test_a_provider_that_is_down_is_asked_again(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    shop.desk.is_down = True
    with pytest.raises(schedule.Retry):
        schedule.look_for_returns(gateway=shop.gateway.pk, reference=payment.transaction_reference)
    schedule.look_back()  # it is on record, and the other gateways are asked all the same
    assert Refund.objects.count() == 0
    shop.desk.is_down = False
    schedule.look_for_returns(gateway=shop.gateway.pk, reference=payment.transaction_reference)
    assert shop.figures() == (20, 100, 0)


def test_without_looking_again_under_the_lock_it_is_booked_twice(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: two workers who both found it new; the constraint keeps the second out all the same."""
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    returns.look(payment)
    monkeypatch.setattr(returns, "_is_known", lambda *_: False)
    with pytest.raises(IntegrityError):
        returns.look(payment)
    monkeypatch.undo()
    returns.look(payment)
    assert (Refund.objects.count(), shop.figures()) == (1, (20, 100, 0))


def test_the_owner_hears_of_it_by_mail_with_the_sum_that_went_back(shop: Shop) -> None:
    shop.pay((shop.invoice(), "120"))
    payment = Payment.objects.get()
    shop.desk.give_back(payment.transaction_reference, 2000)
    told(shop, "charge.refunded", charge_of(payment))
    told(shop, "charge.dispute.created", shop.desk.contest(payment.transaction_reference, 5000))
    mails = MailDelivery.objects.filter(kind="notification").order_by("pk")
    assert list(mails.values_list("subject", flat=True)) == [
        "$20.00 paid by Verger was refunded at the gateway",
        "News of the dispute about $50.00 paid by Verger",
    ]
