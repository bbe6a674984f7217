"""Rates are fetched from a bank once a day; whatever it sends that is no rate moves nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from comptoir.activity import schedule as clock
from comptoir.activity.jobs import Retry
from comptoir.exchange import feed, schedule
from comptoir.exchange.feed import Unusable
from comptoir.exchange.fetching import fetch
from comptoir.exchange.models import RateSheet
from tests.bank_double import Bank, sheet, standing

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
USUAL = {"2026-11-23": {"USD": "1.0842", "GBP": "0.8365", "JPY": "163.15"}}
LAST = {date(2026, 11, 23): {"1": "1.0842", "2": "0.8365", "45": "163.15"}}


@pytest.fixture(scope="module")
def standing_bank() -> Iterator[Bank]:
    with standing() as bank:
        yield bank


@pytest.fixture
def bank(standing_bank: Bank) -> Bank:
    standing_bank.status, standing_bank.silent = 200, False
    standing_bank.publish(USUAL)
    standing_bank.asked.clear()
    return standing_bank


def kept() -> dict[date, dict[str, str]]:
    return {row.day: row.rates for row in RateSheet.objects.order_by("day")}


def test_the_rates_of_a_day_are_kept_exactly_with_their_source(bank: Bank) -> None:
    assert fetch(bank.url, on=ON) == 1
    assert kept() == LAST
    assert RateSheet.objects.get().source == "127.0.0.1"
    assert bank.asked == ["/eurofxref-daily.xml?v=1"]


def test_a_day_that_is_known_is_not_written_again(bank: Bank) -> None:
    fetch(bank.url, on=ON)
    bank.publish({"2026-11-23": {"USD": "1.1"}})
    assert fetch(bank.url, on=ON) == 0
    assert kept() == LAST


def test_a_file_of_many_days_is_kept_whole_and_an_unknown_currency_is_left_out(bank: Bank) -> None:
    bank.publish({"2026-11-24": {"USD": "1.09", "XXZ": "7"}, **USUAL})
    assert fetch(bank.url, on=ON) == 2
    assert kept() == LAST | {date(2026, 11, 24): {"1": "1.09"}}


BAD: dict[str, bytes] = {
    "no XML": b"<html><body>Down for maintenance",
    "empty": b"",
    "cut off": sheet(USUAL)[:-40],
    "without rates": sheet({"2026-11-24": {}}),
    "unknown currencies only": sheet({"2026-11-24": {"XXZ": "7", "QQQ": "1.5"}}),
    "without a day": sheet(USUAL).replace(b" time='2026-11-23'", b""),
    "of no day": sheet({"2026-13-24": {"USD": "1.1"}}),
    "of a day to come": sheet({"2026-11-26": {"USD": "1.1"}}),
    "of nought": sheet({"2026-11-24": {"USD": "0"}}),
    "negative": sheet({"2026-11-24": {"USD": "-1.1"}}),
    "no number": sheet({"2026-11-24": {"USD": "NaN"}}),
    "endless": sheet({"2026-11-24": {"USD": "1e99"}}),
    "all in another unit": sheet({"2026-11-24": {"GBP": "83.65", "USD": "108.42", "JPY": "16315"}}),
    "an entity": sheet({"2026-11-24": {"USD": "1.1"}}).replace(
        b"<gesmes:Env", b'<!DOCTYPE x [<!ENTITY a "b">]><gesmes:Env'
    ),
    "an external one": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "a flood": b"<x>" + b" " * feed.MOST + b"</x>",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_is_no_rate_moves_nothing_and_the_last_ones_stay(bank: Bank, body: bytes) -> None:
    fetch(bank.url, on=ON)
    bank.body = body
    with pytest.raises(Unusable):
        fetch(bank.url, on=ON)
    assert kept() == LAST


def test_one_bad_day_spoils_the_file(bank: Bank) -> None:
    bank.publish({**USUAL, "2026-11-24": {"USD": "9"}})
    with pytest.raises(Unusable, match="every currency leaps: 2026-11-24"):
        fetch(bank.url, on=ON)
    assert kept() == {}


@pytest.mark.parametrize("dollar", ["2.2", "0.5"])
def test_a_currency_that_leaps_is_left_out_and_stops_no_other(
    bank: Bank, dollar: str, caplog: pytest.LogCaptureFixture
) -> None:
    fetch(bank.url, on=ON)
    after = date(2026, 11, 25)
    bank.publish({"2026-11-24": {"USD": dollar, "GBP": "0.84"}, "2026-11-25": {"USD": dollar, "GBP": "0.85"}})
    assert fetch(bank.url, on=after) == 2
    assert kept() == LAST | {ON: {"2": "0.84"}, after: {"2": "0.85"}}
    leap = f"A leap of currency 1 from 1.0842 to {dollar}: left out."
    assert caplog.messages == [leap, leap]
    bank.publish({"2026-11-26": {"USD": "1.09", "GBP": "0.85"}})
    assert fetch(bank.url, on=after) == 1
    assert kept()[date(2026, 11, 26)] == {"1": "1.09", "2": "0.85"}


def test_a_new_level_is_believed_after_a_month_without_rates(bank: Bank) -> None:
    fetch(bank.url, on=ON)
    bank.publish({"2026-12-25": {"USD": "3"}})
    assert fetch(bank.url, on=date(2026, 12, 25)) == 1


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_server_that_fails_or_sends_elsewhere_moves_nothing(bank: Bank, status: int) -> None:
    bank.status = status
    with pytest.raises(Unusable, match=f"HTTP {status}"):
        fetch(bank.url, on=ON)
    assert (kept(), len(bank.asked)) == ({}, 1)


def test_a_server_that_never_answers_is_left(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "SECONDS", 0.1)
    bank.silent = True
    with pytest.raises(Unusable, match="timed out"):
        fetch(bank.url, on=ON)
    assert kept() == {}


def test_nobody_there_moves_nothing() -> None:
    with pytest.raises(Unusable):
        fetch("http://127.0.0.1:9/", on=ON)
    assert kept() == {}


def test_it_is_done_every_night_at_half_past_eleven() -> None:
    entry = next(one for one in clock.table() if one.name == "exchange.rates")
    assert entry.turn(datetime(2026, 11, 24, 23, 29, tzinfo=UTC)) == datetime(
        2026, 11, 23, 23, 30, tzinfo=UTC
    )
    assert entry.turn(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == datetime(
        2026, 11, 24, 23, 30, tzinfo=UTC
    )


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(schedule.timezone, "now", lambda: moment)


def test_the_job_fetches_from_the_installations_address(
    bank: Bank, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 11, 23, 23, 31, tzinfo=UTC))
    settings.RATES_URL = bank.url
    schedule.fetch_rates(turn="2026-11-23T23:30:00+00:00")
    assert kept() == LAST


def test_the_job_tries_again_until_noon_and_then_says_so(
    bank: Bank, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RATES_URL, bank.status = bank.url, 500
    at(monkeypatch, datetime(2026, 11, 24, 11, 29, tzinfo=UTC))
    with pytest.raises(Retry, match="HTTP 500"):
        schedule.fetch_rates(turn="2026-11-23T23:30:00+00:00")
    at(monkeypatch, datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    with caplog.at_level(logging.WARNING):
        schedule.fetch_rates(turn="2026-11-23T23:30:00+00:00")
    assert caplog.messages == [f"No exchange rates from {bank.url}: HTTP 500"]


def test_an_installation_may_ask_nobody(bank: Bank, settings: Any) -> None:
    settings.RATES_URL = ""
    schedule.fetch_rates(turn="2026-11-23T23:30:00+00:00")
    assert (kept(), bank.asked) == ({}, [])
