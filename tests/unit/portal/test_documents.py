"""What contacts see of invoices, quotes, credits, payments and files; and what they never see."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.test import Client as Browser

from comptoir.activity.models import Activity, SystemLog
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.kernel import ids
from comptoir.payments.operations import mark_paid, record_payment, refund_payment
from comptoir.preferences.operations import update_company
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.invoices.operations import cancel_invoice, delete_invoice
from comptoir.sales.recurring.operations import create_recurring, delete_recurring
from comptoir.sales.recurring.operations import start as start_recurring
from comptoir.sales.recurring.operations import stop as stop_recurring
from comptoir.sales.recurring.running import make_next

from .conftest import LINE, ON, House, address, enter, fetched, figures, text, told

KINDS = ("invoices", "quotes", "credits")


def made(house: House, client: Any = None) -> dict[str, Any]:
    """One of each kind, sent to a client."""
    return {
        "invoices": house.invoice(client),
        "quotes": house.quote(client),
        "credits": house.credit(client),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_contact_lists_and_reads_the_clients_documents(house: House, kind: str) -> None:
    document = made(house)[kind]
    browser = enter(house.ben)
    assert document.number in text(browser.get(f"/client/{kind}"))
    page = text(browser.get(address(document, kind)))
    for word in (document.number, "Design", "Two days", "€200.00", "Verger", "Atelier Durand"):
        assert word in page


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_reads_what_is_anothers_a_draft_or_deleted(house: House, kind: str) -> None:
    foreign, own = made(house, house.marchand)[kind], made(house)[kind]
    browser = enter(house.anna)
    assert browser.get(address(foreign, kind)).status_code == 404
    for column, value in (("status_id", 1), ("deleted_at", own.created_at)):
        kept = getattr(own, column)
        type(own).objects.filter(pk=own.pk).update(**{column: value})
        for path in (address(own, kind), f"{address(own, kind)}/pdf"):
            assert browser.get(path).status_code == 404
        assert own.number not in text(browser.get(f"/client/{kind}"))
        type(own).objects.filter(pk=own.pk).update(**{column: kept})
    assert browser.get(address(own, kind)).status_code == 200
    assert browser.get(f"/client/{kind}/nonsense").status_code == 404


def test_private_notes_are_on_no_page(house: House) -> None:
    documents = made(house)
    for document in documents.values():
        document.private_notes = "SECRET-OF-STAFF"
        document.save(update_fields=["private_notes"])
    payment = mark_paid(documents["invoices"], by=house.alice, on=ON)
    payment.private_notes = "SECRET-OF-STAFF"
    payment.save(update_fields=["private_notes"])
    browser = enter(house.anna)
    lists = ["", "payments", "documents", "statement", "statement/csv", "profile", "invoices/payment", *KINDS]
    pages = [f"/client/{name}" for name in lists] + [address(one, kind) for kind, one in documents.items()]
    for path in [*pages, address(payment, "payments")]:
        answer = browser.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert "SECRET-OF-STAFF" not in answer.content.decode()


def test_the_pdf_is_there_to_keep_and_on_record(house: House) -> None:
    invoice, browser = house.invoice(), enter(house.anna)
    answer = browser.get(f"{address(invoice)}/pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="invoice-')
    assert answer.content.startswith(b"%PDF")
    assert SystemLog.objects.filter(type_id=601, client_id=house.verger.pk).count() == 1


def test_pages_are_neither_kept_nor_indexed(house: House) -> None:
    browser, invoice = enter(house.anna), house.invoice()
    for path in ("/client/", address(invoice), "/client/profile"):
        answer = browser.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "<script" not in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in_everywhere(house: House) -> None:
    invoice = house.invoice()
    names = ["", "dashboard", "payments", "documents", "statement", "profile", "invoices/payment", *KINDS]
    for path in [*(f"/client/{name}" for name in names), address(invoice), f"{address(invoice)}/pdf"]:
        assert Browser().get(path).url == "/client/login"


def test_home_adds_up_what_is_due_and_says_what_is_late(house: House) -> None:
    late = house.invoice(due_date=ON)
    house.invoice(due_date=ON + timedelta(days=9999))
    house.invoice(sent=False)
    half = [{"invoice": late, "amount": Decimal(50)}]
    record_payment({"client": house.verger, "amount": Decimal(50), "invoices": half}, by=house.alice, on=ON)
    page = text(enter(house.anna).get("/client/"))
    assert "You have 2 invoices to pay" in page
    assert "€350.00" in page
    assert "€150.00 of it is overdue, since Mar 2, 2026" in page


def test_home_says_when_there_is_nothing_to_pay(house: House) -> None:
    mark_paid(house.invoice(), by=house.alice, on=ON)
    assert "Nothing to pay" in text(enter(house.anna).get("/client/"))


def test_a_deposit_is_what_is_due_first(house: House) -> None:
    invoice = house.invoice(partial=Decimal(60))
    browser = enter(house.anna)
    page = text(browser.get(address(invoice)))
    assert "Deposit to pay €60.00" in page
    assert "Of a total of €200.00, €200.00 is left to pay." in page
    assert "€60.00" in text(browser.get("/client/"))


def test_the_transfer_says_account_and_reference_with_a_code_in_euros(house: House) -> None:
    house.switch(iban="DE89370400440532013000", bic="COBADEFFXXX")
    invoice = house.invoice()
    page = enter(house.anna).get(address(invoice))
    assert "DE89 3704 0044 0532 0130 00" in text(page) and "COBADEFFXXX" in text(page)
    assert 'src="data:image/png;base64,' in page.content.decode()
    mark_paid(invoice, by=house.alice, on=ON)
    paid = enter(house.anna).get(address(invoice))
    assert "DE89 3704" not in text(paid) and "Your payments Mar 2, 2026 €200.00" in text(paid)


def test_without_an_account_the_page_says_whom_to_ask(house: House) -> None:
    house.wishes(email="hello@durand.example")
    page = text(enter(house.anna).get(address(house.invoice())))
    assert "Ask Atelier Durand how to pay. hello@durand.example" in page


def test_several_invoices_are_paid_by_one_transfer(house: House) -> None:
    house.switch(iban="DE89370400440532013000")
    first, second = house.invoice(), house.invoice()
    browser = enter(house.anna)
    page = text(browser.get("/client/invoices/payment"))
    assert "€400.00" in page and f"{first.number} {second.number}" in page
    one = text(browser.get("/client/invoices/payment", {"invoice": ids.encode(second.pk)}))
    assert "Amount €200.00" in one and f"Reference {second.number}" in one


def test_a_list_is_narrowed_by_its_tabs(house: House) -> None:
    due, paid, gone = house.invoice(), house.invoice(), house.invoice()
    mark_paid(paid, by=house.alice, on=ON)
    cancel_invoice(gone, by=house.alice, on=ON)
    browser = enter(house.anna)
    for status, shown in (("open", [due]), ("paid", [paid]), ("", [due, paid, gone])):
        page = text(browser.get("/client/invoices", {"status": status}))
        assert [one for one in (due, paid, gone) if f"Invoice {one.number}" in page] == shown


def test_long_lists_have_pages(house: House) -> None:
    for _ in range(21):
        house.invoice()
    browser = enter(house.anna)
    assert "Page 1 of 2" in text(browser.get("/client/invoices"))
    assert "Page 2 of 2" in text(browser.get("/client/invoices?page=2"))
    assert browser.get("/client/invoices?page=nonsense").status_code == 200


def test_a_module_that_is_off_has_no_tab_and_no_page(house: House) -> None:
    quote = house.quote()
    browser = enter(house.anna)
    assert "Quotes" in text(browser.get("/client/"))
    update_company(house.company, {"enabled_modules": 32767 & ~4}, by=house.alice, on=ON)
    assert "Quotes" not in text(browser.get("/client/"))
    assert browser.get("/client/quotes").status_code == 404
    assert browser.get(address(quote, "quotes")).status_code == 404


def test_a_payment_says_what_it_paid_and_what_went_back(house: House) -> None:
    invoice = house.invoice()
    payment = mark_paid(invoice, by=house.alice, on=ON, reference="WIRE-7")
    refund_payment(payment, Decimal(50), [{"invoice": invoice, "amount": Decimal(50)}], by=house.alice, on=ON)
    browser = enter(house.anna)
    page = text(browser.get(address(payment, "payments")))
    for word in ("€200.00", "WIRE-7", f"Invoice {invoice.number}", "Refunded Mar 2, 2026 €50.00"):
        assert word in page
    foreign = mark_paid(house.invoice(house.marchand), by=house.alice, on=ON)
    assert browser.get(address(foreign, "payments")).status_code == 404


def test_a_deleted_invoice_is_not_named_on_its_payment(house: House) -> None:
    first, second = house.invoice(), house.invoice()
    parts = [{"invoice": one, "amount": Decimal(200)} for one in (first, second)]
    fields = {"client": house.verger, "amount": Decimal(400), "invoices": parts}
    payment = record_payment(fields, by=house.alice, on=ON)
    delete_invoice(first, by=house.alice, on=ON)
    page = text(enter(house.anna).get(address(payment, "payments")))
    assert f"Invoice {second.number}" in page and f"Invoice {first.number}" not in page


def test_the_statement_runs_from_the_opening_to_the_closing_balance(house: House) -> None:
    old, new = house.invoice(), house.invoice(date=ON)
    later = ON + timedelta(days=30)
    payment = record_payment(
        {
            "client": house.verger,
            "amount": Decimal(200),
            "invoices": [{"invoice": old, "amount": Decimal(200)}],
        },
        by=house.alice,
        on=later,
    )
    page = text(
        enter(house.anna).get("/client/statement", {"start": later.isoformat(), "end": later.isoformat()})
    )
    assert "Opening balance €400.00" in page and "Closing balance €200.00" in page
    assert f"Payment {payment.number} €200.00 €200.00" in page
    assert new.number not in page


def test_the_statement_as_a_sheet_is_exact_and_harmless(house: House) -> None:
    invoice = house.invoice(number="=1+1")
    answer = enter(house.anna).get("/client/statement/csv", {"start": "2026-01-01", "end": "2026-12-31"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[-1] == f"2026-03-02,Invoice {invoice.number},200,0,200"


def test_recurring_invoices_say_when_the_next_one_comes(house: House) -> None:
    browser = enter(house.anna)
    assert "Recurring" not in text(browser.get("/client/"))
    fields = {"line_items": [LINE], "frequency_id": "5", "next_on": date(2099, 1, 31)}
    for client, start in ((house.verger, True), (house.verger, False), (house.marchand, True)):
        made = create_recurring({"client": client, **fields}, by=house.alice, on=ON)
        if start:
            start_recurring(made, by=house.alice, on=ON)
    page = text(browser.get("/client/recurring_invoices"))
    assert page.count("Monthly next on Jan 31, 2099 Active €200.00") == 1
    update_company(house.company, {"enabled_modules": 32767 & ~1}, by=house.alice, on=ON)
    assert browser.get("/client/recurring_invoices").status_code == 404


def test_the_page_of_a_recurring_invoice_says_its_rhythm_and_what_was_made(house: House) -> None:
    line = {**LINE, "notes": "Rent of :MONTH"}
    fields = {"client": house.verger, "line_items": [line], "frequency_id": "5", "next_on": date(2099, 1, 31)}
    draft = create_recurring(fields, by=house.alice, on=ON)
    recurring = start_recurring(create_recurring(fields, by=house.alice, on=ON), by=house.alice, on=ON)
    make_next(recurring, None, by=house.alice, on=ON)
    made = Invoice.objects.get(recurring_id=recurring.pk)
    browser, at = enter(house.anna), f"/client/recurring_invoices/{ids.encode(recurring.pk)}"
    page = browser.get(at)
    assert page.context["coming"][:2] == [
        ("Feb 28, 2099", ""),
        ("Mar 31, 2099", ""),
    ]
    assert [entry.title for entry in page.context["made"]] == [f"Invoice {made.number}"]
    assert "Rent of February" in text(page)
    assert browser.get(f"{at}/pdf")["Content-Disposition"].endswith('"recurring_invoice-0002.pdf"')
    assert browser.get(f"/client/recurring_invoices/{ids.encode(draft.pk)}").status_code == 404
    assert enter(house.cleo).get(at).status_code == 404


def test_a_contact_asks_to_end_it_and_the_company_hears_why(house: House) -> None:
    fields = {"client": house.verger, "line_items": [LINE], "frequency_id": "5", "next_on": date(2099, 1, 31)}
    recurring = start_recurring(create_recurring(fields, by=house.alice, on=ON), by=house.alice, on=ON)
    browser, at = enter(house.anna), f"/client/recurring_invoices/{ids.encode(recurring.pk)}"
    assert browser.get(f"{at}/request_cancellation")["Location"] == f"{at}#end"
    answer = browser.post(f"{at}/request_cancellation", {"reason": "We move out"}, follow=True)
    assert "The company has been told" in text(answer)
    told_ = Activity.objects.get(fact="RecurringCancellationAsked")
    assert (told_.notes, told_.actor_kind, told_.client_id) == ("We move out", "contact", house.verger.pk)
    recurring.refresh_from_db()
    assert recurring.status_id == 2  # the company decides
    assert enter(house.cleo).post(f"{at}/request_cancellation", {}).status_code == 404
    recurring.status_id = 4
    recurring.save()
    assert "End these invoices" not in text(browser.get(at))
    browser.post(f"{at}/request_cancellation", {})
    assert Activity.objects.filter(fact="RecurringCancellationAsked").count() == 1


def test_the_key_of_a_recurring_invoice_opens_that_one_alone(house: House) -> None:
    fields = {"client": house.verger, "line_items": [LINE], "frequency_id": "5", "next_on": date(2099, 1, 31)}
    recurring = start_recurring(create_recurring(fields, by=house.alice, on=ON), by=house.alice, on=ON)
    invoice = house.invoice()
    browser = Browser(headers={"accept-language": "en"})
    answer = browser.get(f"/client/recurring_invoice/{house.key(recurring, house.anna)}")
    at = f"/client/recurring_invoices/{ids.encode(recurring.pk)}"
    assert (answer.status_code, answer["Location"]) == (302, at)
    assert browser.get(at).status_code == 200
    assert recurring.invitations.get(contact=house.anna).viewed_at is not None
    assert Activity.objects.filter(fact="RecurringViewed", subject_id=recurring.pk).count() == 1
    assert browser.get(f"/client/invoices/{ids.encode(invoice.pk)}").status_code == 302
    stop_recurring(recurring, by=house.alice, on=ON)
    assert "Paused" in text(browser.get(at))
    delete_recurring(recurring, by=house.alice, on=ON)
    key = house.key(recurring, house.anna)
    assert "200.00" not in text(browser.get(f"/client/recurring_invoice/{key}"))


def test_ticked_documents_come_in_one_archive_and_all_of_the_page_without_a_tick(house: House) -> None:
    first, second, browser = house.invoice(), house.invoice(), enter(house.anna)
    draft, foreign = house.invoice(sent=False), house.invoice(house.marchand)
    assert text(browser.get("/client/invoices")).count("Download as ZIP") == 1
    keys = [ids.encode(one.pk) for one in (first, second, draft, foreign)]
    for sent, expected in (({"ticked": keys[:1]}, [first]), ({}, [second, first])):
        answer = browser.post("/client/invoices/archive", {"shown": keys, **sent})
        assert answer.headers["Content-Disposition"] == 'attachment; filename="invoices.zip"'
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        assert archive.namelist() == [f"invoice-{one.number}.pdf" for one in expected]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    assert browser.post("/client/invoices/archive", {"ticked": keys[2:]}).status_code == 404
    assert browser.post("/client/credits/archive", {"ticked": keys}).status_code == 404
    silent = enter(house.anna, silent="true", client_hash=house.verger.client_hash)
    seen = text(silent.get("/client/invoices"))
    assert (str(first.number) in seen, "Download as ZIP" in seen) == (True, False)


def test_what_the_paper_of_the_statement_lists_is_chosen(house: House) -> None:
    paid = house.invoice()
    parts = [{"invoice": paid, "amount": Decimal(200)}]
    fields = {"client": house.verger, "amount": Decimal(200), "invoices": parts}
    record_payment(fields, by=house.alice, on=ON)
    days = {"start": "2026-01-01", "end": "2026-12-31"}
    asked = {**days, "status": "unpaid", "payments": "", "credits": "1", "aging": ""}
    page = enter(house.anna).get("/client/statement", asked)
    assert page.context["pdf_url"].endswith("&status=unpaid&payments=&credits=1&aging=")
    assert f"Invoice {paid.number}" in text(page)
    with mock.patch("comptoir.portal.statement.pdf_of", return_value=b"%PDF") as printed:
        enter(house.anna).get(page.context["pdf_url"])
        enter(house.anna).get("/client/statement/raw", {**days, "status": "odd"})
    chosen, usual = (call.args[1] for call in printed.call_args_list)
    assert (chosen.status, chosen.payments, chosen.credits, chosen.aging) == ("unpaid", False, True, False)
    assert (usual.status, usual.payments, usual.credits, usual.aging) == ("all", True, True, True)


def test_the_statement_is_there_to_keep(house: House) -> None:
    house.invoice()
    answer = enter(house.anna).get("/client/statement/raw", {"start": "2026-01-01", "end": "2026-12-31"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "statement-Verger-2026-01-01-2026-12-31.pdf" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")


def test_days_that_are_none_or_the_wrong_way_round_do_no_harm(house: House) -> None:
    browser = enter(house.anna)
    for query in ({"start": "yesterday"}, {"start": "2026-12-31", "end": "2026-01-01"}):
        assert browser.get("/client/statement", query).status_code == 200


def test_public_files_are_shared_and_private_ones_never(house: House) -> None:
    invoice = house.invoice()
    shown = _attach(house, house.verger, "shared.txt")
    on_invoice = _attach(house, invoice, "on-invoice.txt")
    hidden = _attach(house, house.verger, "hidden.txt", is_public=False)
    foreign = _attach(house, house.marchand, "foreign.txt")
    on_draft = _attach(house, house.invoice(sent=False), "on-draft.txt")
    browser = enter(house.anna)
    page = text(browser.get("/client/documents"))
    assert "shared.txt" in page and "on-invoice.txt" in page
    for name in ("hidden.txt", "foreign.txt", "on-draft.txt"):
        assert name not in page
    for file, status in ((shown, 200), (on_invoice, 200), (hidden, 404), (foreign, 404), (on_draft, 404)):
        assert fetched(browser, f"/client/documents/{ids.encode(file.pk)}/download")[0] == status


def test_a_file_comes_as_an_attachment_that_never_runs(house: House) -> None:
    file = _attach(house, house.verger, "shared.txt")
    answer = enter(house.anna).get(f"/client/documents/{ids.encode(file.pk)}/download")
    assert answer.getvalue() == b"hello"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="shared.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_chosen_files_come_as_one_archive_without_foreign_ones(house: House) -> None:
    own, foreign = _attach(house, house.verger, "own.txt"), _attach(house, house.marchand, "foreign.txt")
    browser = enter(house.anna)
    chosen = {"file": [ids.encode(own.pk), ids.encode(foreign.pk)]}
    answer = browser.post("/client/documents/download_multiple", chosen)
    content = answer.getvalue()
    assert b"own.txt" in content and b"foreign.txt" not in content
    only = browser.post("/client/documents/download_multiple", {"file": [ids.encode(foreign.pk)]})
    assert only.status_code == 404


def test_a_session_of_one_document_reads_its_files_alone(house: House) -> None:
    invoice = house.invoice()
    own, other = _attach(house, invoice, "own.txt"), _attach(house, house.verger, "other.txt")
    browser = Browser()
    browser.get(f"/client/invoice/{house.key(invoice, house.anna)}")
    assert "own.txt" in text(browser.get(address(invoice)))
    assert fetched(browser, f"{address(invoice)}/files/{ids.encode(own.pk)}") == (200, b"hello")
    assert browser.get(f"{address(invoice)}/files/{ids.encode(other.pk)}").status_code == 404
    assert browser.get(f"/client/documents/{ids.encode(other.pk)}/download").url == "/client/more"


def test_files_of_an_invoice_may_wait_until_it_is_paid(house: House) -> None:
    house.wishes(unlock_invoice_documents_after_payment=True)
    invoice = house.invoice()
    file = _attach(house, invoice, "licence.txt")
    browser, path = enter(house.anna), f"{address(invoice)}/files/{ids.encode(file.pk)}"
    assert browser.get(path).status_code == 404
    assert "licence.txt" not in text(browser.get("/client/documents"))
    mark_paid(invoice, by=house.alice, on=ON)
    assert fetched(browser, path) == (200, b"hello")
    assert "licence.txt" in text(browser.get("/client/documents"))


def test_a_client_sends_files_where_the_company_takes_them(house: House) -> None:
    browser, before = enter(house.anna), figures()
    sent = {"documents": ContentFile(b"hello", name="order.txt")}
    assert browser.post("/client/upload", sent).status_code == 403
    assert (figures(), File.objects.count()) == (before, 0)
    house.wishes(client_portal_enable_uploads=True)
    sent = {"documents": ContentFile(b"hello", name="order.txt")}
    assert browser.post("/client/upload", sent).url == "/client/documents?done=uploaded"
    file = File.objects.get()
    assert (file.name, file.client_id, file.is_public) == ("order.txt", house.verger.pk, True)
    bad = {"documents": ContentFile(b"MZ", name="virus.exe")}
    assert browser.post("/client/upload", bad).status_code == 422
    assert browser.post("/client/upload", {}).status_code == 422
    assert File.objects.count() == 1


def test_the_first_look_is_told_for_the_one_who_looked(house: House) -> None:
    invoice = house.invoice()
    enter(house.ben).get(address(invoice))
    seen = {one.contact.first_name: one.viewed_at is not None for one in invoice.invitations.all()}
    assert seen == {"Anna": False, "Ben": True}
    assert told().count("InvoiceViewed") == 1


def _attach(house: House, owner: Any, name: str, **more: Any) -> File:
    return attach_files(owner, [ContentFile(b"hello", name=name)], by=house.alice, on=ON, **more)[0]
