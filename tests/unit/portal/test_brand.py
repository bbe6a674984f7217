"""The company's look and words, and the contact's language."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from django.test import Client as Browser
from PIL import Image

from comptoir.clients.operations import update_client
from comptoir.files.logos import set_logo

from .conftest import ON, House, address, enter, text


def test_the_colour_and_the_own_style_sheet_come_as_a_route(house: House) -> None:
    house.wishes(primary_color="#aa3300", portal_custom_css=".panel{border:0}")
    page = enter(house.anna).get("/client/").content.decode()
    url = page.partition('href="/client/brand.css')[2].partition('"')[0].replace("&amp;", "&")
    answer = Browser().get("/client/brand.css" + url)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "--color-primary:#aa3300" in answer.content.decode()
    assert answer.content.decode().endswith(".panel{border:0}")
    assert Browser().get("/client/brand.css", {"company": "unknown"}).status_code == 404


def test_a_client_with_a_colour_of_its_own_sees_it(house: House) -> None:
    update_client(house.verger, {"settings": {"primary_color": "#006644"}}, by=house.alice, on=ON)
    answer = enter(house.anna).get("/client/brand.css", {"company": house.company.company_key})
    assert "#006644" in answer.content.decode()


def test_the_logo_stands_at_the_top(house: House) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (60, 20), "red").save(stream, "PNG")
    assert Browser().get("/client/logo", {"company": house.company.company_key}).status_code == 404
    set_logo(house.company, ContentFile(stream.getvalue(), name="logo.png"), "x", by=house.alice, on=ON)
    page = enter(house.anna).get("/client/").content.decode()
    assert 'class="logo" src="/client/logo?company=' in page
    logo = Browser().get("/client/logo", {"company": house.company.company_key})
    assert (logo.headers["Content-Type"], logo.getvalue()[:4]) == ("image/png", b"\x89PNG")


def test_own_words_are_shown_clean(house: House) -> None:
    house.wishes(
        portal_custom_head="<b>Closed in August</b><script>alert(1)</script>",
        portal_custom_footer="<i onclick='x()'>Call us</i>",
        portal_custom_js="alert(2)",
        custom_message_dashboard="Dear $contact.first_name, welcome.",
    )
    page = enter(house.anna).get("/client/").content.decode()
    assert "<b>Closed in August</b>" in page and "<i>Call us</i>" in page
    assert "Dear Anna, welcome." in page
    assert "alert(" not in page and "onclick" not in page


def test_messages_stand_on_what_is_unpaid_paid_or_unapproved(house: House) -> None:
    house.wishes(
        custom_message_unpaid_invoice="Please pay $number.",
        custom_message_unapproved_quote="Say yes to $number.",
    )
    invoice, quote = house.invoice(), house.quote()
    browser = enter(house.anna)
    assert f"Please pay {invoice.number}." in text(browser.get(address(invoice)))
    assert f"Say yes to {quote.number}." in text(browser.get(address(quote, "quotes")))


def test_the_contacts_language_comes_before_the_clients(house: House) -> None:
    update_client(house.verger, {"settings": {"language_id": "4"}}, by=house.alice, on=ON)
    invoice = house.invoice()
    browser = enter(house.ben)
    page = browser.get(address(invoice))
    assert '<html lang="fr"' in page.content.decode()
    assert "200,00\N{NO-BREAK SPACE}€" in page.content.decode() and "2 mars 2026" in text(page)
    ben = house.ben
    ben.language_id = "1"
    ben.save()
    english = browser.get(address(invoice))
    assert '<html lang="en"' in english.content.decode() and "Mar 2, 2026" in text(english)


def test_a_page_is_whole_in_one_language_and_its_figures_are_the_contacts(house: House) -> None:
    update_client(house.verger, {"settings": {"language_id": "7"}}, by=house.alice, on=ON)  # Spanish
    page = enter(house.anna).get(address(house.invoice()))
    assert '<html lang="en"' in page.content.decode()
    assert "Vencimiento" not in text(page)
    assert "200,00\N{NO-BREAK SPACE}€" in page.content.decode()


def test_the_date_format_of_the_client_holds(house: House) -> None:
    update_client(house.verger, {"settings": {"date_format_id": "5"}}, by=house.alice, on=ON)
    house.invoice(due_date=ON)
    assert "since" not in text(enter(house.anna).get("/client/invoices"))
    assert "2026" in text(enter(house.anna).get("/client/invoices"))


def test_an_overview_shows_the_latest_where_the_company_wishes_one(house: House) -> None:
    house.invoice()
    assert "Latest invoices" not in text(enter(house.anna).get("/client/"))
    house.wishes(enable_client_portal_dashboard=True)
    assert "Latest invoices" in text(enter(house.anna).get("/client/dashboard"))
