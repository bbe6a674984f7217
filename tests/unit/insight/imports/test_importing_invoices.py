"""Invoices of another program come in with their lines, their clients and what was paid; the books hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.activity.models import Activity, Job
from comptoir.clients.models import Client
from comptoir.config.audit import examine
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.imports.models import Import
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.insight.imports.running import run_import
from comptoir.payments.models import Payment
from comptoir.people.models import Membership
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent

from .conftest import ON, Desk, counts, report

FRENCH = """Facture;Client;Courriel;Date;Échéance;Statut;Produit;Désignation;Quantité;Prix unitaire;Nom de la taxe de la ligne 1;Taux de TVA;Payé
FA-7;Bistro;b@example.com;01/03/2026;31/03/2026;Payée;Vin;Rouge;2;10,50;TVA;20;
FA-7;Bistro;;01/03/2026;31/03/2026;Payée;Pain;;1;4,00;TVA;5,5;
FA-8;Bistro;;15/03/2026;14/04/2026;Envoyée;Vin;Blanc;1;100,00;TVA;20;50,00
FA-9;Nouveau;n@example.com;20/03/2026;;Brouillon;Vin;;1;8;;;
"""  # noqa: E501
ENGLISH = """Invoice number,Client name,Invoice date,Status,Description,Quantity,Unit price,Total
INV-1,Acme,2026-03-01,sent,Work,3,1000.10,3000.30
INV-2,Acme,2026-03-02,Overdue,Work,1,5,5
INV-3,Acme,2026-03-03,cancelled,Work,1,7,7
"""


@pytest.fixture(autouse=True)
def sound(desk: Desk) -> Iterator[None]:
    """After every test the balances are what the documents say."""
    yield
    assert examine() == []


def upload(desk: Desk, text: str | bytes, kind: str = "invoice", name: str = "f.csv") -> Import:
    data = text.encode() if isinstance(text, str) else text
    return upload_import(kind, SimpleUploadedFile(name, data), by=desk.paul, on=ON)


def begun(desk: Desk, text: str | bytes, kind: str = "invoice", **choices: Any) -> Import:
    return start_import(upload(desk, text, kind), choices, by=desk.paul, on=ON)


def imported(desk: Desk, text: str | bytes, kind: str = "invoice", **choices: Any) -> Import:
    return run_import(begun(desk, text, kind, **choices))


def books() -> list[tuple[str, str, Decimal, Decimal, Decimal]]:
    """Number, client, amount, balance and what was paid, of every invoice."""
    rows = Invoice.objects.order_by("pk").select_related("client")
    return [(row.number, row.client.name, row.amount, row.balance, row.paid_to_date) for row in rows]


D = Decimal


def test_a_french_file_with_lines_clients_and_payments(desk: Desk) -> None:
    bistro = desk.client(name="BISTRO", contacts=[{"email": "b@example.com"}])
    run = imported(desk, FRENCH)
    assert counts(run) == {"made": 3, "merged": 1}
    assert books() == [
        ("FA-7", "BISTRO", D("29.42"), D(0), D("29.42")),
        ("FA-8", "BISTRO", D(120), D(70), D(50)),
        ("", "Nouveau", D(8), D(0), D(0)),
    ]
    first, second, third = Invoice.objects.order_by("pk")
    assert (first.date, first.due_date) == (date(2026, 3, 1), date(2026, 3, 31))
    assert [(one.product_key, one.notes, one.quantity, one.cost, one.tax_rate1) for one in first.lines] == [
        ("Vin", "Rouge", D(2), D("10.5"), D(20)),
        ("Pain", "", D(1), D(4), D("5.5")),
    ]
    assert [each.status.name for each in (first, second, third)] == ["PAID", "PARTIAL", "DRAFT"]
    bistro.refresh_from_db()
    assert (bistro.balance, bistro.paid_to_date) == (D(70), D("79.42"))
    new = Client.objects.get(name="Nouveau")
    assert (new.balance, new.contacts.get().email) == (D(0), "n@example.com")
    assert [(one.amount, one.date) for one in Payment.objects.order_by("pk")] == [
        (D("29.42"), date(2026, 3, 1)),
        (D(50), date(2026, 3, 15)),
    ]


def test_a_total_that_differs_is_said_in_plain_digits(desk: Desk) -> None:
    row = "INV-4,Acme,2026-03-04,sent,Work,1,100,1200\n"
    run = imported(desk, ENGLISH + row, decimal=".", day_order="ymd")
    said = "The lines come to 100, the file says 1200."
    assert report(run)[3] == (5, "refused", [["invoice.amount", said]])


def test_an_english_file_with_totals_that_must_agree(desk: Desk) -> None:
    run = imported(desk, ENGLISH + "INV-4,Acme,2026-03-04,sent,Work,1,7,8\n", decimal=".", day_order="ymd")
    assert counts(run) == {"made": 3, "refused": 1}
    assert report(run)[3] == (5, "refused", [["invoice.amount", "The lines come to 7, the file says 8."]])
    assert books() == [
        ("INV-1", "Acme", D("3000.3"), D("3000.3"), D(0)),
        ("INV-2", "Acme", D(5), D(5), D(0)),
        ("INV-3", "Acme", D(7), D(0), D(0)),
    ]
    assert Client.objects.get(name="Acme").balance == D("3005.3")


def test_a_refused_invoice_leaves_no_client_behind(desk: Desk) -> None:
    text = "Number,Client,Unit price,Total\nA-1,Ghost,7,8\nA-2,Ghost,7,7\n"
    run = imported(desk, text, decimal=".")
    assert counts(run) == {"made": 1, "refused": 1}
    assert Client.objects.filter(name="Ghost").count() == 1
    assert books() == [("A-2", "Ghost", D(7), D(7), D(0))]


def test_totals_without_lines_make_one_line_with_the_taxes_within(desk: Desk) -> None:
    text = "Number,Client,Total,Tax name 1,Tax rate 1,Balance due\nA-1,Acme,120,VAT,20,20\nA-2,Acme,50,,,50\n"
    assert counts(imported(desk, text, decimal=".")) == {"made": 2}
    assert books() == [("A-1", "Acme", D(120), D(20), D(100)), ("A-2", "Acme", D(50), D(50), D(0))]
    assert Invoice.objects.get(number="A-1").total_taxes == D(20)


def test_known_numbers_are_left_alone_and_never_changed(desk: Desk) -> None:
    text = "Number,Client,Unit price\nA-1,Acme,7\n"
    imported(desk, text)
    again = imported(desk, text.replace(",7", ",9"))
    assert report(again) == [
        (2, "skipped", [["invoice.number", "There is a document with this number already."]])
    ]
    update = imported(desk, text.replace(",7", ",9"), duplicates="update")
    assert report(update)[0][2] == [
        ["invoice.number", "An import changes no document that is there already."]
    ]
    assert books() == [("A-1", "Acme", D(7), D(7), D(0))]


def test_rows_that_do_not_fit_together_are_refused_together(desk: Desk) -> None:
    text = "Number,Client,Unit price,Date\nA-1,Acme,7,\nA-1,Other,8,\nA-2,,9,\nA-3,Acme,x,\nA-4,Acme,1,soon\n"
    run = imported(desk, text)
    assert [row[1] for row in report(run)] == ["refused"] * 5
    assert [row[2] for row in report(run)] == [
        [["", "Another row of the same record is refused."]],
        [["client.name", "An earlier row with this number has another client."]],
        [["client.name", "This row names no client."]],
        [["item.cost", "“x” is not a number."]],
        [["invoice.date", "“soon” is not a day."]],
    ]
    assert (books(), Client.objects.count()) == ([], 0)


def test_two_clients_of_one_name_are_not_guessed_between(desk: Desk) -> None:
    desk.client(name="Acme")
    desk.client(name="Acme")
    run = imported(desk, "Number,Client,Unit price\nA-1,Acme,7\n")
    assert report(run) == [(2, "refused", [["client.name", "2 clients fit this row."]])]


def test_a_currency_that_is_not_the_clients_is_refused(desk: Desk) -> None:
    desk.client(name="Acme")
    text = "Number,Client,Unit price,Currency\nA-1,Acme,7,USD\nA-2,New,8,USD\n"
    run = imported(desk, text)
    assert report(run)[0] == (
        2, "refused", [["client.currency_id", "This client is invoiced in another currency."]],
    )  # fmt: skip
    assert Invoice.objects.get().currency_id == "1"


def test_nobody_is_written_to_and_nothing_is_charged(desk: Desk) -> None:
    imported(desk, FRENCH)
    assert not MailDelivery.objects.exists()
    names = set(Job.objects.values_list("name", flat=True))
    assert names <= {"imports.run", "delivery.webhooks", "clients.check_new_vat"}
    told = set(Activity.objects.filter(subject_kind="invoice").values_list("fact", flat=True))
    assert told == {"InvoiceTakenOver", "InvoicePaid"}


def test_in_france_what_comes_in_is_older_than_what_was_issued_here(desk: Desk) -> None:
    """Numbers of the earlier program stay as they are; ours go on behind them (M13)."""
    client = desk.client(name="Acme")
    first = "Number,Client,Unit price,Date\n0001,Acme,7,2026-01-05\n0002,Acme,8,2026-01-06\n"
    assert counts(imported(desk, first)) == {"made": 2}
    own = create_invoice(
        {"client": client, "line_items": [{"quantity": 1, "cost": 3}], "date": ON}, by=desk.paul, on=ON
    )
    mark_sent(own, by=desk.paul, on=ON)
    assert own.number == "0003"
    later = "Number,Client,Unit price,Date\nX-1,Acme,7,2026-01-07\nX-2,Acme,7,2026-11-25\n"
    run = imported(desk, later)
    assert counts(run) == {"made": 1, "refused": 1}
    assert report(run)[1][2] == [
        ["invoice.date", "Invoice X-2 is dated after the first one issued here: issue it here."]
    ]


def test_without_numbers_ours_are_drawn(desk: Desk) -> None:
    run = imported(desk, "Client,Unit price,Date\nAcme,7,2026-01-05\nAcme,8,2026-01-06\n")
    assert counts(run) == {"made": 2}
    assert [row[0] for row in books()] == ["0001", "0002"]


def test_who_may_not_enter_payments_imports_no_paid_invoice(desk: Desk) -> None:
    Membership.objects.update(is_owner=False, permissions="create_invoice")
    desk.client(name="Acme")
    text = "Number,Client,Unit price,Status\nA-1,Acme,7,paid\nA-2,Acme,8,sent\nA-3,Nobody,9,sent\n"
    run = imported(desk, text)
    assert [row[2] for row in report(run)] == [
        [["invoice.status", "You may not enter payments, and this invoice is paid."]],
        [],
        [["client.name", "There is no client called “Nobody”."]],
    ]
    assert books() == [("A-2", "Acme", D(8), D(8), D(0))]


def test_a_rehearsal_tells_all_and_writes_nothing(desk: Desk) -> None:
    run = start_import(upload(desk, FRENCH), {}, by=desk.paul, on=ON, rehearsal=True)
    assert counts(run_import(run)) == {"made": 3, "merged": 1}
    assert (Invoice.objects.count(), Client.objects.count(), Payment.objects.count()) == (0, 0, 0)


def test_taxes_are_those_of_the_file_whoever_the_client_is(desk: Desk) -> None:
    """Issued elsewhere, when the client was not exempt, and with none of our words."""
    desk.client(name="Acme", is_tax_exempt=True, public_notes="Ours")
    text = "Number,Client,Unit price,Line tax name 1,Line tax rate 1,Total\nA-1,Acme,100,VAT,20,120\n"
    assert counts(imported(desk, text, decimal=".")) == {"made": 1}
    made = Invoice.objects.get()
    assert (made.amount, made.total_taxes, made.public_notes) == (D(120), D(20), "")
