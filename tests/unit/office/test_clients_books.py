"""Ledger and activity of a client: rows, running balance, filters, files."""

from datetime import date

from comptoir.clients.models import Client
from comptoir.clients.operations import update_client
from comptoir.kernel import ids
from comptoir.payments.operations import refund_payment
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import text


def at(client: Client, tab: str) -> str:
    return f"/clients/{ids.encode(client.pk)}/tab/{tab}"


def ledger(office: Office, query: str = "") -> list[tuple[str, ...]]:
    """Record, what happened, debit, credit, balance of each row, and of the line below them."""
    from django.utils.html import strip_tags

    context = office.browser().get(at(office.client, "ledger") + query).context
    rows = [
        tuple(strip_tags(str(row[key])) for key in ("label", "note", "debit", "credit", "balance"))
        for row in context["entries"]
    ]
    last = context["last"]
    return [*rows, (last["said"], strip_tags(last["balance"]))] if last else rows


def test_a_new_client_begins_with_zero(office: Office) -> None:
    assert ledger(office) == [("Client created", "€0.00")]


def test_debits_and_credits_run_up_to_the_balance(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, papers.line("100"))
    paid = papers.payment(office.alice, office.client, "40", of=bill)
    refund_payment(paid, 0, [{"invoice": bill, "amount": 15}], by=office.alice.actor(), on=ON)  # type: ignore[arg-type]
    number, receipt = bill.number, paid.number
    assert ledger(office) == [
        (receipt, "refunded", "€15.00", "", "€75.00"),
        (receipt, "received", "", "€40.00", "€60.00"),
        (number, "issued", "€100.00", "", "€100.00"),
        ("Client created", "€0.00"),
    ]
    office.client.refresh_from_db()
    assert office.client.balance == 75


def test_objects_lead_to_their_records(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    (row,) = office.browser().get(at(office.client, "ledger")).context["entries"]
    assert row["url"] == f"/invoices/{ids.encode(bill.pk)}"


def test_quotes_and_drafts_are_no_business_of_the_ledger(office: Office) -> None:
    papers.quote(office.alice, office.client)
    papers.invoice(office.alice, office.client, sent=False)
    assert ledger(office) == [("Client created", "€0.00")]


def test_a_period_begins_with_what_was_carried_forward(office: Office) -> None:
    old = papers.invoice(office.alice, office.client, papers.line("30"))
    new = papers.invoice(office.alice, office.client, papers.line("5"))
    assert ledger(office, f"?period={ON}..{ON}")[-1] == ("Balance carried forward", "€0.00")
    later = ON.replace(day=25)
    assert ledger(office, f"?period={later}..") == [("Balance carried forward", "€35.00")]
    assert [row[0] for row in ledger(office, f"?period=..{ON}")] == [new.number, old.number, "Client created"]


def test_a_broken_period_narrows_nothing(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    assert len(ledger(office, "?period=yesterday..never")) == 2


def test_the_ledger_comes_as_a_file(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, papers.line("100"))
    paid = papers.payment(office.alice, office.client, "40", of=bill)
    answer = office.browser().get(at(office.client, "ledger") + "?export=csv")
    assert answer.getvalue().decode("utf-8-sig").splitlines() == [
        "Date,Record,Number,What happened,Debit,Credit,Balance,Currency",
        f"{ON},Payment,{paid.number},received,,40,60,EUR",
        f"{ON},Invoice,{bill.number},issued,100,,100,EUR",
    ]


def test_activity_says_who_did_what(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    said = text(office.browser().get(at(office.client, "activity")))
    assert "Alice X marked invoice" in said
    assert "Alice X created client Bistro" in said


def test_activity_says_what_changed(office: Office) -> None:
    update_client(office.client, {"city": "Lyon", "is_tax_exempt": True}, by=office.carol.actor(), on=ON)
    first = office.browser().get(at(office.client, "activity")).context["activity"][0]
    assert first.sentence == (
        f'Carol X updated client <a class="link" href="/clients/{ids.encode(office.client.pk)}">Bistro</a>'
    )
    assert first.changes == [("City", "—", "Lyon"), ("Exempt from taxes", "No", "Yes")]


def test_savings_in_a_row_read_as_one(office: Office) -> None:
    for city in ("Lyon", "Nantes", "Lille"):
        update_client(office.client, {"city": city}, by=office.alice.actor(), on=ON)
    shown = office.browser().get(at(office.client, "activity")).context["activity"]
    assert [one.changes for one in shown] == [[("City", "—", "Lille")], []]


def test_a_draft_is_called_by_the_number_it_has_now(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    shown = office.browser().get(at(office.client, "activity")).context["activity"]
    created = next(one.sentence for one in shown if "created invoice" in one.sentence)
    assert f">{bill.number}</a>" in created


def test_a_refund_is_told_in_its_currency(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    paid = papers.payment(office.alice, office.client, "100", of=bill)
    refund_payment(paid, 0, [{"invoice": bill, "amount": 20}], by=office.alice.actor(), on=ON)  # type: ignore[arg-type]
    assert "Alice X refunded €20.00 of payment" in text(office.browser().get(at(office.client, "activity")))


def test_activity_is_narrowed_by_person_and_record(office: Office) -> None:
    update_client(office.client, {"city": "Lyon"}, by=office.carol.actor(), on=ON)
    papers.invoice(office.alice, office.client, sent=False)
    browser = office.browser()
    by_carol = browser.get(at(office.client, "activity") + "?who=Carol X").context["activity"]
    assert [one.who for one in by_carol] == ["Carol X"]
    of_invoices = browser.get(at(office.client, "activity") + "?kind=invoice").context["activity"]
    assert ["created invoice" in one.sentence for one in of_invoices] == [True]


def test_activity_comes_as_a_file(office: Office) -> None:
    update_client(office.client, {"city": "Lyon"}, by=office.carol.actor(), on=ON)
    answer = office.browser().get(at(office.client, "activity") + "?export=csv&who=Carol X")
    head, row = answer.getvalue().decode("utf-8-sig").splitlines()
    assert head == "Date,Who,What happened,What changed,IP address"
    assert row.endswith(",Carol X,Carol X updated client Bistro,City: — → Lyon,")


def test_a_name_with_markup_is_told_as_text(office: Office) -> None:
    papers.client(office.alice, "<script>alert(1)</script>")
    body = office.browser().get("/").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_dates_of_the_ledger_are_those_of_the_operations(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    (row,) = office.browser().get(at(office.client, "ledger")).context["entries"]
    assert (row["on"], bill.date) == (date(2026, 11, 24), ON)
