"""What a client is asked before paying: terms, a signature, and what the gateway wants to know."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from PIL import Image

from comptoir.activity.models import Activity
from comptoir.collecting.agreeing import signature_of
from comptoir.collecting.models import Agreement, Attempt
from comptoir.delivery.documents import facts_of, pdf_of
from comptoir.delivery.pdf.composition import compose
from comptoir.gateways.models import CompanyGateway
from comptoir.gateways.operations import update_gateway
from comptoir.kernel import ids
from comptoir.office.documents.signatures import proofs
from comptoir.portal.models import OneTimeKey
from comptoir.sales.invoices.models import Invoice
from tests import stripe_double
from tests.unit.portal.conftest import ON, House, enter, last_activity, stripe_gateway, text, told
from tests.unit.portal.test_own_money import credit
from tests.unit.portal.test_paying import PAY, START, next_url, settings, way


@pytest.fixture
def gateway(house: House, stripe: stripe_double.Desk) -> CompanyGateway:
    return stripe_gateway(house)


def picture() -> str:
    content = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(content, "PNG")
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()


def form(invoice: Invoice, gateway: CompanyGateway, **more: str) -> dict[str, str]:
    return {"invoice": ids.encode(invoice.pk), "way": way(gateway), **more}


def test_the_terms_of_the_invoice_are_accepted_and_kept(house: House, gateway: CompanyGateway) -> None:
    settings(house, show_accept_invoice_terms=True, invoice_terms="Ninety days.")
    browser, invoice = enter(house.anna), house.invoice(terms="Thirty days.")
    page = text(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}"))
    assert ("Thirty days." in page, "Ninety days." in page) == (True, False)
    refused = browser.post(START, form(invoice, gateway))
    assert (refused.status_code, "Please accept the terms." in text(refused)) == (422, True)
    assert (Agreement.objects.count(), Attempt.objects.count()) == (0, 0)
    assert browser.post(START, form(invoice, gateway, terms="1")).status_code == 200
    kept = Agreement.objects.get()
    assert (kept.invoice_id, kept.terms, kept.by, kept.name, kept.drawing) == (
        invoice.pk, "Thirty days.", "Anna X", "", "",
    )  # fmt: skip
    assert (kept.contact_id, kept.ip) == (house.anna.pk, "127.0.0.1")
    assert "TermsAccepted" in told()
    assert signature_of(invoice) is None


def test_without_any_terms_there_is_nothing_to_accept(house: House, gateway: CompanyGateway) -> None:
    settings(house, show_accept_invoice_terms=True)
    browser, invoice = enter(house.anna), house.invoice()
    assert 'name="terms"' not in browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}").content.decode()
    assert browser.post(START, form(invoice, gateway)).status_code == 200
    assert not Agreement.objects.exists()


def test_a_signature_is_wanted_kept_and_told(house: House, gateway: CompanyGateway) -> None:
    settings(house, require_invoice_signature=True)
    browser, invoice = enter(house.anna), house.invoice()
    page = browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}").content.decode()
    assert 'name="signature"' in page
    assert "portal/signature" in page
    refused = browser.post(START, form(invoice, gateway, drawing="data:image/png;base64,AAAA"))
    assert refused.status_code == 422
    assert "Sign with your name, or draw your signature." in text(refused)
    assert not Attempt.objects.exists()
    browser.post(START, form(invoice, gateway, signature=" Anna Verger ", drawing=picture()))
    kept = signature_of(invoice)
    assert kept is not None
    assert (kept.name, kept.drawing, kept.terms) == ("Anna Verger", picture(), "")
    said = Activity.objects.get(fact="InvoiceSigned")
    assert (said.subject_id, said.actor_id, said.ip) == (invoice.pk, house.anna.pk, "127.0.0.1")


def test_what_is_settled_without_a_gateway_is_signed_too(house: House) -> None:
    settings(house, require_invoice_signature=True, use_credits_payment="always")
    credit(house, "200")
    invoice = house.invoice()
    sent = {"invoice": ids.encode(invoice.pk), "own.shown": "200"}
    browser = enter(house.anna)
    assert browser.post(START, sent).status_code == 422
    assert not Agreement.objects.exists()
    assert browser.post(START, {**sent, "signature": "Anna"}).status_code == 302
    assert Agreement.objects.get().name == "Anna"


def wants(house: House, gateway: CompanyGateway, **flags: bool) -> None:
    update_gateway(gateway, {"always_show_required_fields": False, **flags}, by=house.alice, on=ON)


def names(page: Any) -> list[str]:
    content = page.content.decode()
    found = [one.split('"')[0] for one in content.split('name="details.')[1:]]
    return list(dict.fromkeys(found))


def test_the_address_is_asked_for_and_kept_before_the_client_is_sent_on(
    house: House, gateway: CompanyGateway, stripe: stripe_double.Desk
) -> None:
    wants(house, gateway, require_billing_address=True, require_client_phone=True)
    browser, invoice = enter(house.anna), house.invoice()
    page = browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}")
    assert names(page) == ["phone", "address1", "postal_code", "city"]
    refused = browser.post(START, form(invoice, gateway, **{"details.city": "Lyon"}))
    assert refused.status_code == 422
    assert text(refused).count("Please fill this in.") == 2
    assert 'value="Lyon"' in refused.content.decode()
    house.verger.refresh_from_db()
    assert (house.verger.city, Attempt.objects.count(), stripe.seen) == ("", 0, [])
    typed = {
        "details.phone": "+33 4 00 00 00 00", "details.address1": "1 rue du Port",
        "details.postal_code": "69001", "details.city": "Lyon",
    }  # fmt: skip
    next_url(browser.post(START, form(invoice, gateway, **typed)))
    house.verger.refresh_from_db()
    client = house.verger
    assert (client.phone, client.address1, client.postal_code, client.city) == tuple(typed.values())
    assert "ClientUpdated" in told()
    assert last_activity().fact == "PayingStarted"
    assert names(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}")) == []


def test_goods_go_to_the_billing_address_with_one_tick(house: House, gateway: CompanyGateway) -> None:
    wants(house, gateway, require_billing_address=True, require_shipping_address=True)
    typed = {
        "details.address1": "1 rue du Port", "details.postal_code": "69001", "details.city": "Lyon",
        "details.same_address": "1",
    }  # fmt: skip
    next_url(enter(house.anna).post(START, form(house.invoice(), gateway, **typed)))
    house.verger.refresh_from_db()
    client = house.verger
    assert (client.shipping_address1, client.shipping_city, client.shipping_country_id) == (
        "1 rue du Port", "Lyon", client.country_id,
    )  # fmt: skip


def test_names_custom_values_and_an_unconfirmed_address(house: House, gateway: CompanyGateway) -> None:
    house.switch(custom_fields={"client1": "Member number|single_line_text"})
    wants(
        house, gateway, require_contact_name=True, require_contact_email=True, require_custom_value1=True,
        require_custom_value2=True, require_client_name=True, require_postal_code=True,
    )  # fmt: skip
    invoice, anna = house.invoice(), house.anna
    type(anna).objects.filter(pk=anna.pk).update(last_name="", email="")
    browser = enter(type(anna).objects.get(pk=anna.pk))
    page = browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}")
    assert names(page) == ["last_name", "email", "postal_code", "custom_value1"]
    assert "Member number" in text(page)
    typed = {"details.last_name": "Verger", "details.postal_code": "1", "details.custom_value1": "M-7"}
    bad = browser.post(START, form(invoice, gateway, **typed, **{"details.email": "no"}))
    assert "This is not an e-mail address." in text(bad)
    house.verger.refresh_from_db()
    assert house.verger.custom_value1 == ""
    next_url(browser.post(START, form(invoice, gateway, **typed, **{"details.email": "anna@new.example"})))
    anna = type(anna).objects.get(pk=anna.pk)
    house.verger.refresh_from_db()
    assert (anna.last_name, anna.email, house.verger.custom_value1) == ("Verger", "", "M-7")
    assert OneTimeKey.objects.get(contact=anna).email == "anna@new.example"


def test_what_is_known_is_shown_again_only_where_it_may_be_changed(
    house: House, gateway: CompanyGateway
) -> None:
    update_gateway(gateway, {"require_client_name": True}, by=house.alice, on=ON)
    settings(house, enable_client_profile_update=True)
    browser, invoice = enter(house.anna), house.invoice()
    assert names(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}")) == ["name"]
    next_url(browser.post(START, form(invoice, gateway, **{"details.name": "Verger SARL"})))
    house.verger.refresh_from_db()
    assert house.verger.name == "Verger SARL"
    settings(house, enable_client_profile_update=False)
    assert names(browser.get(f"{PAY}?invoice={ids.encode(invoice.pk)}")) == []
    next_url(browser.post(START, form(invoice, gateway, **{"details.name": "Another"})))
    house.verger.refresh_from_db()
    assert house.verger.name == "Verger SARL"


def signed_page(document: Any) -> Any:
    return compose(facts_of(type(document).objects.get(pk=document.pk)))


@time_machine.travel(datetime(2026, 3, 2, 13, 20, tzinfo=UTC), tick=False)
def test_the_signature_is_printed_where_the_setting_wants_it_and_the_office_shows_it(
    house: House, gateway: CompanyGateway
) -> None:
    settings(house, require_invoice_signature=True, show_accept_invoice_terms=True, invoice_terms="Soon.")
    invoice = house.invoice()
    sent = form(invoice, gateway, signature="Anna Verger", drawing=picture(), terms="1")
    enter(house.anna).post(START, sent)
    assert signed_page(invoice).signature is None
    settings(house, signature_on_pdf=True)
    paper = signed_page(invoice)
    assert (paper.signature.title, paper.signature.name) == ("Signed by", "Anna Verger")
    assert paper.signature.sentence == "on Mar 2, 2026 at 13:20, from 127.0.0.1"
    assert paper.assets["signature"] == base64.b64decode(picture().partition(",")[2])
    assert pdf_of(Invoice.objects.get(pk=invoice.pk), house.anna).startswith(b"%PDF")
    details = {one.label: one.value for one in proofs(invoice)}
    assert details["Signed by"] == details["Terms accepted by"].replace("Anna X", "Anna Verger")
    assert details["Signed by"].endswith(" · 127.0.0.1")
    assert picture() in details["Signature"]


@time_machine.travel(datetime(2026, 3, 2, 13, 20, tzinfo=UTC), tick=False)
def test_a_signed_quote_says_so_and_its_order_number_goes_to_the_invoice(house: House) -> None:
    settings(
        house, require_quote_signature=True, signature_on_pdf=True, auto_convert_quote=True,
        accept_client_input_quote_approval=True,
    )  # fmt: skip
    quote = house.quote()
    assert signed_page(quote).signature is None
    address = f"/client/quotes/{ids.encode(quote.pk)}/approval"
    browser = enter(house.anna)
    assert browser.post(address, {"po_number": "PO-7"}).status_code == 422
    browser.post(address, {"po_number": "PO-7", "signature": "Anna Verger"})
    quote.refresh_from_db()
    assert (quote.po_number, quote.invoice.po_number) == ("PO-7", "PO-7")
    paper = signed_page(quote)
    assert (paper.signature.name, paper.signature.picture) == ("Anna Verger", "")
    assert paper.signature.sentence == "on Mar 2, 2026 at 13:20, from 127.0.0.1"
    assert [one.label for one in proofs(quote)] == ["Signed by"]
    assert signed_page(quote.invoice).signature is None


def test_everything_that_is_wrong_is_said_at_once(house: House, gateway: CompanyGateway) -> None:
    settings(
        house, require_invoice_signature=True, show_accept_invoice_terms=True, invoice_terms="Soon.",
        client_portal_allow_under_payment=True, client_portal_under_payment_minimum=20,
    )  # fmt: skip
    wants(house, gateway, require_client_phone=True)
    invoice = house.invoice()
    answer = enter(house.anna).post(
        START, form(invoice, gateway, **{f"amount.{ids.encode(invoice.pk)}": "5"})
    )
    page = text(answer)
    assert answer.status_code == 422
    for sentence in (
        "Something is missing or cannot be: it is marked below.",
        "Please pay at least €20.00.",
        "Please fill this in.",
        "Please accept the terms.",
        "Sign with your name, or draw your signature.",
    ):
        assert sentence in page
    assert (Attempt.objects.count(), Agreement.objects.count()) == (0, 0)
