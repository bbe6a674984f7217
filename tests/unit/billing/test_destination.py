"""VAT by where a sale goes: every kind of client and of thing sold, from France and from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from comptoir.billing.destination import COMPUTED, Rule, Sale, mentions_of, verdict

GOODS, SERVICE, DIGITAL, SHIPPING, EXEMPT, REDUCED, BY_HAND, ZERO, REVERSE = "123456789"
HOME = Sale(
    seller="FR",
    client="FR",
    arrives="FR",
    is_registered=False,
    is_business=False,
    is_above_threshold=False,
    on=date(2026, 11, 24),
)


def to(country: str, **more: object) -> Sale:
    return replace(HOME, client=country, arrives=country, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        (GOODS, (Rule.DOMESTIC, "TVA", "20")),
        (SERVICE, (Rule.DOMESTIC, "TVA", "20")),
        (DIGITAL, (Rule.DOMESTIC, "TVA", "20")),
        (SHIPPING, (Rule.DOMESTIC, "TVA", "20")),
        (REDUCED, (Rule.DOMESTIC, "TVA", "5.5")),
        (EXEMPT, (Rule.EXEMPT, "VAT-exempt", "0")),
        (ZERO, (Rule.ZERO_RATED, "Zero rate", "0")),
        (REVERSE, (Rule.REVERSE_AT_HOME, "Reverse charge", "0")),
    ],
)
@pytest.mark.parametrize("registered", [True, False])
def test_at_home_the_rate_of_the_country(
    category: str, expected: tuple[Rule, str, str], registered: bool
) -> None:
    """Also for a foreign business: goods that stay in France are taxed in France."""
    found = verdict(replace(HOME, is_registered=registered, is_business=registered), category)
    assert found is not None
    assert (found.rule, found.name, found.rate) == (expected[0], expected[1], Decimal(expected[2]))


@pytest.mark.parametrize(
    ("category", "rule", "name"),
    [
        (GOODS, Rule.INTRA_COMMUNITY, "Intra-Community supply"),
        (SHIPPING, Rule.INTRA_COMMUNITY, "Intra-Community supply"),
        (REDUCED, Rule.INTRA_COMMUNITY, "Intra-Community supply"),
        (SERVICE, Rule.REVERSE_CHARGE, "Reverse charge"),
        (DIGITAL, Rule.REVERSE_CHARGE, "Reverse charge"),
    ],
)
def test_a_registered_business_of_another_member_state_taxes_itself(
    category: str, rule: Rule, name: str
) -> None:
    found = verdict(to("BE", is_registered=True, is_business=True), category)
    assert found is not None
    assert (found.rule, found.name, found.rate, found.country) == (rule, name, Decimal(0), "BE")


@pytest.mark.parametrize(
    ("category", "above", "expected"),
    [
        (GOODS, False, (Rule.BELOW_THRESHOLD, "TVA", "20", "FR")),
        (GOODS, True, (Rule.ONE_STOP_SHOP, "MwSt.", "19", "DE")),
        (DIGITAL, False, (Rule.BELOW_THRESHOLD, "TVA", "20", "FR")),
        (DIGITAL, True, (Rule.ONE_STOP_SHOP, "MwSt.", "19", "DE")),
        (REDUCED, True, (Rule.ONE_STOP_SHOP, "MwSt.", "7", "DE")),
        (REDUCED, False, (Rule.BELOW_THRESHOLD, "TVA", "5.5", "FR")),
        (SERVICE, False, (Rule.SELLER, "TVA", "20", "FR")),
        (SERVICE, True, (Rule.SELLER, "TVA", "20", "FR")),
    ],
)
def test_without_a_valid_number_the_threshold_decides(
    category: str, above: bool, expected: tuple[Rule, str, str, str]
) -> None:
    """A business whose number nobody checked is taxed like a private client."""
    for business in (True, False):
        found = verdict(to("DE", is_business=business, is_above_threshold=above), category)
        assert found is not None
        said = (found.rule, found.name, found.rate, found.country)
        assert said == (expected[0], expected[1], Decimal(expected[2]), expected[3])


@pytest.mark.parametrize(
    ("category", "business", "rule", "rate"),
    [
        (GOODS, False, Rule.EXPORT, "0"),
        (GOODS, True, Rule.EXPORT, "0"),
        (SHIPPING, False, Rule.EXPORT, "0"),
        (SERVICE, True, Rule.OUTSIDE, "0"),
        (SERVICE, False, Rule.PRIVATE, "20"),
        (DIGITAL, False, Rule.OUTSIDE, "0"),
    ],
)
@pytest.mark.parametrize("country", ["CH", "GB", "US", "RE"])
def test_outside_the_union_goods_leave_untaxed(
    category: str, business: bool, rule: Rule, rate: str, country: str
) -> None:
    """Réunion is French and outside the Union's VAT area all the same."""
    found = verdict(to(country, is_business=business), category)
    assert found is not None
    assert (found.rule, found.rate) == (rule, Decimal(rate))


def test_goods_are_taxed_where_they_arrive_and_services_where_the_client_is() -> None:
    belgian_in_paris = replace(HOME, client="BE", is_registered=True, is_business=True)
    goods, service = verdict(belgian_in_paris, GOODS), verdict(belgian_in_paris, SERVICE)
    assert goods is not None
    assert service is not None
    assert (goods.rule, goods.rate) == (Rule.DOMESTIC, Decimal(20))
    assert (service.rule, service.rate) == (Rule.REVERSE_CHARGE, Decimal(0))


def test_the_rate_is_that_of_the_day() -> None:
    rates = []
    for day in (date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1)):
        found = verdict(to("DE", is_above_threshold=True, on=day), GOODS)
        assert found is not None
        rates.append(found.rate)
    assert rates == [Decimal(19), Decimal(16), Decimal(16), Decimal(19)]


def test_the_union_is_that_of_the_day() -> None:
    before, after = (
        verdict(to("GB", is_registered=True, on=day), GOODS) for day in (date(2020, 1, 31), date(2020, 2, 1))
    )
    assert before is not None
    assert after is not None
    assert (before.rule, after.rule) == (Rule.INTRA_COMMUNITY, Rule.EXPORT)


def test_monaco_is_taxed_like_france() -> None:
    found = verdict(to("MC"), GOODS)
    assert found is not None
    assert (found.rule, found.country) == (Rule.DOMESTIC, "FR")


@pytest.mark.parametrize("category", COMPUTED)
def test_a_seller_outside_the_union_is_left_alone(category: str) -> None:
    assert verdict(replace(HOME, seller="US"), category) is None


def test_by_hand_is_left_alone() -> None:
    assert verdict(to("BE", is_registered=True), BY_HAND) is None


def test_the_law_asks_for_each_sentence_once() -> None:
    rules = [Rule.REVERSE_CHARGE, Rule.DOMESTIC, Rule.INTRA_COMMUNITY, Rule.REVERSE_AT_HOME]
    assert mentions_of(rules) == ["reverse_charge", "intra_community"]
