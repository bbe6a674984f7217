"""Payments on pages: entered over several invoices, applied, refunded, deleted, brought back."""

from decimal import Decimal
from typing import Any

import pytest

from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.payments.coming_back import undo_refund
from comptoir.payments.models import Payment, Status
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, labels, text, toasts


def at(payment: Payment, *more: str) -> str:
    return "/".join([f"/payments/{ids.encode(payment.pk)}", *more])


def entry(office: Office, **more: str) -> dict[str, str]:
    return {"client_id": ids.encode(office.client.pk), "amount": "", "date": ON.isoformat(), **more}


def part(invoice: Any) -> str:
    return f"part.{ids.encode(invoice.pk)}"


def test_one_payment_settles_several_invoices(office: Office) -> None:
    one, two = papers.invoice(office.alice, office.client), papers.invoice(office.alice, office.client)
    sent = entry(office, type_id="1", transaction_reference="T 9") | {part(one): "100", part(two): "2*15"}
    answer = office.browser().post("/payments/new", sent, follow=True)
    made = Payment.objects.get()
    assert answer.redirect_chain == [(at(made), 302)]
    assert (made.amount, made.applied, made.unapplied, made.transaction_reference) == (130, 130, 0, "T 9")
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.balance, two.balance) == (0, 70)


def test_what_no_invoice_claims_is_left_to_apply(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    office.browser().post("/payments/new", entry(office, amount="150") | {part(bill): "100"})
    made = Payment.objects.get()
    assert (made.applied, made.unapplied) == (100, 50)


def test_a_credit_helps_to_pay(office: Office) -> None:
    bill, credit = (
        papers.invoice(office.alice, office.client),
        papers.credit(office.alice, office.client, "30"),
    )
    sent = entry(office) | {part(bill): "100", f"credit.{ids.encode(credit.pk)}": "30"}
    office.browser().post("/payments/new", sent)
    bill.refresh_from_db(), credit.refresh_from_db()
    assert (bill.balance, credit.balance, Payment.objects.get().amount) == (0, 0, 70)


def test_the_form_lists_what_is_due_and_what_helps(office: Office) -> None:
    bill, credit = papers.invoice(office.alice, office.client), papers.credit(office.alice, office.client)
    url = f"/payments/new?client_id={ids.encode(office.client.pk)}"
    answer = office.browser().get(url, headers={"hx-target": "parts", "hx-request": "true"})
    said = text(answer)
    assert bill.number in said and credit.number in said
    assert "New payment" not in said


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"client_id": ""}, {"client_id": ["Choose a client."]}),
        ({"amount": "lots"}, {"amount": ["This is not a number."]}),
        ({"date": "soon", "amount": "1"}, {"date": ["This is not a date."]}),
        ({}, {"amount": ["Say how much was paid."]}),
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(office: Office, wrong: Any, expected: Any) -> None:
    answer = office.browser().post("/payments/new", entry(office) | wrong)
    assert (answer.status_code, faults(answer)) == (422, expected)
    assert not Payment.objects.exists()


def test_more_than_is_due_is_refused_at_its_invoice(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    answer = office.browser().post("/payments/new", entry(office) | {part(bill): "101"})
    assert answer.status_code == 422
    assert faults(answer).keys() == {part(bill)}
    bill.refresh_from_db()
    assert (bill.balance, Payment.objects.count()) == (100, 0)


def test_an_invoice_of_somebody_else_is_refused(office: Office) -> None:
    other = papers.invoice(office.alice, papers.client(office.alice, "Zinc"))
    answer = office.browser().post("/payments/new", entry(office) | {part(other): "10"})
    assert answer.status_code == 422
    other.refresh_from_db()
    assert (other.balance, Payment.objects.count()) == (100, 0)


def test_a_page_says_where_the_money_went(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    made = papers.payment(office.alice, office.client, "40", of=bill)
    context = office.browser().get(at(made)).context
    (shown,) = context["parts"]
    assert (shown["label"], shown["url"]) == (bill.number, f"/invoices/{ids.encode(bill.pk)}")
    assert labels(context["kebab"]) == [
        "Send a receipt",
        "Receipt as PDF",
        "Assign to…",
        "Run a template",
        "Archive",
        "Delete",
    ]


def test_money_that_is_left_is_applied_later(office: Office) -> None:
    made, bill = (
        papers.payment(office.alice, office.client, "50"),
        papers.invoice(office.alice, office.client),
    )
    browser = office.browser()
    assert "€50.00 is left to apply." in text(browser.get(at(made, "apply")))
    assert browser.post(at(made, "apply"), {}).status_code == 422
    assert browser.post(at(made, "apply"), {part(bill): "60"}).status_code == 422
    assert browser.post(at(made, "apply"), {part(bill): "50"}).status_code == 302
    made.refresh_from_db(), bill.refresh_from_db()
    assert (made.unapplied, bill.balance) == (0, 50)


def test_a_refund_goes_back_per_invoice(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    made = papers.payment(office.alice, office.client, "100", of=bill)
    allocation, browser = made.allocations.get(), office.browser()
    too_much = browser.post(at(made, "refund"), {f"part.{allocation.pk}": "101", "date": ON.isoformat()})
    assert too_much.status_code == 422
    browser.post(at(made, "refund"), {f"part.{allocation.pk}": "25", "date": ON.isoformat()})
    made.refresh_from_db(), bill.refresh_from_db()
    assert (made.refunded, made.status_id, bill.balance) == (25, Status.PARTLY_REFUNDED, 25)
    assert "Came back" not in text(browser.get(at(made)))
    undo_refund(made.refunds.get(), by=office.alice.actor(), on=ON)
    assert "€25.00" in text(browser.get(at(made)))
    assert text(browser.get(at(made))).count("Came back on Nov 24, 2026") == 1


def test_only_its_words_can_be_edited(office: Office) -> None:
    made = papers.payment(office.alice, office.client, "50")
    sent = {
        "date": "2026-11-20",
        "type_id": "1",
        "transaction_reference": "T 1",
        "amount": "9",
        "private_notes": "n",
    }
    office.browser().post(at(made, "edit"), sent)
    made.refresh_from_db()
    assert (made.date.isoformat(), made.transaction_reference, made.amount) == ("2026-11-20", "T 1", 50)
    assert office.browser().post(at(made, "edit"), sent | {"date": "x"}).status_code == 422


def test_a_deleted_payment_is_owed_again_and_can_come_back(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    made, browser = papers.payment(office.alice, office.client, "100", of=bill), office.browser()
    assert f"Invoice {bill.number} is owed again." in text(browser.get(at(made, "delete")))
    assert toasts(browser.post(at(made, "delete"), follow=True)) == ["The payment is deleted."]
    bill.refresh_from_db()
    assert bill.balance == 100
    browser.post(at(made, "restore"))
    bill.refresh_from_db()
    assert bill.balance == 0


def test_ticked_payments_are_archived(office: Office) -> None:
    both = [
        papers.payment(office.alice, office.client, "5"),
        papers.payment(office.alice, office.client, "6"),
    ]
    chosen = {"action": "archive", "ids": [ids.encode(one.pk) for one in both]}
    assert toasts(office.browser().post("/payments/bulk", chosen, follow=True)) == ["2 payments changed."]
    assert office.browser().post("/payments/bulk", {"action": "explode"}).status_code == 404


def test_a_receipt_is_mailed(office: Office) -> None:
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    made = papers.payment(office.alice, client, "5")
    assert toasts(office.browser().post(at(made, "receipt"), follow=True)) == ["On its way by e-mail."]
    assert [mail.recipient for mail in MailDelivery.objects.all()] == ["zoe@zinc.example"]


def test_a_list_can_show_what_is_left(office: Office) -> None:
    papers.payment(office.alice, office.client, "50")
    papers.payment(office.alice, office.client, "60", of=papers.invoice(office.alice, office.client))
    table = office.browser().get("/payments?status=unapplied").context["list"].table
    assert len(table.rows) == 1
    lines = office.browser().get("/payments?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Number,Client,Date,Means of payment,Reference,Status,Amount,Currency"
    assert lines[1:] == [
        "0002,Bistro,2026-11-24,,,Received,60,EUR", "0001,Bistro,2026-11-24,,,To apply,50,EUR",
    ]  # fmt: skip


@pytest.mark.parametrize("member", ["dora", "carol"])
def test_payments_of_others_are_not_found_or_forbidden(office: Office, member: str) -> None:
    made = papers.payment(office.alice, office.client, "50")
    who, answer = (office.dora, 404) if member == "dora" else (office.carol, 403)
    browser = office.browser(who)
    for path in ((), ("edit",), ("apply",), ("refund",), ("delete",)):
        assert browser.get(at(made, *path)).status_code == answer, path
    for name in ("edit", "apply", "refund", "receipt", "archive", "delete"):
        assert browser.post(at(made, name), {"amount": "1"}).status_code == answer, name
    made.refresh_from_db()
    assert (made.unapplied, made.archived_at) == (Decimal(50), None)


def test_who_may_not_create_a_payment_gets_no_form(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser(office.carol)
    assert browser.get("/payments/new").status_code == 403
    assert browser.post("/payments/new", entry(office, amount="5")).status_code == 403
    office.carol.permissions = "view_client,edit_invoice"
    office.carol.save()
    assert browser.post(f"/invoices/{ids.encode(bill.pk)}/payment", {"amount": "5"}).status_code == 403
    assert browser.post(f"/invoices/{ids.encode(bill.pk)}/mark_paid").status_code == 403
    assert not Payment.objects.exists()


def test_a_payment_cannot_be_entered_for_a_client_of_another_company(office: Office) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
    answer = office.browser().post("/payments/new", entry(office, client_id=ids.encode(diner.pk), amount="5"))
    assert faults(answer) == {"client_id": ["Choose a client."]}
    assert not Payment.everywhere.exists()
