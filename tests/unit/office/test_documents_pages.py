"""Lists and pages of documents: what is shown, what can be done, by whom."""

from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.clients.operations import delete_clients
from comptoir.delivery.mail.models import MailDelivery
from comptoir.files.models import File
from comptoir.files.operations import attach_files
from comptoir.kernel import ids
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.quotes.models import Quote
from comptoir.sales.quotes.operations import approve_quote, mark_sent
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, PASSWORD, Office
from tests.unit.office.reading import labels, text, toasts


def at(document: Invoice | Quote | Credit, *more: str) -> str:
    kind = document._meta.model_name
    return "/".join([f"/{kind}s/{ids.encode(document.pk)}", *more])


def rows(office: Office, url: str) -> list[list[str]]:
    from django.utils.html import strip_tags

    table = office.browser().get(url).context["list"].table
    return [[strip_tags(str(cell)) for cell in row.cells] for row in table.rows]


def test_a_list_shows_number_client_days_status_and_money(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    draft = papers.invoice(office.alice, office.client, papers.line("8"), sent=False)
    papers.payment(office.alice, office.client, "40", of=bill)
    due = date(2027, 1, 23)
    bill.refresh_from_db()
    assert bill.due_date == due
    assert rows(office, "/invoices") == [
        ["No number yet", "Bistro", "Nov 24, 2026", "—", "Draft", "€8.00", "—"],
        [bill.number, "Bistro", "Nov 24, 2026", "Jan 23, 2027", "Partly paid", "€100.00", "€60.00"],
    ]
    assert draft.number == ""


@pytest.mark.parametrize(
    ("status", "n"),
    [("draft", 1), ("unpaid", 2), ("overdue", 1), ("paid", 1), ("cancelled", 0), ("nonsense", 4)],
)
def test_a_status_narrows_the_list(office: Office, status: str, n: int) -> None:
    papers.invoice(office.alice, office.client, sent=False)
    papers.invoice(office.alice, office.client)
    paid = papers.invoice(office.alice, office.client)
    papers.payment(office.alice, office.client, "100", of=paid)
    late = papers.invoice(office.alice, office.client)
    Invoice.objects.filter(pk=late.pk).update(due_date=date(2026, 11, 1))
    assert len(rows(office, f"/invoices?status={status}")) == n


def test_what_was_viewed_and_what_was_not_are_told_apart(office: Office) -> None:
    whose = papers.client(office.alice, email="bea@bistro.test")
    seen, unseen, paid = (papers.invoice(office.alice, whose) for _ in range(3))
    for one in (seen, paid):
        one.invitations.update(viewed_at=timezone.now())
    papers.payment(office.alice, whose, "100", of=paid)
    for status, expected in (("viewed", seen), ("unseen", unseen)):
        assert [row[0] for row in rows(office, f"/invoices?status={status}")] == [expected.number]
    assert "Viewed" in text(office.browser().get(at(seen)))


def test_periods_narrow_by_the_date_of_the_document(office: Office) -> None:
    papers.invoice(office.alice, office.client, sent=False)
    papers.invoice(office.alice, office.client, sent=False, date=date(2026, 10, 31))
    with time_machine.travel("2026-11-24 12:00Z", tick=False):
        assert len(rows(office, "/invoices?period=month")) == 1
        assert len(rows(office, "/invoices?period=last_month")) == 1
        assert len(rows(office, "/invoices?period=quarter")) == 2
        assert len(rows(office, "/invoices?period=year")) == 2
        assert len(rows(office, "/invoices?period=last_year")) == 0
        assert len(rows(office, "/invoices?period=2026-10-01..2026-10-31")) == 1


def test_a_list_of_one_client_says_whose(office: Office) -> None:
    other = papers.client(office.alice, "Zinc")
    papers.invoice(office.alice, other)
    papers.invoice(office.alice, office.client)
    answer = office.browser().get(f"/invoices?client={ids.encode(other.pk)}")
    (chip,) = answer.context["list"].chips
    assert (chip.value, len(answer.context["list"].table.rows)) == ("Zinc", 1)


def test_documents_of_a_deleted_client_leave_the_lists(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    papers.quote(office.alice, office.client)
    delete_clients([office.client], by=office.alice.actor(), on=ON)
    assert rows(office, "/invoices") == rows(office, "/quotes") == []


def test_the_foot_sums_the_filtered_invoices(office: Office) -> None:
    papers.invoice(office.alice, office.client, papers.line("70"))
    papers.invoice(office.alice, office.client, papers.line("30"), sent=False)
    table = office.browser().get("/invoices").context["list"].table
    assert ["€100.00" in str(total) for total in table.totals].count(True) == 1
    assert "€70.00" in str(table.totals[-1])


def test_an_export_has_exact_numbers_and_iso_days(office: Office) -> None:
    papers.invoice(office.alice, office.client, papers.line("33.333"), sent=False)
    lines = office.browser().get("/invoices?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Number,Client,Date,Due date,Status,Amount,Balance due,Currency",
        ",Bistro,2026-11-24,,Draft,33.33,0,EUR",
    ]


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits", "payments"])
def test_a_list_asks_as_much_for_many_as_for_few(office: Office, kind: str) -> None:
    def one_of_each() -> None:
        bill = papers.invoice(office.alice, office.client)
        papers.invoice(office.alice, papers.client(office.alice, f"C{bill.pk}"), sent=False)
        papers.quote(office.alice, office.client)
        papers.credit(office.alice, office.client)
        papers.payment(office.alice, office.client, "10", of=bill)

    browser = office.browser()
    one_of_each()
    browser.get(f"/{kind}?size=100")
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/{kind}?size=100")
    for _n in range(15):
        one_of_each()
    with CaptureQueriesContext(connection) as many:
        browser.get(f"/{kind}?size=100")
    assert len(many) == len(few)


@pytest.mark.parametrize("tab", ["", "tab/documents", "tab/activity", "tab/emails", "tab/versions"])
def test_every_tab_of_an_invoice_opens(office: Office, tab: str) -> None:
    answer = office.browser().get(at(papers.invoice(office.alice, office.client), *([tab] if tab else [])))
    assert answer.status_code == 200
    shown = [one.label for one in answer.context["tabs"]]
    assert shown == ["Overview", "Documents", "Activity", "E-mails", "Versions"]


def test_a_page_says_what_is_paid_and_left(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client, po_number="PO 7")
    papers.payment(office.alice, office.client, "40", of=bill)
    said = text(office.browser().get(at(bill)))
    assert "Amount €100.00 Paid €40.00 Balance due €60.00 Due date Jan 23, 2027" in said
    assert "Order number PO 7" in said


def test_the_next_step_comes_first(office: Office) -> None:
    draft, sent = (
        papers.invoice(office.alice, office.client, sent=False),
        papers.invoice(office.alice, office.client),
    )
    browser = office.browser()
    assert browser.get(at(draft)).context["main"].label == "Send by e-mail"
    assert browser.get(at(sent)).context["main"].label == "Enter payment"
    quote = papers.quote(office.alice, office.client)
    approve_quote(mark_sent(quote, by=office.alice.actor(), on=ON), by=office.alice.actor(), on=ON)
    assert browser.get(at(quote)).context["main"].label == "Turn into an invoice"


def test_a_menu_offers_what_the_state_allows(office: Office) -> None:
    sent = papers.invoice(office.alice, office.client)
    context = office.browser().get(at(sent)).context
    assert labels(context["kebab"]) == [
        "Send by e-mail", "Pay in instalments", "Make a credit note", "View PDF", "Download PDF",
        "Add a comment", "Delivery note", "Run a template",
        "Duplicate", "Copy into a quote", "Copy into a credit",
        "Copy into a recurring invoice", "Mark as paid", "Cancel the invoice", "Reverse by a credit note",
        "Archive",
    ]  # fmt: skip
    assert context["edit_url"] == ""
    assert str(context["locked"]) == "A sent invoice is locked: cancel it, or correct it by a credit note."


def test_verbs_move_a_draft_through_its_life(office: Office) -> None:
    draft, browser = papers.invoice(office.alice, office.client, sent=False), office.browser()
    for verb, said, status in (
        ("mark_sent", "The invoice is issued.", Status.SENT),
        ("cancel", "The invoice is cancelled.", Status.CANCELLED),
    ):
        assert toasts(browser.post(at(draft, verb), follow=True)) == [said]
        draft.refresh_from_db()
        assert draft.status_id == status


def test_mark_paid_records_the_whole(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    office.browser().post(at(bill, "mark_paid"))
    bill.refresh_from_db()
    assert (bill.status_id, bill.balance, bill.paid_to_date) == (Status.PAID, 0, 100)


def test_a_refusal_is_said_and_nothing_moves(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(bill, "delete"), follow=True)
    assert toasts(answer) == [
        f"Invoice {bill.number} was issued: cancel it or issue a credit note instead of deleting it."
    ]
    bill.refresh_from_db()
    assert not bill.is_deleted


def test_deleting_names_the_payments_first_and_can_be_undone(office: Office) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
        bill = papers.invoice(office.dora, diner)
        paid = papers.payment(office.dora, diner, "40", of=bill)
    browser = office.browser(office.dora)
    assert f"Payment {paid.number} shrinks by what it paid here." in text(browser.get(at(bill, "delete")))
    answer = browser.post(at(bill, "delete"), follow=True)
    assert f'formaction="{at(bill)}/restore"' in answer.content.decode()
    browser.post(at(bill, "restore"))
    bill = Invoice.everywhere.get(pk=bill.pk)
    assert (bill.is_deleted, bill.balance) == (False, 60)


def test_a_quote_becomes_an_invoice_and_leads_there(office: Office) -> None:
    quote = papers.quote(office.alice, office.client)
    answer = office.browser().post(at(quote, "convert"))
    made = Invoice.objects.get()
    assert answer.headers["Location"] == at(made)
    assert (made.amount, made.status_id) == (100, Status.DRAFT)
    assert labels_of(office, quote)["Invoice"] == at(made)
    assert labels_of(office, made)["Quote"] == at(quote)


def labels_of(office: Office, document: Quote | Invoice) -> dict[str, str]:
    return {str(one.label): one.url for one in office.browser().get(at(document)).context["details"]}


def test_ticked_documents_take_the_verb_that_each_allows(office: Office) -> None:
    draft, sent = (
        papers.invoice(office.alice, office.client, sent=False),
        papers.invoice(office.alice, office.client),
    )
    chosen = {"action": "mark_sent", "ids": [ids.encode(one.pk) for one in (draft, sent)]}
    assert toasts(office.browser().post("/invoices/bulk", chosen, follow=True)) == ["1 document changed."]
    draft.refresh_from_db()
    assert draft.status_id == Status.SENT


def test_an_unknown_verb_is_not_found(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    assert office.browser().post(at(bill, "explode")).status_code == 404
    assert office.browser().post("/invoices/bulk", {"action": "explode"}).status_code == 404


def test_a_payment_is_entered_in_a_dialog(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    assert browser.get(at(bill, "payment")).context["form"].values["amount"] == 100
    sent = {"amount": "25+15", "date": ON.isoformat(), "type_id": "1", "transaction_reference": "T 1"}
    assert browser.post(at(bill, "payment"), sent, headers={"hx-request": "true"}).headers[
        "HX-Redirect"
    ] == at(bill)
    bill.refresh_from_db()
    assert (bill.balance, bill.status_id) == (60, Status.PARTIAL)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"amount": "lots"}, "amount"), ({"amount": "0"}, "amount"), ({"date": "soon"}, "date")],
)
def test_a_payment_that_makes_no_sense_is_refused(office: Office, wrong: dict[str, str], field: str) -> None:
    bill = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(bill, "payment"), {"amount": "10", "date": ON.isoformat()} | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    bill.refresh_from_db()
    assert bill.balance == 100


def test_an_email_shows_its_words_and_is_sent_with_others(office: Office) -> None:
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    bill, browser = papers.invoice(office.alice, client), office.browser()
    words = browser.get(at(bill, "mail")).context["form"].values
    assert bill.number in words["subject"]
    browser.post(at(bill, "mail"), words | {"subject": "Please pay"})
    mail = MailDelivery.objects.get()
    assert (mail.recipient, mail.subject) == ("zoe@zinc.example", "Please pay")


def test_a_document_for_nobody_says_so_before_it_is_sent(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    assert "None of the contacts has an e-mail address." in text(office.browser().get(at(bill, "mail")))
    assert office.browser().post(at(bill, "mail"), {"subject": "x", "body": "y"}).status_code == 422
    assert not MailDelivery.objects.exists()


def test_who_may_send_no_mail_is_refused_and_not_asked(office: Office) -> None:
    office.carol.permissions = "view_all,edit_all,create_all,disable_emails"
    office.carol.save()
    bill = papers.invoice(office.alice, papers.client(office.alice, "Zinc", "zoe@zinc.example"))
    browser = office.browser(office.carol)
    assert "Send by e-mail" not in labels(browser.get(at(bill)).context["kebab"])
    assert browser.post(at(bill, "mail"), {"subject": "x", "body": "y"}).status_code == 403
    assert not MailDelivery.objects.exists()


def test_the_pdf_is_shown_and_can_be_kept(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    shown = browser.get(at(bill, "pdf"))
    assert (shown.content[:5], shown.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert browser.get(at(bill, "pdf") + "?download").headers["Content-Disposition"].startswith("attachment")
    assert browser.get(at(bill, "picture")).content[:4] == b"RIFF"


def test_files_go_with_a_document(office: Office) -> None:
    bill, browser = papers.invoice(office.alice, office.client), office.browser()
    pdf = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan", content_type="application/pdf")
    answer = browser.post(at(bill, "upload"), {"documents": pdf, "is_public": ""}, follow=True)
    assert toasts(answer) == ["1 file added."]
    file = File.objects.get()
    assert (file.owner_kind, file.is_public, file.client_id) == ("invoice", False, office.client.pk)
    of_client = browser.get(f"/clients/{ids.encode(office.client.pk)}/tab/documents").context["files"]
    assert [(one["name"], one["of"]) for one in of_client] == [("scan.pdf", bill.number)]


def test_a_file_of_a_forbidden_kind_is_refused(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    bad = SimpleUploadedFile("run.exe", b"MZ")
    answer = office.browser().post(at(bill, "upload"), {"documents": bad}, follow=True)
    assert len(toasts(answer)) == 1 and toasts(answer) != ["1 file added."]
    assert not File.objects.exists()


def test_a_file_is_renamed_hidden_shown_and_deleted(office: Office) -> None:
    (file,) = attach_files(office.client, [ContentFile(b"%PDF-1.4", "a.pdf")], by=office.alice.actor(), on=ON)
    at_file, browser = f"/files/{ids.encode(file.pk)}", office.browser()
    assert b"".join(browser.get(at_file).streaming_content) == b"%PDF-1.4"  # type: ignore[attr-defined]
    browser.post(f"{at_file}/visibility")
    browser.post(f"{at_file}/rename", {"name": "b.pdf"})
    file.refresh_from_db()
    assert (file.name, file.is_public) == ("b.pdf", False)
    assert browser.post(f"{at_file}/rename", {"name": " "}).status_code == 422
    assert "This cannot be undone" in text(browser.get(f"{at_file}/delete"))
    assert browser.post(f"{at_file}/delete").status_code == 422
    assert File.objects.count() == 1
    browser.post(f"{at_file}/delete", {"password": PASSWORD})
    assert not File.objects.exists()


def test_files_of_others_are_not_found_or_forbidden(office: Office) -> None:
    (file,) = attach_files(office.client, [ContentFile(b"%PDF-1.4", "a.pdf")], by=office.alice.actor(), on=ON)
    at_file = f"/files/{ids.encode(file.pk)}"
    assert office.browser(office.dora).get(at_file).status_code == 404
    assert b"".join(office.browser(office.carol).get(at_file).streaming_content)  # type: ignore[attr-defined]
    assert office.browser(office.carol).post(f"{at_file}/delete").status_code == 403
    office.carol.permissions = "view_product"
    office.carol.save()
    assert office.browser(office.carol).get(at_file).status_code == 403
    assert File.objects.exists()


def test_all_files_come_in_one_archive(office: Office) -> None:
    both = [ContentFile(b"%PDF-1.4", "a.pdf"), ContentFile(b"%PDF-1.4", "b.pdf")]
    attach_files(office.client, both, by=office.alice.actor(), on=ON)
    answer = office.browser().get(f"/clients/{ids.encode(office.client.pk)}/files.zip")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert body[:2] == b"PK" and b"a.pdf" in body and b"b.pdf" in body


def test_a_comment_is_written_into_the_history(office: Office) -> None:
    bill = papers.invoice(office.alice, office.client)
    answer = office.browser().post(at(bill, "comment"), {"notes": "Disputed"}, follow=True)
    assert "Alice X wrote: Disputed" in text(answer)


PATHS = ("", "edit", "tab/activity", "pdf", "picture", "comment", "mail", "delete")
POSTS = ("edit", "autosave", "upload", "comment", "mail", "archive", "delete", "mark_sent")


@pytest.mark.parametrize("member", ["dora", "carol"])
def test_documents_of_others_are_not_found_or_forbidden(office: Office, member: str) -> None:
    documents = [
        papers.invoice(office.alice, office.client, sent=False),
        papers.quote(office.alice, office.client),
        papers.credit(office.alice, office.client),
    ]
    who, answer = (office.dora, 404) if member == "dora" else (office.carol, 403)
    office.carol.permissions = "view_client,view_product"
    office.carol.save()
    browser = office.browser(who)
    for document in documents:
        for path in PATHS:
            assert browser.get(at(document, *([path] if path else []))).status_code == answer, path
        for path in POSTS:
            assert browser.post(at(document, path), {"notes": "x"}).status_code == answer, path
        document.refresh_from_db()
        assert document.archived_at is None


def test_an_own_invoice_is_seen_among_others(office: Office) -> None:
    papers.invoice(office.alice, office.client)
    mine = papers.invoice(office.carol, office.client)
    office.carol.permissions = ""
    office.carol.save()
    browser = office.browser(office.carol)
    assert [row.label for row in browser.get("/invoices").context["list"].table.rows] == [mine.number]
    assert browser.get(at(mine)).status_code == 200
