"""Tax rates, payment terms, custom fields, modules, the logo and the test message."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.catalogue.models import PaymentTerm, TaxRate
from comptoir.kernel import ids
from comptoir.office.settings.letters import POLICY

from .conftest import Office


def test_a_tax_rate_is_added_changed_and_archived(office: Office) -> None:
    browser = office.browser()
    browser.post("/settings/tax-rates/new", {"name": "TVA", "rate": "20", "category": "S"})
    rate = TaxRate.objects.get()
    assert (rate.name, rate.rate, rate.category) == ("TVA", Decimal(20), "S")
    at = f"/settings/tax-rates/{ids.encode(rate.pk)}"
    browser.post(f"{at}/edit", {"name": "TVA", "rate": "5,5", "category": "S"})
    browser.post(f"{at}/archive")
    rate.refresh_from_db()
    assert (rate.rate, rate.is_archived) == (Decimal("5.5"), True)
    browser.post(f"{at}/restore")
    rate.refresh_from_db()
    assert not rate.is_archived


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "rate": "20"}, "name"),
        ({"name": "TVA", "rate": ""}, "rate"),
        ({"name": "TVA", "rate": "x"}, "rate"),
    ],
)
def test_a_faulty_tax_rate_keeps_its_form(office: Office, sent: dict[str, str], field: str) -> None:
    answer = office.browser().post("/settings/tax-rates/new", {**sent, "category": "S"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not TaxRate.objects.exists()


def test_a_term_to_the_end_of_the_month_is_offered_to_clients(office: Office) -> None:
    office.browser().post("/settings/payment-terms/new", {"num_days": "45", "end_of_month": "1", "name": ""})
    assert PaymentTerm.objects.filter(num_days=45, end_of_month=True).exists()
    page = office.browser().get("/settings/payments").content.decode()
    assert '<option value="45 EOM">45 days, end of month</option>' in page
    office.browser().post("/settings/payments", {"payment_terms": "45 EOM"})
    assert office.company.settings["payment_terms"] == "45 EOM"


def test_custom_fields_are_named_and_typed(office: Office) -> None:
    sent = {
        "client1.label": "Sector", "client1.kind": "dropdown", "client1.options": "food, books ,",
        "client2.label": "Since", "client2.kind": "date", "client2.options": "",
        "contact1.label": "Birthday", "contact1.kind": "single_line_text", "surcharge1.label": "Delivery",
    }  # fmt: skip
    assert office.browser().post("/settings/fields", sent).status_code == 302
    expected = {
        "client1": "Sector|food,books",
        "client2": "Since|date",
        "contact1": "Birthday",
        "surcharge1": "Delivery",
    }
    assert office.company.custom_fields == expected
    assert "Sector" in office.browser().get("/clients/new").content.decode()
    office.browser().post("/settings/fields", {"client1.label": ""})
    assert "client1" not in office.company.custom_fields
    assert office.company.custom_fields["client2"] == "Since|date"


def test_a_list_without_choices_is_refused(office: Office) -> None:
    answer = office.browser().post(
        "/settings/fields", {"client1.label": "Sector", "client1.kind": "dropdown"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"client1.options"}
    assert office.company.custom_fields == {}


def test_a_module_that_is_off_leaves_the_menu(office: Office) -> None:
    browser = office.browser()
    assert 'href="/quotes"' in browser.get("/settings/modules").content.decode()
    browser.post("/settings/modules", {"invoices": "1", "credits": "1", "quotes": ""})
    page = browser.get("/settings/modules").content.decode()
    assert 'href="/quotes"' not in page
    assert 'href="/invoices"' in page


def png(colour: str = "red") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(written, "PNG")
    return SimpleUploadedFile("logo.png", written.getvalue(), "image/png")


def test_a_logo_is_kept_shown_and_removed(office: Office, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    browser = office.browser()
    assert browser.get("/company/logo").status_code == 404
    browser.post("/company/logo/upload", {"logo": png()})
    shown = browser.get("/company/logo")
    assert (shown.status_code, shown["X-Content-Type-Options"]) == (200, "nosniff")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert office.company.settings["company_logo"].endswith(office.company.logo_key)
    browser.post("/company/logo/remove")
    assert browser.get("/company/logo").status_code == 404
    assert office.company.switch("logo_path") == ""


def test_what_is_no_picture_is_no_logo(office: Office, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    fake = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")
    office.browser().post("/company/logo/upload", {"logo": fake})
    assert office.company.switch("logo_path") == ""


def test_the_test_message_leaves_and_says_so(office: Office, mailoutbox: list[Any]) -> None:
    answer = office.browser().post(
        "/settings/email/trial", {"recipient": "me@example.com"}, headers={"HX-Request": "true"}
    )
    assert [mail.to for mail in mailoutbox] == [["me@example.com"]]
    assert "handed over to the mail server" in answer.content.decode()


def test_a_mail_server_that_is_missing_is_said(office: Office, mailoutbox: list[Any]) -> None:
    browser = office.browser()
    browser.post("/settings/email", {"email_sending_method": "smtp", "custom_sending_email": "a@example.com"})
    answer = browser.post(
        "/settings/email/trial", {"recipient": "me@example.com"}, headers={"HX-Request": "true"}
    )
    assert "The mail server is missing." in answer.content.decode()
    assert mailoutbox == []


def test_the_preview_of_a_mail_shows_what_is_typed_and_can_do_nothing(office: Office) -> None:
    sent = {
        "email_subject_invoice": "N° $number",
        "email_template_invoice": "Dear $contact.first_name <script>x()</script>",
    }
    answer = office.browser().post("/settings/letters/letter?name=invoice", sent)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script>x" not in answer.content.decode()
    assert "Dear" in answer.content.decode()
    subject = office.browser().post("/settings/letters/subject?name=invoice", sent).content.decode()
    assert "N° 0042" in subject


def test_the_preview_of_a_paper_follows_the_form(office: Office) -> None:
    browser = office.browser()
    answer = browser.post("/settings/designs/paper", {"primary_color": "#aa2211"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert browser.post("/settings/designs/paper", {"primary_color": "red"}).status_code == 422
    assert "primary_color" not in office.company.settings


def test_missing_numbers_are_listed(office: Office) -> None:
    page = office.browser().get("/settings/numbers/gaps").content.decode()
    assert page.count("No number is missing.") == 2


def test_the_system_page_says_where_files_lie(office: Office, settings: Any) -> None:
    assert str(settings.MEDIA_ROOT) in office.browser().get("/settings/system").content.decode()
