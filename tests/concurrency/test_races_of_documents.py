"""One document, two people at the same moment: reversed, refunded, approved, made and mailed once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.activity.models import Activity
from comptoir.clients.operations import update_client
from comptoir.config import audit
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Planned
from comptoir.delivery.papers.planning import plan_sending
from comptoir.kernel import ids
from comptoir.payments.models import Payment, Refund
from comptoir.payments.operations import mark_paid, record_payment
from comptoir.people.models import Membership
from comptoir.preferences.operations import update_company
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes import operations as quotes
from comptoir.sales.recurring import operations as recurring
from comptoir.sales.recurring.models import Occurrence
from comptoir.tenancy.scope import acting_for

from .conftest import House, pairs

LINES = [{"cost": 100, "quantity": 1}]


def faults() -> list[str]:
    return [str(fault) for fault in audit.examine()]


def test_of_two_who_reverse_an_invoice_one_does(house: House) -> None:
    answers = house.race("reverse_the_same", 2, invoices=house.owed(10), unguarded=False)
    assert pairs(answers) == [[200, 400]] * 10
    with acting_for(house.company):
        assert Credit.objects.count() == 10
    assert (house.figures(), faults()) == ((0, 0, 0, 0), [])


def test_without_the_lock_an_invoice_is_reversed_twice_and_the_audit_sees_it(house: House) -> None:
    answers = house.race("reverse_the_same", 2, invoices=house.owed(10), unguarded=True)
    assert [200, 200] in pairs(answers)
    with acting_for(house.company):
        assert Credit.objects.count() > 10
    assert faults() != []


def settled(house: House, count: int) -> list[list[str]]:
    """Payments of 100, each with its invoice."""
    keys = house.owed(count)
    with acting_for(house.company):
        rows = Invoice.objects.select_related("client__group", "company").order_by("pk")
        return [[ids.encode(mark_paid(row, **house.by).pk), key] for row, key in zip(rows, keys, strict=True)]


def test_of_two_who_refund_a_payment_one_does(house: House) -> None:
    answers = house.race("refund_the_same", 2, payments=settled(house, 10), unguarded=False)
    assert pairs(answers) == [[200, 422]] * 10
    with acting_for(house.company):
        assert Refund.objects.count() == 10
    assert (house.figures(), faults()) == ((1000, 0, 0, 0), [])


def advanced(house: House, count: int) -> list[list[str]]:
    """Payments of 100 that no invoice claims."""
    with acting_for(house.company):
        said = {"client": house.client, "amount": Decimal(100)}
        return [[ids.encode(record_payment(said, **house.by).pk), ""] for _n in range(count)]


def test_of_two_who_refund_an_advance_one_does(house: House) -> None:
    answers = house.race("refund_the_same", 2, payments=advanced(house, 10), unguarded=False)
    assert pairs(answers) == [[200, 422]] * 10
    assert (house.figures(), faults()) == ((0, 0, 0, 0), [])


def test_without_the_locks_an_advance_goes_back_twice_and_the_audit_sees_it(house: House) -> None:
    """What was applied is read anew from the allocations, a second wall; an advance has only the lock."""
    answers = house.race("refund_the_same", 2, payments=advanced(house, 10), unguarded=True)
    assert [200, 200] in pairs(answers)
    with acting_for(house.company):
        assert Refund.objects.count() > 10
    assert faults() != []


def offered(house: House, count: int) -> list[int]:
    """Sent quotes of 100 that become invoices once approved."""
    with acting_for(house.company):
        update_company(house.company, {"settings": {"auto_convert_quote": True}}, **house.by)
        house.client.company = house.company
        fields = {"client": house.client, "line_items": LINES}
        made = [quotes.create_quote(fields, **house.by) for _n in range(count)]
        return [quotes.mark_sent(one, **house.by).pk for one in made]


def accept(house: House, *, unguarded: bool) -> list[list[Any]]:
    more = {"company": house.company.pk, "quotes": offered(house, 10), "unguarded": unguarded}
    return pairs(house.race("accept_the_same", 2, **more))


def test_of_two_contacts_who_approve_a_quote_one_does_and_one_invoice_is_made(house: House) -> None:
    assert accept(house, unguarded=False) == [["accepted", "refused"]] * 10
    with acting_for(house.company):
        assert (Invoice.objects.count(), Activity.objects.filter(fact="QuoteApproved").count()) == (10, 10)
    assert (house.figures(), faults()) == ((1000, 0, 0, 0), [])


def test_without_the_locks_a_quote_is_billed_twice(house: House) -> None:
    assert ["accepted", "accepted"] in accept(house, unguarded=True)
    with acting_for(house.company):
        assert Invoice.objects.count() > 10


def scheduled(house: House, count: int) -> list[int]:
    """Monthly invoices of 100 that run."""
    with acting_for(house.company):
        fields = {"client": house.client, "line_items": LINES, "frequency_id": "5", "remaining_cycles": -1}
        made = [recurring.create_recurring(fields, **house.by) for _n in range(count)]
        return [recurring.start(one, **house.by).pk for one in made]


def send_now(house: House, *, unguarded: bool) -> list[list[Any]]:
    more = {"company": house.company.pk, "schedules": scheduled(house, 10), "unguarded": unguarded}
    return pairs(house.race("send_now_together", 2, **more))


def test_a_second_click_on_send_now_is_no_second_bill(house: House) -> None:
    assert send_now(house, unguarded=False) == [["made", "refused"]] * 10
    with acting_for(house.company):
        assert (Invoice.objects.count(), Occurrence.objects.count()) == (10, 10)
    assert (house.figures(), faults()) == ((1000, 0, 0, 0), [])


def test_without_looking_at_the_day_a_second_click_bills_the_month_after(house: House) -> None:
    assert send_now(house, unguarded=True) == [["made", "made"]] * 10
    with acting_for(house.company):
        assert Invoice.objects.count() == 20


def send_planned(house: House, *, unguarded: bool) -> None:
    """Ten invoices are to leave on a day to come, and two workers find them."""
    with acting_for(house.company):
        person = {"email": "pip@orchard.example", "send_email": True}
        update_client(house.client, {"contacts": [person]}, **house.by)
        house.client.company = house.company
        keys = [ids.decode(key) for key in house.owed(10)]
        rows = Invoice.objects.filter(pk__in=keys).select_related("client", "client__group")
        planned = [plan_sending(one, date(2026, 3, 9), **house.by).pk for one in rows]
    house.race("send_planned_together", 2, company=house.company.pk, planned=planned, unguarded=unguarded)


def test_two_workers_send_each_planned_email_once(house: House) -> None:
    send_planned(house, unguarded=False)
    with acting_for(house.company):
        assert list(Planned.objects.values_list("state", flat=True)) == ["sent"] * 10
        assert MailDelivery.objects.count() == 10
        assert Activity.objects.filter(fact="InvoiceEmailed").count() == 10


def test_workers_who_look_first_and_send_afterwards_send_twice(house: House) -> None:
    send_planned(house, unguarded=True)
    with acting_for(house.company):
        assert MailDelivery.objects.count() == 20


def click(house: House, *, unguarded: bool) -> list[list[Any]]:
    person = Membership.everywhere.get(company=house.company).user_id
    return pairs(house.race("click_twice", 2, person=person, turns=8, unguarded=unguarded))


def test_two_clicks_on_one_page_are_one_payment_that_both_lead_to(house: House) -> None:
    assert all(one == other for one, other in click(house, unguarded=False))
    with acting_for(house.company):
        assert Payment.objects.count() == 8
    assert (house.figures(), faults()) == ((0, 200, 0, 200), [])


def test_without_a_word_of_the_page_each_click_is_a_payment(house: House) -> None:
    assert all(one != other for one, other in click(house, unguarded=True))
    with acting_for(house.company):
        assert Payment.objects.count() == 16
