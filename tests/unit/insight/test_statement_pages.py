"""A statement printed and mailed, in the client's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from comptoir.activity.models import Activity, SystemLog
from comptoir.clients.models import Client
from comptoir.delivery.mail.attachments import made
from comptoir.delivery.mail.models import MailDelivery
from comptoir.insight.statements import Wish, email_statement, pdf_of
from tests.unit.delivery.printed import pages

from .conftest import TODAY, Books

YEAR = Wish(date(2026, 1, 1), date(2026, 12, 31), opening=True)


def written(books: Books) -> Client:
    old = books.invoice("1234.50", date(2025, 12, 1))
    late = books.invoice("100", date(2026, 3, 1), date(2026, 3, 31))
    books.invoice("80", date(2026, 6, 20), date(2026, 7, 20))
    books.settle(old, "1000", date(2026, 2, 3))
    books.pay("60", date(2026, 4, 1), invoices=[{"invoice": late, "amount": Decimal(40)}], type_id="1")
    books.credit("25", date(2026, 5, 5))
    return Client.objects.select_related("group").get(pk=books.client.pk)


def test_a_french_client_reads_it_in_french(books: Books) -> None:
    content = pdf_of(written(books), YEAR, on=TODAY)
    (text,) = pages(content)
    for words in (
        "Relevé de compte", "Solde de départ 1 234,50 €", "Facturé 180,00 €", "Réglé -1 040,00 €",
        "Montant dû 374,50 €", "Avoirs à utiliser 25,00 €", "Règlements à utiliser 20,00 €",
        "Jours de retard", "Non échu", "Virement",
    ):  # fmt: skip
        assert words in text.replace("\N{MINUS SIGN}", "-"), (words, text)
    assert SystemLog.objects.filter(client_id=books.client.pk, type_id=601).count() == 1


def test_tables_that_nobody_asked_for_are_left_out(books: Books) -> None:
    wish = Wish(YEAR.start, YEAR.end, payments=False, credits=False, aging=False)
    (text,) = pages(pdf_of(written(books), wish, on=TODAY))
    assert "Jours de retard" not in text
    assert "Règlement de la facture" not in text
    assert "Avoir" not in text


def test_a_client_without_invoices_has_a_statement_too(books: Books) -> None:
    (text,) = pages(pdf_of(Client.objects.get(pk=books.client.pk), YEAR, on=TODAY))
    assert "Aucune facture sur cette période" in text


def test_the_same_sending_leaves_and_is_told_once(books: Books) -> None:
    client = written(books)
    for _time in range(2):
        email_statement(client, YEAR, by=books.ada, on=TODAY, occurrence="june")
    (mail,) = MailDelivery.objects.filter(kind="statement")
    assert mail.recipient == "claire@epis.example"
    assert "374,50" in mail.text.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "$" not in mail.subject + mail.text
    assert Activity.objects.filter(code=140, client_id=client.pk).count() == 1
    (attached,) = made(mail.attachments)
    assert attached.name == "statement-Les-Epis-2026-01-01-2026-12-31.pdf"
    assert "Montant dû 374,50 €" in pages(attached.content)[0]
