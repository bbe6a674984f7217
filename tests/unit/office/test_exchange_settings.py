"""The page of exchange rates: what is published, and what the company says instead."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from comptoir.exchange import rates
from comptoir.exchange.models import RateSheet
from comptoir.kernel import formats
from comptoir.preferences.operations import update_company
from comptoir.tenancy.models import Company

from . import papers
from .conftest import ON, Office
from .reading import faults, text

AT = "/settings/exchange-rates"
DOLLAR, POUND, YEN = "1", "2", "45"


def published(days_ago: int = 1) -> str:
    """The day, as a page writes it."""
    day = timezone.localdate() - timedelta(days=days_ago)
    RateSheet.objects.create(day=day, rates={DOLLAR: "1.0842", POUND: "0.8365"}, source="bank.example")
    return formats.day(day, "en")


def rows(context: Any, part: str = "rows") -> list[tuple[str, str]]:
    return [(row["code"], row["published"]) for row in context[part]]


def test_what_is_published_is_shown_with_its_day_and_source(office: Office) -> None:
    day = published()
    papers.client(office.alice, "Yank", settings={"currency_id": DOLLAR})
    page = office.browser().get(AT)
    assert rows(page.context) == [("USD", "1.0842")]
    assert rows(page.context, "others") == [("GBP", "0.8365")]
    assert f"Published on {day} by bank.example" in text(page)


def test_own_rates_are_said_and_let_go_again(office: Office) -> None:
    published()
    browser = office.browser()
    sent = {"rate.1": "1,1", "rate.2": "", "currency_id": YEN, "rate.new": "160"}
    assert browser.post(AT, sent).status_code == 302
    assert rates.own_rates(office.company) == {DOLLAR: Decimal("1.1"), YEN: Decimal(160)}
    page = browser.get(AT)
    assert rows(page.context) == [("JPY", ""), ("USD", "1.0842")]
    assert page.context["form"].values == {"rate.1": Decimal("1.1"), "rate.45": Decimal(160)}
    browser.post(AT, {"rate.1": "", "rate.45": ""})
    assert rates.own_rates(office.company) == {}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"rate.1": "dear"}, "rate.1"),
        ({"rate.1": "0"}, "rate.1"),
        ({"rate.1": "-1"}, "rate.1"),
        ({"currency_id": YEN, "rate.new": ""}, "rate.new"),
        ({"currency_id": YEN, "rate.new": "-5"}, "rate.new"),
        ({"currency_id": "", "rate.new": "5"}, "rate.new"),
    ],
)
def test_what_is_no_rate_is_said_at_its_box_and_nothing_is_kept(
    office: Office, sent: dict[str, str], field: str
) -> None:
    answer = office.browser().post(AT, {"rate.2": "0.8", **sent})
    assert (answer.status_code, set(faults(answer))) == (422, {field})
    assert rates.own_rates(office.company) == {}


def test_old_rates_and_none_are_called_so(office: Office, settings: Any) -> None:
    browser = office.browser()
    assert "This installation fetches no rates: say your own." in text(browser.get(AT))
    settings.RATES_URL = "https://bank.example/rates.xml"
    assert "No rates have been fetched yet" in text(browser.get(AT))
    day = published(days_ago=40)
    said = text(browser.get(AT))
    assert (
        f"The last published rates are of {day}" in said and "After 31 days they are no longer used" in said
    )
    assert rows(browser.get(AT).context, "others") == []


def test_own_rates_of_another_currency_of_the_company_are_gone(office: Office) -> None:
    office.browser().post(AT, {"rate.1": "1.1", "rate.2": ""})
    update_company(office.company, {"settings": {"currency_id": POUND}}, by=office.alice.actor(), on=ON)
    assert office.browser().get(AT).context["form"].values == {}


def test_the_currency_of_the_company_stays_once_another_was_counted_in_it(office: Office) -> None:
    abroad = papers.client(office.alice, "Boston", settings={"currency_id": DOLLAR})
    papers.invoice(office.alice, abroad, exchange_rate=Decimal("1.25"))
    said = {"currency_id": POUND, "save": "localization"}
    answer = office.browser().post("/settings/localization", said)
    assert (answer.status_code, set(faults(answer))) == (422, {"currency_id"})
    assert Company.objects.get(pk=office.company.pk).settings["currency_id"] == "3"


def test_it_is_for_who_may_change_the_company(office: Office) -> None:
    browser = office.browser(office.carol)
    assert (browser.get(AT).status_code, browser.post(AT, {"rate.1": "2"}).status_code) == (403, 403)
    assert rates.own_rates(office.company) == {}
    assert "Exchange rates" in text(office.browser().get("/settings/localization"))
