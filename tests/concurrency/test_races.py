"""Money, numbers and edits when several people act at the same moment (reliability D3, D4, D7)."""

from __future__ import annotations

from collections import Counter

from comptoir.activity.models import Activity
from comptoir.clients.operations import update_client
from comptoir.collecting.models import Attempt
from comptoir.config import audit
from comptoir.delivery.mail.models import MailDelivery
from comptoir.gateways.operations import add_gateway
from comptoir.gateways.registry import STRIPE
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.preferences.operations import update_company
from comptoir.sales.credits import operations as credits
from comptoir.sales.invoices.models import Invoice, Reminder
from comptoir.tenancy.scope import acting_for

from .conftest import ON, House, flat


def test_eight_processes_issue_invoices_without_a_gap_or_a_twin(house: House) -> None:
    taken = flat(house.race("issue_invoices", 8, each=6, by_hand=False))
    assert {status for status, _ in taken} == {200}
    assert sorted(number for _, number in taken) == [f"{n:04}" for n in range(1, 49)]
    assert audit.examine() == []


def test_numbers_that_are_looked_up_and_then_taken_collide_in_the_same_race(house: House) -> None:
    """The control: the race is one. The unique index keeps the twins out all the same."""
    taken = flat(house.race("issue_invoices", 8, each=6, by_hand=True))
    assert Counter(status for status, _ in taken)[422] > 0
    with acting_for(house.company):
        kept = list(Invoice.objects.values_list("number", flat=True))
    assert len(set(kept)) == len(kept) < 48


def test_of_two_who_pay_the_same_invoice_one_is_refused_and_the_money_counts_once(house: House) -> None:
    answers = house.race("pay_the_same", 2, invoices=house.owed(15), unguarded=False)
    assert [sorted(pair) for pair in zip(*answers, strict=True)] == [[200, 422]] * 15
    with acting_for(house.company):
        house.client.refresh_from_db()
        settled = sum(payment.amount for payment in Payment.objects.all())
        assert (Payment.objects.count(), house.client.paid_to_date) == (15, settled)
        assert house.client.balance == 1500 - settled
    assert audit.examine() == []


def test_without_the_locks_both_are_taken_and_the_audit_sees_it(house: House) -> None:
    answers = house.race("pay_the_same", 2, invoices=house.owed(15), unguarded=True)
    assert [200, 200] in [list(pair) for pair in zip(*answers, strict=True)]
    assert audit.examine() != []


def test_a_hundred_posts_under_one_key_are_one_payment(house: House) -> None:
    answers = flat(house.race("send_again_and_again", 10, each=10, unguarded=False))
    statuses = Counter(status for status, _ in answers)
    assert statuses[200] + statuses[409] == 100
    assert len({key for status, key in answers if status == 200}) == 1
    with acting_for(house.company):
        house.client.refresh_from_db()
        assert (Payment.objects.count(), house.client.paid_to_date) == (1, 25)


def test_without_the_store_of_answers_each_post_is_a_payment(house: House) -> None:
    answers = flat(house.race("send_again_and_again", 4, each=3, unguarded=True))
    assert [status for status, _ in answers] == [200] * 12
    with acting_for(house.company):
        assert Payment.objects.count() == 12


def test_of_two_stale_editors_one_saves_and_the_other_hears_of_it(house: House) -> None:
    ones, others = house.race("edit_the_same", 2, rounds=20, careful=True)
    for one, other in zip(ones, others, strict=True):
        assert sorted([one[0], other[0]]) == [200, 409]
        assert {(status == 200, kept) for status, kept in (one, other)} == {(True, True), (False, False)}


def test_who_does_not_say_what_they_read_loses_an_edit_without_a_word(house: House) -> None:
    ones, others = house.race("edit_the_same", 2, rounds=10, careful=False)
    for one, other in zip(ones, others, strict=True):
        assert (one[0], other[0]) == (200, 200)
        assert [one[1], other[1]].count(True) == 1


def started(house: House, count: int) -> list[int]:
    """Online payments of 100 that were begun, one for each invoice."""
    with acting_for(house.company):
        gateway = add_gateway({"gateway_key": STRIPE, "config": {}}, **house.by)
        return [
            Attempt.objects.create(
                gateway=gateway, gateway_type_id="1", client=house.client, currency_id="1", amount=100,
                reference=f"cs_{key}", parts=[[ids.decode(key), "100"]],
            ).pk
            for key in house.owed(count)
        ]  # fmt: skip


def test_the_return_and_the_notification_of_one_payment_book_it_once(house: House) -> None:
    answers = house.race("settle_the_same", 4, attempts=started(house, 10), unguarded=False)
    assert flat(answers) == ["paid"] * 40
    with acting_for(house.company):
        house.client.refresh_from_db()
        assert (Payment.objects.count(), house.client.paid_to_date, house.client.balance) == (10, 1000, 0)
    assert audit.examine() == []


def test_without_the_lock_of_the_attempt_the_same_race_books_it_twice(house: House) -> None:
    house.race("settle_the_same", 4, attempts=started(house, 10), unguarded=True)
    with acting_for(house.company):
        assert Payment.objects.count() > 10


def remind(house: House, *, unguarded: bool) -> list[list[int]]:
    """Twelve invoices whose first reminder is due, with a late fee of 5, and two workers."""
    rules = {"enable_reminder1": True, "num_days_reminder1": 2, "schedule_reminder1": "after_invoice_date"}
    with acting_for(house.company):
        person = {"email": "pip@orchard.example", "send_email": True}
        update_client(house.client, {"contacts": [person]}, **house.by)
        update_company(house.company, {"settings": {**rules, "late_fee_amount1": 5}}, **house.by)
    house.client.company = house.company
    house.owed(12)
    more = {"company": house.company.pk, "moment": "2026-03-04T23:00:00+00:00"}
    return house.race("remind_together", 2, **more, unguarded=unguarded)


def tell_late(house: House, *, unguarded: bool) -> list[int]:
    """Twelve invoices that are late, and two workers; how many each of them told."""
    house.owed(12)
    with acting_for(house.company):
        Invoice.objects.update(due_date=ON)
    return house.race("tell_late_together", 2, moment="2027-03-04T23:00:00+00:00", unguarded=unguarded)


def test_two_workers_tell_of_each_late_invoice_once(house: House) -> None:
    assert sum(tell_late(house, unguarded=False)) == 12
    with acting_for(house.company):
        late = Activity.objects.filter(fact="InvoiceLate").order_by("subject_id")
        assert list(late.values_list("subject_id", flat=True)) == sorted(
            Invoice.objects.values_list("pk", flat=True)
        )


def test_without_asking_again_under_the_lock_two_workers_tell_it_twice(house: House) -> None:
    assert sum(tell_late(house, unguarded=True)) == 24


def test_two_workers_remind_of_each_invoice_once(house: House) -> None:
    made = flat(remind(house, unguarded=False))
    with acting_for(house.company):
        assert sorted(made) == list(Invoice.objects.order_by("pk").values_list("pk", flat=True))
        assert (Reminder.objects.count(), MailDelivery.objects.count()) == (12, 12)
        house.client.refresh_from_db()
        assert house.client.balance == 12 * 105
    assert audit.examine() == []


def test_without_lock_and_row_both_remind(house: House) -> None:
    made = flat(remind(house, unguarded=True))
    assert len(made) > 12
    with acting_for(house.company):
        assert MailDelivery.objects.count() == len(made)


def credited(house: House, count: int) -> list[list[str]]:
    """Credits of 100, each with two invoices of 100 that want it."""
    keys = house.owed(2 * count)
    with acting_for(house.company):
        fields = {"client": house.client, "line_items": [{"cost": 100, "quantity": 1}]}
        made = [credits.create_credit(fields, **house.by) for _ in range(count)]
        issued = [ids.encode(credits.mark_sent(one, **house.by).pk) for one in made]
    return [[credit, *keys[2 * n : 2 * n + 2]] for n, credit in enumerate(issued)]


def test_of_two_who_use_the_same_credit_one_is_refused(house: House) -> None:
    answers = house.race("use_the_same_credit", 2, pairs=credited(house, 10), unguarded=False)
    assert [sorted(pair) for pair in zip(*answers, strict=True)] == [[200, 422]] * 10
    with acting_for(house.company):
        house.client.refresh_from_db()
        used = sum(1000 - left for left in [house.client.credit_balance])
        assert (Payment.objects.count(), house.client.balance) == (10, 2000 - used)
    assert audit.examine() == []


def test_without_the_locks_a_credit_is_used_twice_and_the_audit_sees_it(house: House) -> None:
    answers = house.race("use_the_same_credit", 2, pairs=credited(house, 10), unguarded=True)
    assert [200, 200] in [list(pair) for pair in zip(*answers, strict=True)]
    assert audit.examine() != []


def tabs(house: House, *, unguarded: bool) -> list[list[str]]:
    """Ten credits of 100, and ten times two invoices of 100 in two tabs."""
    with acting_for(house.company):
        update_client(house.client, {"settings": {"use_credits_payment": "always"}}, **house.by)
    rows = [[ids.decode(key) for key in keys[1:]] for keys in credited(house, 10)]
    more = {"company": house.company.pk, "pairs": rows, "unguarded": unguarded}
    return house.race("pay_in_two_tabs", 2, **more)


def test_two_tabs_that_count_on_the_same_credit_use_it_once(house: House) -> None:
    told = Counter(flat(tabs(house, unguarded=False)))
    with acting_for(house.company):
        house.client.refresh_from_db()
        assert (told["paid"], told["own"]) == (10, 10)
        assert (house.client.credit_balance, house.client.balance) == (0, 1000)
    assert audit.examine() == []


def test_without_looking_again_both_tabs_pay_with_it_and_the_audit_sees_it(house: House) -> None:
    assert flat(tabs(house, unguarded=True)).count("paid") > 10
    assert audit.examine() != []
