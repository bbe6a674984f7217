"""From a record to what pays it: a credit over several invoices, a stored method at once, many at a time."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.activity.models import Job
from comptoir.clients.models import Client
from comptoir.collecting.wishes import AUTO_BILL
from comptoir.delivery.mail.models import MailDelivery
from comptoir.delivery.papers.models import Planned
from comptoir.gateways.models import CompanyGateway, StoredMethod
from comptoir.gateways.registry import STRIPE
from comptoir.kernel import ids
from comptoir.payments.models import Payment
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice, Status
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, labels, text, toasts

LATER = "2026-12-01"


def keep_a_card(office: Office, whose: Client) -> StoredMethod:
    gateway = CompanyGateway.objects.create(gateway_key=STRIPE, label="Stripe")
    return StoredMethod.objects.create(
        gateway=gateway,
        client=whose,
        token="pm_1",
        gateway_type_id="1",
        meta={"brand": "visa", "last4": "4242"},
    )


def keys(*rows: Any) -> list[str]:
    return [ids.encode(row.pk) for row in rows]


def test_a_credit_leads_to_a_payment_that_fills_the_oldest_invoices_with_it(office: Office) -> None:
    first = papers.invoice(office.alice, office.client, papers.line("20"))
    second = papers.invoice(office.alice, office.client, papers.line("50"))
    credit, browser = papers.credit(office.alice, office.client, "30"), office.browser()
    main = browser.get(f"/credits/{ids.encode(credit.pk)}").context["main"]
    assert str(main.label) == "Apply to invoices"
    form = browser.get(main.url).context["form"].values
    fields = {f"part.{one}": amount for one, amount in zip(keys(first, second), (20, 10), strict=True)}
    assert {name: form[name] for name in fields} == fields
    assert form[f"credit.{ids.encode(credit.pk)}"] == 30
    sent = {name: str(value) for name, value in form.items()} | {"date": ON.isoformat(), "amount": ""}
    assert browser.post("/payments/new", sent).status_code == 302
    for row in (first, second, credit):
        row.refresh_from_db()
    assert (first.balance, second.balance, credit.balance, Payment.objects.get().amount) == (0, 40, 0, 0)
    assert "Apply to invoices" not in labels(
        [browser.get(f"/credits/{ids.encode(credit.pk)}").context["main"]]
    )


def test_a_credit_that_pays_nothing_due_or_is_anothers_fills_nothing(office: Office) -> None:
    credit, browser = papers.credit(office.alice, office.client, "30"), office.browser()
    at = f"/payments/new?client={ids.encode(office.client.pk)}&credit="
    for key in (ids.encode(credit.pk), ids.encode(10**6), "odd"):
        form = browser.get(at + key).context["form"].values
        assert form["client_id"] == ids.encode(office.client.pk)
        assert [name for name in form if name.startswith(("part.", "credit."))] == []


def test_a_credit_says_what_is_used_and_left(office: Office) -> None:
    credit = papers.credit(office.alice, office.client, "30")
    stats = office.browser().get(f"/credits/{ids.encode(credit.pk)}").context["stats"]
    assert [(str(one.label), text(SimpleNamespace(content=str(one.value).encode()))) for one in stats] == [
        ("Amount", "€30.00"),
        ("Used", "€0.00"),
        ("Left to use", "€30.00"),
        ("Valid until", "—"),
    ]


def test_a_stored_method_is_charged_on_somebodys_wish(office: Office) -> None:
    invoice, browser = papers.invoice(office.alice, office.client), office.browser()
    at = f"/invoices/{ids.encode(invoice.pk)}"
    assert "Charge the stored method" not in labels(browser.get(at).context["kebab"])
    said = toasts(browser.post(f"{at}/auto_bill", follow=True))
    assert said == ["The client has stored no payment method."]
    assert not Job.objects.filter(name=AUTO_BILL).exists()
    bar = [entry.key for entry in browser.get("/invoices").context["list"].table.bulk]
    many = browser.get("/invoices/bulk/auto_bill", {"ids": keys(invoice)})
    assert "auto_bill" not in bar and "None of the selected ones allows this now." in text(many)
    keep_a_card(office, office.client)
    assert "Charge the stored method" in labels(browser.get(at).context["kebab"])
    asked = text(browser.get(f"{at}/auto_bill"))
    assert "Visa •••• 4242 is charged €100.00, less open credits and money on account." in asked
    deposit = papers.invoice(office.alice, office.client, partial=30)
    assert "is charged €30.00, less" in text(browser.get(f"/invoices/{ids.encode(deposit.pk)}/auto_bill"))
    assert toasts(browser.post(f"{at}/auto_bill", follow=True)) == ["The stored method is being charged."]
    assert [job.args for job in Job.objects.filter(name=AUTO_BILL)] == [{"id": invoice.pk}]


def test_many_are_asked_about_in_as_many_queries_as_few(office: Office) -> None:
    """Each with the client, and the card, of its own."""
    for n in range(24):
        whose = papers.client(office.alice, f"Bistro {n}")
        papers.invoice(office.alice, whose, papers.line(str(100 + n)))
        if n % 2:
            keep_a_card(office, whose)
    bills, browser = list(Invoice.objects.order_by("pk")), office.browser()
    counted = []
    for asked in (bills[:4], bills):
        browser.get("/invoices/bulk/auto_bill", {"ids": keys(*asked)})
        with CaptureQueriesContext(connection) as queries:
            said = text(browser.get("/invoices/bulk/auto_bill", {"ids": keys(*asked)}))
        counted.append(len(queries))
        assert f"{len(asked) // 2} documents: " in said
        assert "is charged €101.00, less" in said and "€100.00" not in said
    assert counted[0] == counted[1]


def test_many_credits_of_invoices_are_asked_about_in_as_many_queries_as_few(office: Office) -> None:
    for _n in range(8):
        credit = papers.credit(office.alice, papers.client(office.alice, "Verger"))
        Credit.objects.filter(pk=credit.pk).update(
            invoice=papers.invoice(office.alice, credit.client, papers.line("30"))
        )
    credits, browser, counted = list(Credit.objects.order_by("pk")), office.browser(), []
    for asked in (credits[:2], credits):
        browser.get("/credits/bulk/archive", {"ids": keys(*asked)})
        with CaptureQueriesContext(connection) as queries:
            said = text(browser.get("/credits/bulk/archive", {"ids": keys(*asked)}))
        counted.append(len(queries))
        assert f"{len(asked)} documents: " in said
    assert counted[0] == counted[1]


def test_a_second_wish_charges_nothing_while_the_first_is_under_way(office: Office) -> None:
    """After a deposit was charged, a second click would take the rest."""
    invoice = papers.invoice(office.alice, office.client, partial=30)
    keep_a_card(office, office.client)
    browser, at = office.browser(), f"/invoices/{ids.encode(invoice.pk)}/auto_bill"
    for state in (Job.State.QUEUED, Job.State.RUNNING):
        browser.post(at)
        assert Job.objects.filter(name=AUTO_BILL).count() == 1
        Job.objects.filter(name=AUTO_BILL).update(state=state)
    Job.objects.filter(name=AUTO_BILL).update(state=Job.State.DONE)
    browser.post(at)
    assert Job.objects.filter(name=AUTO_BILL).count() == 2


def test_the_same_answer_to_a_question_counts_once(office: Office) -> None:
    """Also when the worker was faster than the second click."""
    invoice = papers.invoice(office.alice, office.client, partial=30)
    keep_a_card(office, office.client)
    browser, at = office.browser(), f"/invoices/{ids.encode(invoice.pk)}/auto_bill"
    found = re.search(r'name="once" value="([^"]+)"', browser.get(at).content.decode())
    assert found
    leads = []
    for _click in range(2):
        leads.append(browser.post(at, {"once": found[1]})["Location"])
        Job.objects.filter(name=AUTO_BILL).update(state=Job.State.DONE)
    assert Job.objects.filter(name=AUTO_BILL).count() == 1
    assert leads == [f"/invoices/{ids.encode(invoice.pk)}"] * 2


def test_what_cannot_be_undone_by_many_is_asked_first(office: Office) -> None:
    sent, draft = (
        papers.invoice(office.alice, office.client),
        papers.invoice(office.alice, office.client, sent=False),
    )
    browser = office.browser()
    bar = browser.get("/invoices").context["list"].table.bulk
    (entry,) = [one for one in bar if one.key == "cancel"]
    assert (entry.method, entry.url) == ("dialog", "/invoices/bulk/cancel")
    asked = browser.get(entry.url, {"ids": keys(sent, draft)}, headers={"hx-request": "true"})
    assert f"1 document: {sent.number}" in text(asked)
    assert asked.context["consequences"] == ["Nothing more is owed on it.", "Its number stays taken."]
    assert asked.context["ids"] == keys(sent)
    answer = browser.post("/invoices/bulk", {"action": "cancel", "ids": keys(sent)}, follow=True)
    assert toasts(answer) == ["1 document changed."]
    assert browser.get("/invoices/bulk/explode").status_code == 404


def test_payments_are_deleted_together_after_a_question(office: Office) -> None:
    invoice = papers.invoice(office.alice, office.client)
    paid = papers.payment(office.alice, office.client, "40", of=invoice)
    browser = office.browser()
    asked = browser.get("/payments/bulk/delete", {"ids": keys(paid)}, headers={"hx-request": "true"})
    assert f"1 payment: {paid.number}" in text(asked)
    assert f"Invoice {invoice.number} is owed again." in text(asked)
    browser.post("/payments/bulk", {"action": "delete", "ids": keys(paid)})
    invoice.refresh_from_db()
    assert invoice.balance == 100


def test_receipts_are_mailed_for_ticked_payments(office: Office) -> None:
    whose = papers.client(office.alice, email="bea@bistro.test")
    rows = [papers.payment(office.alice, whose, amount) for amount in ("10", "20")]
    before = MailDelivery.objects.count()
    answer = office.browser().post("/payments/bulk", {"action": "receipt", "ids": keys(*rows)}, follow=True)
    assert toasts(answer) == ["2 receipts are on their way."]
    assert MailDelivery.objects.count() == before + 2


@pytest.mark.parametrize("htmx", [{"hx-request": "true"}, {}])
def test_many_are_written_to_with_a_template_now_or_later(office: Office, htmx: dict[str, str]) -> None:
    whose = papers.client(office.alice, email="bea@bistro.test")
    rows, browser = [papers.invoice(office.alice, whose) for _ in range(2)], office.browser()
    asked = browser.get("/invoices/bulk/email", {"ids": keys(*rows)}, headers=htmx)
    assert "2 documents are each sent to their recipients" in text(asked)
    sent = {"action": "email", "ids": keys(*rows), "template": "reminder1", "day": "2026-11-24"}
    refused = browser.post("/invoices/bulk", sent, headers=htmx)
    assert (refused.status_code, faults(refused)) == (
        422,
        {"day": ["Choose a day after today, or send it now."]},
    )
    assert (MailDelivery.objects.count(), Planned.objects.count()) == (0, 0)
    browser.post("/invoices/bulk", sent | {"day": LATER}, headers=htmx)
    assert [(row.template, row.day.isoformat()) for row in Planned.objects.all()] == [
        ("reminder1", LATER)
    ] * 2
    browser.post("/invoices/bulk", sent | {"day": ""}, headers=htmx)
    assert [row.template for row in MailDelivery.objects.all()] == ["reminder1", "reminder1"]
    assert Invoice.objects.filter(status_id=Status.SENT).count() == 2


def test_who_may_send_no_mail_is_not_asked_whom_to_write_to(office: Office) -> None:
    office.carol.permissions = "view_all,edit_all,create_all,disable_emails"
    office.carol.save()
    invoice, carol = papers.invoice(office.alice, office.client), office.browser(office.carol)
    assert carol.get("/invoices/bulk/email", {"ids": keys(invoice)}).status_code == 403
    assert "email" not in [entry.key for entry in carol.get("/invoices").context["list"].table.bulk]
    assert "receipt" not in [entry.key for entry in carol.get("/payments").context["list"].table.bulk]
