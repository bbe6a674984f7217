"""A second click on *Save* saves nothing twice (reliability 2: double submissions)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from comptoir.clients.models import Client
from comptoir.kernel import ids
from comptoir.payments.models import Payment, Refund
from comptoir.sales.invoices.models import Invoice
from comptoir.ui import once
from tests.unit.office import papers
from tests.unit.office.conftest import Office


def word(page: Any) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def received(office: Office, said: str) -> dict[str, str]:
    client = ids.encode(office.client.pk)
    return {"client_id": client, "amount": "40", "date": "2026-11-24", "once": said}


def test_a_payment_sent_twice_is_recorded_once_and_both_see_it(office: Office) -> None:
    browser = office.browser()
    sent = received(office, word(browser.get("/payments/new")))
    first, second = (browser.post("/payments/new", sent) for _n in range(2))
    payment = Payment.objects.get()
    assert first.url == second.url == f"/payments/{ids.encode(payment.pk)}"


def test_without_the_word_each_of_them_is_a_payment(office: Office) -> None:
    """The control; and a page that is opened again is another form."""
    browser = office.browser()
    for _n in range(2):
        browser.post("/payments/new", received(office, ""))
    assert Payment.objects.count() == 2
    for _n in range(2):
        browser.post("/payments/new", received(office, word(browser.get("/payments/new"))))
    assert Payment.objects.count() == 4


def test_what_was_refused_may_be_sent_again(office: Office) -> None:
    browser = office.browser()
    sent = received(office, word(browser.get("/payments/new")))
    assert browser.post("/payments/new", {**sent, "amount": "-1"}).status_code == 422
    assert browser.post("/payments/new", sent).status_code == 302
    assert Payment.objects.get().amount == 40


def test_somebody_elses_word_is_another(office: Office) -> None:
    sent = received(office, word(office.browser().get("/payments/new")))
    office.browser().post("/payments/new", sent)
    refused = office.browser(office.dora).post("/payments/new", sent)
    assert refused.status_code == 422
    assert Payment.objects.count() == 1


def test_clients_and_invoices_are_made_once_too(office: Office) -> None:
    browser, before = office.browser(), Client.objects.count()
    sent = {"name": "Twin", "once": word(browser.get("/clients/new"))}
    urls = {browser.post("/clients/new", sent).url for _n in range(2)}
    assert (len(urls), Client.objects.count()) == (1, before + 1)
    sent = {
        "client_id": ids.encode(office.client.pk),
        "date": "2026-11-24",
        "once": word(browser.get("/invoices/new")),
    }
    urls = {browser.post("/invoices/new", sent).url for _n in range(2)}
    assert (len(urls), Invoice.objects.count()) == (1, 1)


def test_a_dialog_leads_the_second_click_where_the_first_went(office: Office) -> None:
    payment = papers.payment(office.alice, office.client, "100")
    browser, at = office.browser(), f"/payments/{ids.encode(payment.pk)}/refund"
    sent = {"amount": "30", "once": word(browser.get(at))}
    for _n in range(2):
        answer = browser.post(at, sent, headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == f"/payments/{ids.encode(payment.pk)}"
    assert [refund.amount for refund in Refund.objects.all()] == [30]


def test_while_the_first_is_under_way_the_second_waits_and_then_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    browser = office.browser()
    sent = received(office, word(browser.get("/payments/new")))
    monkeypatch.setattr(cache, "set", lambda *said: None)  # the first never tells where it went
    browser.post("/payments/new", sent)
    answer = browser.post("/payments/new", sent, follow=True)
    assert "This is still being saved." in answer.content.decode()
    assert Payment.objects.count() == 1


def test_of_those_who_waited_for_nothing_one_alone_goes_on(
    db: None, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first comes to nothing while the second waits: the second saves, and the third sees what it did."""
    request = rf.post("/payments/new", {"once": "word@/payments/new"})
    saved: list[str] = []

    def save() -> HttpResponse:
        saved.append(f"/payments/{len(saved)}")
        return HttpResponseRedirect(saved[-1])

    def first() -> HttpResponse:
        monkeypatch.setattr(once.time, "sleep", lambda seconds: cache.clear())
        second, third = (once.answered(request, 1, save) for _n in range(2))
        assert second.headers["Location"] == third.headers["Location"] == "/payments/0"
        return HttpResponse(status=422)

    assert once.answered(request, 1, first).status_code == 422
    assert saved == ["/payments/0"]
