"""The statement of a client's account, on screens (S26b)."""

from __future__ import annotations

from comptoir.clients.operations import update_client
from comptoir.delivery.mail.models import MailDelivery
from comptoir.kernel import ids

from .conftest import ON, Office

DAYS = "period=custom&start=2026-01-01&end=2026-03-31&payments=1&credits=&aging=&opening=1&status=all"


def url(office: Office, what: str = "", query: str = DAYS) -> str:
    return f"/clients/{ids.encode(office.client.pk)}/statement{what}?{query}"


def mails() -> list[str]:
    return [each.recipient for each in MailDelivery.objects.filter(kind="statement")]


def test_the_page_shows_the_days_chosen_and_their_picture(office: Office) -> None:
    page = office.browser().get(url(office))
    assert page.status_code == 200
    text = page.content.decode()
    assert 'value="2026-01-01"' in text
    assert 'value="2026-03-31"' in text
    assert "/statement/picture?period=custom&amp;start=2026-01-01&amp;end=2026-03-31" in text
    assert "/statement/mail" in text


def test_its_pdf_can_be_kept_and_looked_at(office: Office) -> None:
    kept = office.browser().get(url(office, "/pdf", f"{DAYS}&download"))
    assert kept.content.startswith(b"%PDF-")
    assert kept["Content-Disposition"] == 'attachment; filename="statement-Bistro-2026-01-01-2026-03-31.pdf"'
    drawn = office.browser().get(url(office, "/picture"))
    assert drawn["Content-Type"] == "image/webp"


def test_days_the_wrong_way_round_are_said_at_their_field(office: Office) -> None:
    wrong = "period=custom&start=2026-03-31&end=2026-01-01"
    page = office.browser().get(url(office, "", wrong))
    assert page.status_code == 422
    assert "The last day comes before the first." in page.content.decode()
    assert office.browser().get(url(office, "/pdf", wrong)).status_code == 404


def test_sent_twice_from_one_dialog_it_leaves_once(office: Office) -> None:
    person = {"first_name": "Bea", "email": "bea@bistro.example", "send_email": True}
    update_client(office.client, {"contacts": [person]}, by=office.alice.actor(), on=ON)
    browser = office.browser()
    assert "bea@bistro.example" in browser.get(url(office, "/mail")).content.decode()
    for _time in range(2):
        assert browser.post(url(office, "/mail"), {"once": "abc"}).status_code == 302
    assert mails() == ["bea@bistro.example"]


def test_who_may_only_look_cannot_send(office: Office) -> None:
    carol = office.browser(office.carol)
    assert "/statement/mail" not in carol.get(url(office)).content.decode()
    assert carol.post(url(office, "/mail"), {"once": "abc"}).status_code == 403
    assert mails() == []


def test_another_company_finds_nothing(office: Office) -> None:
    dora = office.browser(office.dora)
    assert {dora.get(url(office, what)).status_code for what in ("", "/pdf", "/picture", "/mail")} == {404}


def test_the_kebab_of_the_client_leads_there_once(office: Office) -> None:
    page = office.browser().get(f"/clients/{ids.encode(office.client.pk)}").content.decode()
    assert page.count(f'href="/clients/{ids.encode(office.client.pk)}/statement"') == 1
