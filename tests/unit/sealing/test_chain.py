"""The chain of hashes over what was issued: it grows by itself, and tells of every change behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from comptoir.clients.models import Client
from comptoir.clients.operations import create_client
from comptoir.clients.purging import purge_client
from comptoir.config import audit
from comptoir.payments.models import Payment
from comptoir.payments.operations import delete_payment, record_payment, refund_payment, update_payment
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import cancel_invoice, create_invoice, mark_sent, update_invoice
from comptoir.sealing.chaining import link_of
from comptoir.sealing.models import START, Chain, Seal
from comptoir.tenancy.models import Company
from comptoir.tenancy.scope import acting_for
from tests.factories import account_with_company, actor, user

ON = date(2026, 11, 24)
LINES = [{"product_key": "Flour", "quantity": Decimal(2), "cost": Decimal(50)}]


@pytest.fixture
def home(db: None) -> Iterator[Company]:
    company = account_with_company()
    with acting_for(company):
        yield company


@pytest.fixture
def by(home: Company) -> Any:
    return {"by": actor(user(home, is_owner=True)), "on": ON}


@pytest.fixture
def client(by: Any) -> Client:
    made: Client = create_client({"name": "Bistro"}, **by)
    return made


def draft(client: Client, by: Any) -> Invoice:
    made: Invoice = create_invoice({"client": client, "line_items": LINES}, **by)
    return made


def issued(client: Client, by: Any) -> Invoice:
    made: Invoice = mark_sent(draft(client, by), **by)
    return made


def paid(invoice: Invoice, amount: int, by: Any) -> Payment:
    parts = [{"invoice": invoice, "amount": Decimal(amount)}]
    fields = {"client": invoice.client, "invoices": parts, "amount": Decimal(amount), "date": ON}
    made: Payment = record_payment(fields, **by)
    return made


def links() -> list[tuple[str, Decimal]]:
    return [(each.kind, each.amount) for each in Seal.objects.order_by("place")]


def faults() -> list[str]:
    return [str(fault).partition(": ")[2] for fault in audit.examine()]


def behind_its_back(table: str, values: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {values} WHERE id = %s", [key])


def unlocked() -> None:
    """Take away what the database refuses by itself, as somebody with its password could."""
    names = ("update", "delete") if connection.vendor == "sqlite" else ("append_only",)
    with connection.cursor() as cursor:
        for name in names:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER sealing_seal_no_{name}")
            else:
                cursor.execute(f"DROP TRIGGER sealing_seal_{name} ON sealing_seal")


def test_what_is_issued_paid_and_given_back_is_sealed_in_its_order(client: Client, by: Any) -> None:
    invoice = issued(client, by)
    payment = paid(invoice, 100, by)
    refund_payment(payment, Decimal(0), [{"invoice": invoice, "amount": Decimal(30)}], **by)
    issue_credit(create_credit({"client": client, "line_items": LINES}, **by), **by)
    assert links() == [("invoice", 100), ("payment", 100), ("refund", 30), ("credit", 100)]
    assert faults() == []


def test_anybody_can_compute_the_links_again(client: Client, by: Any) -> None:
    paid(issued(client, by), 40, by)
    link = START
    for place, each in enumerate(Seal.objects.order_by("place"), start=1):
        link = link_of(link, place, each.kind, each.record_id, each.digest)
        assert (each.place, each.link) == (place, link)
    end = Chain.objects.get()
    assert (end.length, end.link) == (2, link)


def test_drafts_and_what_changes_nothing_leave_no_link(client: Client, by: Any) -> None:
    update_invoice(draft(client, by), {"public_notes": "x"}, **by)
    assert links() == []
    invoice = issued(client, by)
    update_invoice(invoice, {"private_notes": "nobody sees it"}, **by)
    paid(invoice, 100, by)
    assert links() == [("invoice", 100), ("payment", 100)]


def test_every_later_change_is_a_link_of_its_own(client: Client, by: Any) -> None:
    invoice = issued(client, by)
    update_invoice(invoice, {"line_items": [{**LINES[0], "quantity": Decimal(3)}]}, **by)
    cancel_invoice(invoice, **by)
    other = issued(client, by)
    payment = paid(other, 50, by)
    update_payment(payment, {"transaction_reference": "CHQ 1"}, **by)
    delete_payment(payment, **by)
    assert links() == [
        ("invoice", 100), ("invoice", 150), ("invoice", 150), ("invoice", 100),
        ("payment", 50), ("payment", 50), ("payment", 50),
    ]  # fmt: skip
    assert faults() == []


def test_the_database_refuses_to_change_or_drop_a_link(client: Client, by: Any) -> None:
    issued(client, by)
    for change in (lambda: Seal.objects.update(digest="x"), lambda: Seal.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert links() == [("invoice", 100)]


def test_an_amount_changed_behind_its_back_is_found(client: Client, by: Any) -> None:
    payment = paid(issued(client, by), 40, by)
    behind_its_back("payments_payment", "amount = amount - 1", payment.pk)
    assert f"payment {payment.number}: content is not that of seal 2, should be as it was sealed" in faults()


def test_a_name_changed_behind_its_back_is_found(client: Client, by: Any) -> None:
    invoice = issued(client, by)
    Invoice.objects.filter(pk=invoice.pk).update(snapshot={"client": {"display_name": "Somebody else"}})
    assert faults() == [
        f"invoice {invoice.number}: content is not that of seal 1, should be as it was sealed"
    ]


def test_a_changed_link_breaks_the_chain(client: Client, by: Any) -> None:
    issued(client, by)
    issued(client, by)
    unlocked()
    first = Seal.objects.order_by("place").first()
    assert first is not None
    behind_its_back("sealing_seal", f"digest = '{'a' * 64}'", first.pk)
    found = faults()
    assert any(fault.startswith("seal 1: link is") for fault in found)
    assert any("content is not that of seal 1" in fault for fault in found)


def test_a_record_taken_out_with_its_link_is_missed_at_the_end(client: Client, by: Any) -> None:
    issued(client, by)
    last = issued(client, by)
    unlocked()
    Seal.objects.filter(record_id=last.pk, kind="invoice").delete()
    assert f"invoice {last.number}: seal is missing, should be there" in faults()
    assert "chain: length is 1, should be 2" in faults()


def test_an_erased_client_leaves_links_that_say_so(client: Client, by: Any) -> None:
    invoice = issued(client, by)
    paid(invoice, 100, by)
    purge_client(client, **by)
    assert [(each.kind, bool(each.digest)) for each in Seal.objects.order_by("place")] == [
        ("invoice", True),
        ("payment", True),
        ("invoice", False),
        ("payment", False),
    ]
    assert faults() == []


def test_companies_have_chains_of_their_own(client: Client, by: Any) -> None:
    issued(client, by)
    with acting_for(account_with_company("Other")):
        assert Seal.objects.count() == 0
        assert Chain.objects.count() == 0
