"""The editor of invoices, quotes and credits: what it makes, counts, refuses; drafts that save themselves."""

from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest

from comptoir.activity.models import Activity
from comptoir.catalogue.operations import create_tax_rate
from comptoir.clients.operations import create_client, update_client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids
from comptoir.preferences.operations import update_company
from comptoir.sales.credits.models import Credit
from comptoir.sales.invoices.models import Invoice, Status
from comptoir.sales.invoices.operations import update_invoice
from comptoir.sales.quotes.models import Quote
from comptoir.tenancy.scope import acting_for
from tests.unit.office import papers
from tests.unit.office.conftest import ON, Office
from tests.unit.office.reading import faults, text, toasts


def bill(office: Office, **more: str) -> dict[str, str]:
    """A filled form: two lines at 20 %, ten percent off."""
    return {
        "client_id": ids.encode(office.client.pk),
        "date": ON.isoformat(),
        "due_date": "2026-12-24",
        "discount": "10",
        "is_amount_discount": "percent",
        "line_items.0.product_key": "Consulting",
        "line_items.0.notes": "A day",
        "line_items.0.cost": "3*12.5",
        "line_items.0.quantity": "2",
        "line_items.0.tax1": "20|VAT",
        "line_items.1.product_key": "",
        "line_items.1.quantity": "1",
        "line_items.2.product_key": "Travel",
        "line_items.2.cost": "25",
        "line_items.2.quantity": "",
        "line_items.2.tax1": "20|VAT",
        **more,
    }


def at(invoice: Invoice, name: str = "edit") -> str:
    return f"/invoices/{ids.encode(invoice.pk)}/{name}"


def form_of(office: Office, url: str) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    context = office.browser().get(url).context
    values = {
        key: value for key, value in context["form"].values.items() if key not in ("line_items", "contacts")
    }
    for cells, hidden, _total in context["lines"].body():
        values |= {cell.name: cell.value for place in cells for cell in place}
        values |= {name: value for _key, name, value in hidden}
    return {key: "" if value is None else value for key, value in values.items()}


def test_an_invoice_is_drafted_and_counted(office: Office) -> None:
    answer = office.browser().post("/invoices/new", bill(office), follow=True)
    made = Invoice.objects.get()
    assert answer.redirect_chain == [(f"/invoices/{ids.encode(made.pk)}", 302)]
    assert toasts(answer) == ["The invoice is saved."]
    assert [(one.product_key, one.cost, one.quantity) for one in made.lines] == [
        ("Consulting", Decimal("37.5"), 2),
        ("Travel", 25, 1),
    ]
    assert (made.amount, made.total_taxes, made.status_id) == (Decimal("108"), 18, Status.DRAFT)


def test_a_new_form_is_filled_for_its_client(office: Office) -> None:
    fields = {
        "name": "Full",
        "public_notes": "Ring twice",
        "settings": {"payment_terms": "14", "currency_id": "1"},
    }
    client = create_client(fields, by=office.alice.actor(), on=ON)
    context = office.browser().get(f"/invoices/new?client={ids.encode(client.pk)}").context
    values = context["form"].values
    assert (values["public_notes"], values["due_date"].isoformat()) == ("Ring twice", "2026-12-08")
    assert (context["picked"][0].label, context["currency"].code) == ("Full", "USD")


def test_faults_are_all_said_at_once_and_nothing_is_made(office: Office) -> None:
    wrong = bill(office, client_id="", date="soon", discount="much") | {"line_items.2.cost": "dear"}
    answer = office.browser().post("/invoices/new", wrong)
    assert answer.status_code == 422
    assert faults(answer) == {
        "client_id": ["Choose a client."],
        "date": ["This is not a date."],
        "discount": ["This is not a number."],
        "line_items.2.cost": ["This is not a number."],
    }
    assert 'value="3*12.5"' in answer.content.decode()
    assert not Invoice.objects.exists()


def test_a_tax_that_is_none_is_a_fault(office: Office) -> None:
    answer = office.browser().post("/invoices/new", bill(office) | {"line_items.0.tax1": "lots|VAT"})
    assert faults(answer) == {"line_items.0.tax1": ["Choose a tax."]}
    assert not Invoice.objects.exists()


def test_a_refusal_of_the_domain_stands_at_the_line_of_the_form(office: Office) -> None:
    answer = office.browser().post("/invoices/new", bill(office) | {"line_items.2.cost": "9" * 14})
    assert answer.status_code == 422
    assert faults(answer).keys() == {"line_items.2.cost"}
    assert not Invoice.objects.exists()


def test_the_people_ticked_are_invited(office: Office) -> None:
    people = [{"first_name": "Ann", "email": "a@x.example"}, {"first_name": "Ben", "email": "b@x.example"}]
    client = create_client({"name": "Two", "contacts": people}, by=office.alice.actor(), on=ON)
    ben = client.contacts.get(first_name="Ben")
    sent = bill(office, client_id=ids.encode(client.pk), with_contacts="1", contacts=ids.encode(ben.pk))
    office.browser().post("/invoices/new", sent)
    assert [one.contact for one in Invoice.objects.get().invitations.all()] == [ben]


def test_save_and_send_mails_everybody_invited(office: Office) -> None:
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    sent = bill(office, client_id=ids.encode(client.pk), then="send")
    answer = office.browser().post("/invoices/new", sent, follow=True)
    assert toasts(answer) == ["The invoice is saved.", "On its way by e-mail."]
    assert [mail.recipient for mail in MailDelivery.objects.all()] == ["zoe@zinc.example"]
    assert Invoice.objects.get().status_id == Status.SENT


def test_what_cannot_be_sent_is_not_saved_and_says_why(office: Office) -> None:
    """Save and send is one: a form that came back has left nothing behind, not even a number."""
    answer = office.browser().post("/invoices/new", bill(office, then="send"))
    assert (answer.status_code, faults(answer)) == (
        422,
        {"contacts": ["None of the contacts has an e-mail address."]},
    )
    assert "<span>None of the contacts has an e-mail address.</span>" in answer.content.decode()
    assert (Invoice.objects.count(), MailDelivery.objects.count()) == (0, 0)
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    office.browser().post("/invoices/new", bill(office, client_id=ids.encode(client.pk), then="send"))
    assert Invoice.objects.get().number == "0001"


def test_a_saved_draft_that_cannot_be_sent_keeps_what_it_said(office: Office) -> None:
    made = papers.invoice(office.alice, office.client, sent=False, po_number="PO 7")
    told = Activity.objects.count()
    answer = office.browser().post(at(made), bill(office, po_number="PO 8", then="send"))
    made.refresh_from_db()
    assert (answer.status_code, made.po_number, made.amount, made.status_id) == (
        422, "PO 7", 100, Status.DRAFT,
    )  # fmt: skip
    assert Activity.objects.count() == told
    assert answer.context["form"].values["po_number"] == "PO 8"


def test_a_crash_while_sending_leaves_nothing_saved(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    monkeypatch.setattr("comptoir.delivery.documents.sending._queue", Mock(side_effect=OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        office.browser().post("/invoices/new", bill(office, client_id=ids.encode(client.pk), then="send"))
    assert (Invoice.objects.count(), MailDelivery.objects.count()) == (0, 0)


def test_who_may_send_no_mail_saves_only(office: Office) -> None:
    office.carol.permissions = "view_client,create_invoice,disable_emails"
    office.carol.save()
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example")
    sent = bill(office, client_id=ids.encode(client.pk), then="send")
    office.browser(office.carol).post("/invoices/new", sent)
    assert (Invoice.objects.get().status_id, MailDelivery.objects.count()) == (Status.DRAFT, 0)


def test_a_draft_sent_back_unchanged_stays_what_it_is(office: Office) -> None:
    lines = [
        papers.line(
            "80",
            "0.5",
            tax_name1="VAT",
            tax_rate1=Decimal("5.5"),
            discount=Decimal(3),
            unit_code="HUR",
            custom_value1="kept",
            tax_name2="Eco",
            tax_rate2=Decimal(1),
        ),
    ]
    made = papers.invoice(office.alice, office.client, *lines, sent=False, po_number="PO 7", terms="Soon")
    before = Invoice.objects.values().get(pk=made.pk)
    assert office.browser().post(at(made), form_of(office, at(made))).status_code == 302
    after = Invoice.objects.values().get(pk=made.pk)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_a_sent_invoice_is_locked_where_the_law_says_so(office: Office) -> None:
    made = papers.invoice(office.alice, office.client)
    answer = office.browser().get(at(made), follow=True)
    assert toasts(answer) == ["A sent invoice is locked: cancel it, or correct it by a credit note."]
    office.browser().post(at(made), bill(office))
    made.refresh_from_db()
    assert made.amount == 100


def test_two_people_at_one_draft_see_both_versions(office: Office) -> None:
    made = papers.invoice(office.alice, office.client, sent=False)
    mine = form_of(office, at(made)) | {"po_number": "MINE"}
    theirs = {"po_number": "THEIRS", "line_items": [papers.line("7")]}
    update_invoice(made, theirs, by=office.carol.actor(), on=ON)
    answer = office.browser().post(at(made), mine)
    assert answer.status_code == 409
    differences = answer.context["conflict"].differences
    assert ("Order number", "THEIRS", "MINE") in differences
    assert ("Lines", "Consulting 1 × 7", "Consulting 1 × 100") in differences
    made.refresh_from_db()
    assert (made.po_number, made.amount) == ("THEIRS", 7)
    office.browser().post(at(made), mine | {"version": answer.context["form"].values["version"]})
    made.refresh_from_db()
    assert (made.po_number, made.amount) == ("MINE", 100)


def test_a_draft_saves_itself_and_tells_its_new_version(office: Office) -> None:
    made = papers.invoice(office.alice, office.client, sent=False)
    first = form_of(office, at(made)) | {"po_number": "A"}
    answer = office.browser().post(at(made, "autosave"), first)
    assert answer.status_code == 204
    second = first | {"po_number": "B", "version": answer.headers["X-Version"]}
    assert office.browser().post(at(made), second).status_code == 302
    made.refresh_from_db()
    assert made.po_number == "B"


def test_what_cannot_be_kept_yet_is_not_saved_by_itself(office: Office) -> None:
    made = papers.invoice(office.alice, office.client, sent=False)
    browser, typed = office.browser(), form_of(office, at(made))
    assert browser.post(at(made, "autosave"), typed | {"line_items.0.cost": "12*"}).status_code == 422
    assert browser.post(at(made, "autosave"), typed | {"version": "old"}).status_code == 409
    sent = papers.invoice(office.alice, office.client)
    assert browser.post(at(sent, "autosave"), typed).status_code == 409
    for one in (made, sent):
        one.refresh_from_db()
        assert one.amount == 100


def test_totals_are_counted_while_somebody_types(office: Office) -> None:
    sums = office.browser().post("/invoices/totals", bill(office)).context["sums"]
    shown = text(office.browser().post("/invoices/totals", bill(office)))
    assert shown == "Subtotal €100.00 Discount -€10.00 VAT 20% €18.00 Total €108.00"
    assert sums["lines"] == ["€75.00", "€25.00"]
    assert not Invoice.objects.exists()


def test_half_a_sum_is_no_total(office: Office) -> None:
    shown = text(office.browser().post("/invoices/totals", bill(office) | {"line_items.0.cost": "12*"}))
    assert shown == "This is not a number."


def test_an_exempt_client_pays_no_tax(office: Office) -> None:
    update_client(office.client, {"is_tax_exempt": True}, by=office.alice.actor(), on=ON)
    shown = text(office.browser().post("/invoices/totals", bill(office)))
    assert shown == "Subtotal €100.00 Discount -€10.00 Total €90.00"


def test_the_preview_is_a_picture(office: Office) -> None:
    answer = office.browser().post("/invoices/preview", bill(office))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.content[:4] == b"RIFF"
    assert not Invoice.objects.exists()


def test_picking_a_client_brings_people_and_words(office: Office) -> None:
    client = papers.client(office.alice, "Zinc", "zoe@zinc.example", public_notes="Ring twice")
    sent = {"client_id": ids.encode(client.pk), "due_date": "", "terms": "Typed already"}
    answer = office.browser().post("/invoices/contacts", sent)
    said = text(answer)
    assert "zoe@zinc.example" in said and "Ring twice" in said and "Typed already" in said


def test_a_copy_begins_with_the_lines_of_its_source(office: Office) -> None:
    made = papers.invoice(office.alice, office.client, papers.line("80", "2"), po_number="PO 7")
    for url in ("/invoices/new", "/quotes/new", "/credits/new"):
        form = form_of(office, f"{url}?copy=invoice-{ids.encode(made.pk)}")
        assert (form["line_items.0.cost"], form["line_items.0.quantity"], form["po_number"]) == (
            "80",
            "2",
            "PO 7",
        )
        assert (form["client_id"], form["date"], form.get("number")) == (
            ids.encode(office.client.pk),
            ON,
            None,
        )
    assert Invoice.objects.count() == 1


def test_the_fee_of_a_payment_stays_behind_in_a_copy_and_is_taken_back_by_a_credit_note(
    office: Office,
) -> None:
    fee = papers.line("3", type_id="4")
    made = papers.invoice(office.alice, office.client, papers.line("80", "2"), fee)
    key = ids.encode(made.pk)
    for url, costs in (
        (f"/invoices/new?copy=invoice-{key}", ["80"]),
        (f"/credits/new?corrects={key}", ["80", "3"]),
    ):
        form = form_of(office, url)
        assert [form[name] for name in sorted(form) if name.endswith(".cost")] == costs


def test_a_credit_note_names_the_invoice_that_it_corrects(office: Office) -> None:
    made = papers.invoice(office.alice, office.client)
    url = f"/credits/new?corrects={ids.encode(made.pk)}"
    assert office.browser().post(url, form_of(office, url)).status_code == 302
    credit = Credit.objects.get()
    assert (credit.invoice, credit.amount) == (made, 100)


def test_a_quote_is_made_by_its_own_form(office: Office) -> None:
    office.browser().post("/quotes/new", bill(office))
    quote = Quote.objects.get()
    assert (quote.amount, quote.due_date.isoformat() if quote.due_date else "") == (108, "2026-12-24")


def test_the_company_decides_on_the_columns(office: Office) -> None:
    def heads() -> list[str]:
        return [column.label for column in office.browser().get("/invoices/new").context["lines"].heads]

    assert heads() == ["Item", "Unit price", "Quantity"]
    create_tax_rate({"name": "VAT", "rate": Decimal(20)}, by=office.alice.actor(), on=ON)
    update_company(office.company, {"enable_product_discount": True}, by=office.alice.actor(), on=ON)
    assert heads() == ["Item", "Unit price", "Quantity", "Discount", "Tax"]


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits"])
def test_who_may_not_create_gets_no_form(office: Office, kind: str) -> None:
    office.carol.permissions = "view_client"
    office.carol.save()
    browser = office.browser(office.carol)
    assert browser.get(f"/{kind}/new").status_code == 403
    assert browser.post(f"/{kind}/new", bill(office)).status_code == 403
    assert not Invoice.objects.exists()


def test_a_client_of_another_company_cannot_be_billed(office: Office) -> None:
    with acting_for(office.dora.company):
        diner = papers.client(office.dora, "Diner")
    answer = office.browser().post("/invoices/new", bill(office, client_id=ids.encode(diner.pk)))
    assert faults(answer) == {"client_id": ["Choose a client."]}
    assert not Invoice.everywhere.exists()
