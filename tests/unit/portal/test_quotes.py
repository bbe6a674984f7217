"""Clients approve quotes or turn them down (features: Quotes; contract rules 15, decision R4)."""

from __future__ import annotations

import base64
import io
from typing import Any

import time_machine
from django.test import Client as Browser
from PIL import Image

from comptoir.activity.models import Activity
from comptoir.sales.invoices.models import Invoice
from comptoir.sales.quotes.models import Quote, Status
from comptoir.sales.quotes.operations import approve_quote

from .conftest import ON, House, address, enter, figures, text, told


def approve(house: House, quote: Quote, browser: Browser | None = None, **sent: str) -> Any:
    return (browser or enter(house.anna)).post(address(quote, "quotes") + "/approval", sent)


def refused(house: House, quote: Quote, **sent: str) -> str:
    """What the page says; and nothing has moved."""
    browser = enter(house.anna)
    browser.get(address(quote, "quotes"))
    before = figures()
    answer = approve(house, quote, browser, **sent)
    assert (answer.status_code, figures()) == (422, before)
    return text(answer)


def test_approved_it_becomes_an_invoice_that_is_issued_at_once(house: House) -> None:
    quote = house.quote()
    answer = approve(house, quote)
    quote.refresh_from_db()
    invoice = Invoice.objects.get()
    assert answer.url == address(invoice) + "?done=invoiced"
    assert (quote.status_id, quote.invoice_id) == (Status.CONVERTED, invoice.pk)
    assert (invoice.status_id, invoice.amount, invoice.balance) == (2, 200, 200)
    assert invoice.user_id == quote.user_id == house.staff.pk
    approved = Activity.objects.get(fact="QuoteApproved")
    assert (approved.actor_kind, approved.actor_id, approved.ip) == ("contact", house.anna.pk, "127.0.0.1")
    assert quote.approval["by"] == "Anna X"
    assert quote.approval["ip"] == "127.0.0.1"


def test_without_the_setting_it_is_approved_and_no_more(house: House) -> None:
    house.wishes(auto_convert_quote=False)
    quote = house.quote()
    browser = enter(house.anna)
    assert approve(house, quote, browser).url == address(quote, "quotes") + "?done=approved"
    quote.refresh_from_db()
    assert (quote.status_id, Invoice.objects.count()) == (Status.APPROVED, 0)
    page = text(browser.get(address(quote, "quotes")))
    assert "Approved by Anna X" in page and "Approve this quote" not in page


def test_the_link_of_the_quote_goes_on_to_its_invoice_and_no_other(house: House) -> None:
    quote, other = house.quote(), house.invoice()
    browser = Browser()
    browser.get(f"/client/quote/{house.key(quote, house.anna)}")
    page = approve(house, quote, browser).url
    assert browser.get(page).status_code == 200
    assert browser.get(address(other)).url == "/client/more"
    assert "See the invoice" in text(browser.get(address(quote, "quotes")))


def test_turned_down_it_says_why(house: House) -> None:
    quote = house.quote()
    browser = enter(house.anna)
    answer = browser.post(address(quote, "quotes") + "/refusal", {"reason": "Too dear"})
    assert answer.url == address(quote, "quotes") + "?done=rejected"
    quote.refresh_from_db()
    assert (quote.status_id, quote.approval["reason"]) == (Status.REJECTED, "Too dear")
    assert told()[-1] == "QuoteRejected"
    assert "Turned down by Anna X" in text(browser.get(address(quote, "quotes")))


def test_an_answer_is_given_once(house: House) -> None:
    quote = house.quote()
    approve_quote(quote, by=house.alice, on=ON)
    assert "already been answered" in refused(house, quote)
    browser, before = enter(house.anna), figures()
    assert browser.post(address(quote, "quotes") + "/refusal").status_code == 422
    assert figures() == before


def test_an_expired_quote_is_approved_no_more(house: House) -> None:
    quote = house.quote(due_date=ON)
    with time_machine.travel("2026-04-01T12:00:00Z", tick=False):
        assert "has expired" in refused(house, quote)
        assert "It was valid until" in text(enter(house.anna).get(address(quote, "quotes")))


def test_another_clients_quote_cannot_be_answered(house: House) -> None:
    quote = house.quote(house.marchand)
    browser = enter(house.anna)
    before = figures()
    for answer in ("approval", "refusal"):
        assert browser.post(f"{address(quote, 'quotes')}/{answer}").status_code == 404
    assert figures() == before


def test_terms_are_ticked_where_the_company_wants_it(house: House) -> None:
    house.wishes(show_accept_quote_terms=True)
    quote = house.quote()
    assert "Please accept the terms." in refused(house, quote)
    assert approve(house, quote, terms="1").status_code == 302
    quote.refresh_from_db()
    assert quote.approval["accepted_terms"] is True


def test_a_signature_is_a_name_or_a_drawing(house: House) -> None:
    house.wishes(require_quote_signature=True, auto_convert_quote=False)
    quote, drawn = house.quote(), house.quote()
    assert "Sign with your name" in refused(house, quote)
    approve(house, quote, signature="Anna Xavier")
    quote.refresh_from_db()
    assert (quote.approval["name"], "signature" in quote.approval) == ("Anna Xavier", False)
    approve(house, drawn, drawing=_picture())
    drawn.refresh_from_db()
    assert drawn.approval["signature"] == _picture()


def test_what_is_no_drawing_is_no_signature(house: House) -> None:
    house.wishes(require_quote_signature=True)
    quote = house.quote()
    for drawing in ("<svg>", "data:image/png;base64,AAAA", "data:image/png;base64,%%%", "x" * 300_000):
        assert "Sign with your name" in refused(house, quote, drawing=drawing)


def test_the_only_script_is_that_of_the_signature(house: House) -> None:
    quote = house.quote()
    assert "<script" not in enter(house.anna).get(address(quote, "quotes")).content.decode()
    house.wishes(require_quote_signature=True)
    page = enter(house.anna).get(address(quote, "quotes")).content.decode()
    assert page.count("<script") == 1 and "portal/signature" in page


def test_an_order_number_is_asked_and_printed_on_the_invoice(house: House) -> None:
    house.wishes(accept_client_input_quote_approval=True)
    quote = house.quote()
    approve(house, quote, po_number=" PO-77 ")
    assert Invoice.objects.get().po_number == "PO-77"


def test_an_order_number_that_nobody_asked_for_is_not_taken(house: House) -> None:
    quote = house.quote(po_number="OURS")
    approve(house, quote, po_number="PO-77")
    assert Invoice.objects.get().po_number == "OURS"


def _picture() -> str:
    stream = io.BytesIO()
    Image.new("RGBA", (20, 10)).save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
