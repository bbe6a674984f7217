"""Quotes, credits, payments, recurring invoices of other programs; what was exported comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from comptoir.activity.models import Activity
from comptoir.clients.models import Client
from comptoir.clients.purging import purge_client
from comptoir.config.audit import examine
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.exports.sheets import SHEETS
from comptoir.insight.exports.tables import csv_text, workbook
from comptoir.insight.imports.operations import start_import, upload_import
from comptoir.insight.imports.running import run_import
from comptoir.payments.models import Payment
from comptoir.payments.operations import record_amount_paid
from comptoir.payments.taking_over import take_over_use
from comptoir.people.models import User
from comptoir.sales.credits.models import Credit
from comptoir.sales.credits.models import Status as CreditStatus
from comptoir.sales.credits.operations import create_credit
from comptoir.sales.credits.operations import mark_sent as issue_credit
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import create_invoice, mark_sent
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.models import Status as QuoteStatus
from comptoir.sales.quotes.operations import approve_quote as approve
from comptoir.sales.quotes.operations import create_quote
from comptoir.sales.quotes.operations import mark_sent as issue_quote
from comptoir.sales.recurring.models import RecurringInvoice, Status
from comptoir.tenancy.models import Company
from tests import factories

from .conftest import ON, Desk, counts, report
from .test_importing_invoices import imported

D = Decimal


@pytest.fixture(autouse=True)
def sound(desk: Desk) -> Iterator[None]:
    yield
    assert examine() == []


def invoice(desk: Desk, client: Any, cost: str) -> Invoice:
    fields = {"client": client, "line_items": [{"quantity": 1, "cost": cost}], "date": ON}
    return mark_sent(create_invoice(fields, by=desk.paul, on=ON), by=desk.paul, on=ON)


def payments() -> list[tuple[str, Decimal, Decimal, Decimal]]:
    """Client, amount, applied and unapplied of every payment."""
    rows = Payment.objects.order_by("pk").select_related("client")
    return [(row.client.name, row.amount, row.applied, row.unapplied) for row in rows]


QUOTES = """Devis;Client;Date du devis;Valable jusqu’au;Statut;Désignation;Prix unitaire
D-1;Acme;01/03/2026;31/03/2026;Accepté;Étude;1 200,50
D-2;Acme;02/03/2026;;Brouillon;Étude;10
D-3;Acme;03/03/2026;;Refusé;Étude;20
D-4;Acme;04/03/2026;;;Étude;30
"""


def test_quotes_with_what_became_of_them(desk: Desk) -> None:
    assert counts(imported(desk, QUOTES, "quote")) == {"made": 4}
    assert [(one.number, one.amount, one.status_id) for one in Quote.objects.order_by("pk")] == [
        ("D-1", D("1200.5"), QuoteStatus.APPROVED),
        ("D-2", D(10), QuoteStatus.DRAFT),
        ("D-3", D(20), QuoteStatus.REJECTED),
        ("D-4", D(30), QuoteStatus.SENT),
    ]
    first = Quote.objects.get(number="D-1")
    assert (first.date, first.due_date) == (date(2026, 3, 1), date(2026, 3, 31))
    assert set(Quote.objects.values_list("currency_id", flat=True)) == {"3"}
    assert not MailDelivery.objects.exists()


CREDITS = """Avoir;Client;Date de l’avoir;Statut;Montant;Reste disponible;Désignation;Prix unitaire
A-1;Acme;01/03/2026;;100;100;Retour;100
A-2;Acme;02/03/2026;Utilisé en partie;100;30,50;Retour;100
A-3;Acme;03/03/2026;Utilisé;;;Retour;20
A-4;Acme;04/03/2026;Brouillon;;0;Retour;10
A-5;Acme;05/03/2026;Utilisé en partie;;;Retour;5
A-6;Acme;06/03/2026;;;7;Retour;5
A-7;Acme;07/03/2026;;6;;Retour;5
A-1;Autre;08/03/2026;;;;Retour;5
"""


def credits() -> list[tuple[str, Decimal, Decimal, Decimal, int]]:
    rows = Credit.objects.order_by("pk")
    return [(one.number, one.amount, one.balance, one.paid_to_date, one.status_id) for one in rows]


def test_credits_with_what_is_left_of_them(desk: Desk) -> None:
    run = imported(desk, CREDITS.replace("A-1;Autre", "A-8;Autre"), "credit")
    assert credits() == [
        ("A-1", D(100), D(100), D(0), CreditStatus.SENT),
        ("A-2", D(100), D("30.5"), D("69.5"), CreditStatus.PARTIAL),
        ("A-3", D(20), D(0), D(20), CreditStatus.APPLIED),
        ("", D(10), D(0), D(0), CreditStatus.DRAFT),
        ("A-8", D(5), D(5), D(0), CreditStatus.SENT),
    ]
    assert [row[2] for row in report(run)[4:7]] == [
        [["credit.balance", "Say how much is left of this credit."]],
        [["credit.balance", "What is left of a credit is no more than its amount."]],
        [["credit.amount", "The lines come to 5, the file says 6."]],
    ]
    acme = Client.objects.get(name="Acme")
    assert (acme.balance, acme.paid_to_date, acme.credit_balance, acme.payment_balance) == (
        *(D(0), D(0), D("130.5"), D(0)),
    )
    assert [(one.amount, one.unapplied) for one in Payment.objects.order_by("pk")] == [
        (D("-69.5"), D(0)),
        (D(-20), D(0)),
    ]
    assert not MailDelivery.objects.exists()
    told = set(Activity.objects.filter(fact__startswith="Credit").values_list("fact", flat=True))
    assert told == {"CreditTakenOver"}


def test_known_credits_are_left_alone(desk: Desk) -> None:
    imported(desk, CREDITS.splitlines()[0] + "\nA-1;Acme;01/03/2026;;;;Retour;100\n", "credit")
    again_ = imported(desk, CREDITS.splitlines()[0] + "\nA-1;Acme;01/03/2026;;;;Retour;50\n", "credit")
    assert counts(again_) == {"skipped": 1}
    assert credits() == [("A-1", D(100), D(100), D(0), CreditStatus.SENT)]
    refused = imported(desk, CREDITS.splitlines()[0] + "\nA-1;Acme;;;;;;5\n", "credit", duplicates="create")
    said = "An import changes no document that is there already."
    assert report(refused)[0][2] == [["credit.number", said]]


def test_in_france_credits_that_come_in_are_older_than_those_issued_here(desk: Desk) -> None:
    acme = desk.client(name="Acme")
    fields = {"client": acme, "date": ON, "line_items": [{"quantity": 1, "cost": 5}]}
    issue_credit(create_credit(fields, by=desk.paul, on=ON), by=desk.paul, on=ON)
    late = "Avoir;Client;Date;Prix unitaire\nA-1;Acme;25/11/2026;5\nA-2;Acme;01/11/2026;5\n"
    said = "Credit A-1 is dated after the first one issued here: issue it here."
    assert [row[2] for row in report(imported(desk, late, "credit"))] == [[["credit.date", said]], []]


def test_who_may_not_enter_payments_imports_no_used_credit(desk: Desk) -> None:
    member = factories.user(desk.company, "lea@example.com", permissions="create_credit,create_client")
    upload = upload_import(
        "credit", SimpleUploadedFile("f.csv", CREDITS.encode()), by=factories.actor(member), on=ON
    )
    run = run_import(start_import(upload, {}, by=factories.actor(member), on=ON))
    said = "You may not enter payments, and this credit is used."
    assert [row[2] for row in report(run)[1:3]] == [[["credit.balance", said]]] * 2
    assert not Payment.objects.exists()


PAYMENTS = """Paiement;Client;Facture;Montant;Date;Mode de règlement;Référence
P-1;Acme;0001;60,00;01/12/2026;Virement bancaire;R1
P-2;;0001, 0002;100,00;02/12/2026;Chèque;R2
P-3;Acme;;5,25;03/12/2026;;
P-4;Acme;0001;1;04/12/2026;;
P-5;Acme;9999;1;04/12/2026;;
P-6;Ghost;;1;04/12/2026;;
P-7;Autre;0002;1;04/12/2026;;
P-8;Acme;;-1;04/12/2026;;
"""


def test_payments_settle_invoices_one_after_the_other(desk: Desk) -> None:
    acme = desk.client(name="Acme")
    desk.client(name="Autre")
    one, two = invoice(desk, acme, "100"), invoice(desk, acme, "80")
    run = imported(desk, PAYMENTS, "payment")
    assert payments() == [
        ("Acme", D(60), D(60), D(0)),
        ("Acme", D(100), D(100), D(0)),
        ("Acme", D("5.25"), D(0), D("5.25")),
    ]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.balance, two.balance) == (D(0), D(20))
    assert [row[2] for row in report(run)[3:]] == [
        [["payment.invoice_number", "Invoice 0001 is paid already, or cannot be paid."]],
        [["payment.invoice_number", "There is no invoice “9999”."]],
        [["payment.client_id", "There is no client called “Ghost”."]],
        [["payment.invoice_number", "This invoice belongs to another client."]],
        [["payment.amount", "A payment is not negative: enter a refund by hand."]],
    ]
    found = Payment.objects.get(number="P-1")
    assert (found.date, found.type_id, found.transaction_reference) == (date(2026, 12, 1), "1", "R1")
    acme.refresh_from_db()
    assert (acme.balance, acme.paid_to_date, acme.payment_balance) == (D(20), D("165.25"), D("5.25"))
    assert not MailDelivery.objects.exists()


def test_rows_of_one_number_are_one_payment(desk: Desk) -> None:
    acme = desk.client(name="Acme")
    invoice(desk, acme, "10")
    invoice(desk, acme, "20")
    text = "Number,Invoice,Amount\nP-1,0001,10\nP-1,0002,15\n"
    assert counts(imported(desk, text, "payment")) == {"made": 1, "merged": 1}
    assert payments() == [("Acme", D(25), D(25), D(0))]
    assert list(Invoice.objects.order_by("pk").values_list("balance", flat=True)) == [D(0), D(5)]


def test_payments_that_are_there_are_left_out(desk: Desk) -> None:
    desk.client(name="Acme")
    text = "Number,Client,Amount,Reference\nP-1,Acme,10,\n,Acme,11,R7\n"
    assert counts(imported(desk, text, "payment")) == {"made": 2}
    again = imported(desk, text, "payment")
    assert counts(again) == {"skipped": 2}
    second = Payment.objects.get(transaction_reference="R7")
    assert report(again)[1][2] == [["payment.number", f"There is such a payment already: {second.number}."]]
    assert Payment.objects.count() == 2


SCHEDULES = """Client;Description;Prix unitaire;Fréquence;Prochaine facture;Occurrences restantes;Statut
Acme;Loyer;500,00;Mensuel;01/12/2026;12;Active
Acme;Hébergement;99,90;5;15/12/2026;sans fin;
Acme;Vieux;1;Mensuel;01/01/2020;;Active
Acme;Autre;1;parfois;01/12/2026;;
"""


def test_recurring_invoices_run_only_where_the_file_says_so(desk: Desk) -> None:
    run = imported(desk, SCHEDULES, "recurring_invoice")
    rows = RecurringInvoice.objects.order_by("pk")
    assert [
        (one.amount, one.frequency_id, one.remaining_cycles, one.next_on, one.status_id) for one in rows
    ] == [
        (D(500), "5", 12, date(2026, 12, 1), Status.ACTIVE),
        (D("99.9"), "5", -1, date(2026, 12, 15), Status.DRAFT),
    ]
    assert [row[2] for row in report(run)[2:]] == [
        [["invoice.next_send_date", "The next invoice cannot be in the past."]],
        [["invoice.frequency_id", "There is no frequency called “parfois”."]],
    ]


def file(sheet: str, keys: list[int], kind: str) -> bytes:
    """A whole sheet as a file."""
    columns = SHEETS[sheet].columns()
    heads = [str(one.label) for one in columns]
    rows = ([one.cell(row) for one in columns] for row in SHEETS[sheet].rows(keys, columns, {}))
    if kind == "xlsx":
        with workbook(heads, rows) as book:
            return book.read()
    return "".join(csv_text(heads, rows, kind)).encode()


def shape(number: str) -> dict[str, Any]:
    """All that a person would miss of an invoice."""
    one = Invoice.objects.select_related("client").get(number=number)
    names = (
        *("date", "due_date", "amount", "balance", "paid_to_date", "total_taxes", "po_number", "terms"),
        *("private_notes", "discount", "is_amount_discount", "status_id", "uses_inclusive_taxes"),
        *("tax_name1", "tax_rate1", "custom_surcharge1", "currency_id"),
    )
    lines = [
        (each.product_key, each.notes, each.quantity, each.cost, each.discount, each.tax_name1,
         each.tax_rate1, each.type_id, each.line_total)
        for each in one.lines
    ]  # fmt: skip
    return {name: getattr(one, name) for name in names} | {"lines": lines, "client": one.client.name}


@pytest.mark.parametrize("kind", ["fr", "en", "xlsx"])
def test_invoices_that_were_exported_are_imported_as_they_were(desk: Desk, kind: str) -> None:
    spoken = "fr" if kind == "fr" else "en"
    acme = desk.client(name="=Acme & Fils", number="C7")
    fields = {
        "client": acme, "date": ON, "po_number": "PO-1", "terms": "- vite\n- bien", "private_notes": "+1",
        "tax_name1": "Éco", "tax_rate1": D("1.5"), "discount": D(10), "is_amount_discount": False,
        "custom_surcharge1": D("3.33"),
        "line_items": [
            {"product_key": "A", "notes": "Un\ndeux", "quantity": "1.5", "cost": "1234.5678",
             "tax_name1": "TVA", "tax_rate1": "20", "type_id": "2", "discount": "5"},
            {"product_key": "B", "quantity": "3", "cost": "0.1"},
        ],
    }  # fmt: skip
    made = mark_sent(create_invoice(fields, by=desk.paul, on=ON), by=desk.paul, on=ON)
    record_amount_paid(made, D("100.01"), by=desk.paul, on=ON)
    before = shape(made.number)
    with translation.override(spoken):
        content = file("invoice_items", [made.pk], kind)
    Company.objects.update(settings={**desk.company.settings, "country_id": "840"})
    desk.company.settings["country_id"] = "840"  # where numbers may be erased
    purge_client(acme, by=desk.paul, on=ON)
    with translation.override(spoken):
        run = again(desk, content, kind)
    assert counts(run) == {"made": 1, "merged": 1}, report(run)
    assert shape(made.number) == before


RICH: dict[str, Any] = {
    "date": ON, "due_date": date(2026, 12, 24), "po_number": "PO-1", "terms": "- vite\n- bien",
    "footer": "Pied", "public_notes": "=1", "private_notes": "+1", "tax_name1": "Éco", "tax_rate1": D("1.5"),
    "discount": D(10), "is_amount_discount": False, "partial": D(100), "partial_due_date": date(2026, 12, 1),
    "custom_surcharge1": D("3.33"), "custom_surcharge4": D("0.5"), "custom_value1": "Lyon",
    "custom_value2": "yes", "exchange_rate": D("1.25"), "uses_inclusive_taxes": False,
    "line_items": [
        {"product_key": "A", "notes": "Un\ndeux", "quantity": "1.5", "cost": "1234.5678",
         "product_cost": "700", "tax_name1": "TVA", "tax_rate1": "20", "type_id": "2", "discount": "5",
         "tax_id": "2", "custom_value1": "bleu"},
        {"product_key": "B", "quantity": "3", "cost": "0.1"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", ["fr", "xlsx"])
@pytest.mark.parametrize("entity", ["quote", "credit"])
def test_what_was_exported_is_exported_as_before_once_it_was_imported(
    desk: Desk, entity: str, kind: str
) -> None:
    spoken = "fr" if kind == "fr" else "en"
    desk.company.custom_fields = {"invoice1": "Ville", "invoice2": "Livré|switch", "product1": "Teinte"}
    desk.company.save()
    acme = desk.client(name="=Acme & Fils", number="C7")
    fields = {**RICH, "client": acme, "assigned_user": User.objects.get(email="paul@example.com")}
    model: Any = Quote if entity == "quote" else Credit
    if entity == "quote":
        made: Any = approve(
            issue_quote(create_quote(fields, by=desk.paul, on=ON), by=desk.paul, on=ON), by=desk.paul, on=ON
        )
    else:
        made = issue_credit(create_credit(fields, by=desk.paul, on=ON), by=desk.paul, on=ON)
        take_over_use(made, D("100.01"), by=desk.paul, on=ON)
    number = made.number
    with translation.override(spoken):
        before = file(f"{entity}_items", [made.pk], "en" if kind == "xlsx" else kind)
        content = file(f"{entity}_items", [made.pk], kind)
    Company.objects.update(settings={**desk.company.settings, "country_id": "840"})
    desk.company.settings["country_id"] = "840"  # where numbers may be erased
    purge_client(acme, by=desk.paul, on=ON)
    with translation.override(spoken):
        run = again(desk, content, kind, entity)
        assert counts(run) == {"made": 1, "merged": 1}, report(run)
        found = model.objects.get(number=number)
        assert file(f"{entity}_items", [found.pk], "en" if kind == "xlsx" else kind) == before


def again(desk: Desk, content: bytes, kind: str, entity: str = "invoice") -> Any:
    name = "f.xlsx" if kind == "xlsx" else "f.csv"
    run = upload_import(entity, SimpleUploadedFile(name, content), by=desk.paul, on=ON)
    choices = {"decimal": "," if kind == "fr" else "."}
    return run_import(start_import(run, choices, by=desk.paul, on=ON))
