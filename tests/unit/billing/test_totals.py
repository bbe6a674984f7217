"""Recorded documents and the check values of contract rules 10, to the cent."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from comptoir.billing.totals import add_up, deposit
from comptoir.kernel.refused import Refused
from tests.unit.billing.documents import document

CASES = json.loads((Path(__file__).parent / "totals_cases.json").read_text(encoding="utf-8"))
VAT, GST = ("VAT", "19"), ("GST", "7")


def test_there_are_as_many_recorded_documents_as_ever() -> None:
    assert len(CASES) == 109


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_recorded_document_comes_to_the_same_figures(case: dict[str, Any]) -> None:
    totals, want = add_up(document(case)), case["want"]
    assert totals.amount == Decimal(want["amount"])
    assert totals.total_taxes == Decimal(want.get("total_taxes", totals.total_taxes))
    for line, figures in zip(totals.lines, want.get("lines", []), strict=False):
        got = (line.line_total, line.gross_line_total, line.tax_amount)
        for value, figure in zip(got, figures, strict=True):
            assert figure is None or value == Decimal(figure)


SHARED = {
    "lines": [
        {"cost": "33.333", "quantity": "3", "discount": "10", "taxes": [VAT]},
        {"cost": "50", "quantity": "1", "taxes": [GST]},
    ],
    "discount": "5",
}
CHECKS = [
    ({**SHARED, "is_amount_discount": False}, "140", "19.58", "152.58"),
    ({**SHARED, "is_amount_discount": True}, "140", "19.87", "154.87"),
    (
        {
            "lines": [{"cost": "100", "quantity": "1"}, {"cost": "20", "quantity": "2.5"}],
            "discount": "10",
            "taxes": [VAT, GST],
            "surcharges": ["10", "5"],
            "surcharge_taxes": [True, False],
        },
        "150",
        "39",
        "194",
    ),
    (
        {
            "lines": [
                {"cost": "119", "quantity": "1", "taxes": [VAT]},
                {"cost": "10", "quantity": "3", "discount": "10", "taxes": [GST]},
            ],
            "is_amount_discount": False,
            "inclusive": True,
        },
        "146",
        "20.77",
        "146",
    ),
    (
        {
            "lines": [{"cost": "100", "quantity": "1"}],
            "discount": "10",
            "taxes": [VAT],
            "surcharges": ["10", "5"],
            "surcharge_taxes": [True, False],
            "inclusive": True,
        },
        "100",
        "15.97",
        "105",
    ),
    (
        {"lines": [{"cost": "333.4", "quantity": "3", "taxes": [("CT", "10")]}], "precision": 0},
        "1000",
        "100.02",
        "1100",
    ),
]


@pytest.mark.parametrize(("sketch", "subtotal", "taxes", "amount"), CHECKS)
def test_the_check_values_of_the_contract(
    sketch: dict[str, Any], subtotal: str, taxes: str, amount: str
) -> None:
    totals = add_up(document(sketch))
    assert totals.subtotal == Decimal(subtotal)
    assert totals.total_taxes == Decimal(taxes)
    assert totals.amount == Decimal(amount)


def test_an_empty_document_comes_to_nothing() -> None:
    totals = add_up(document({"lines": []}))
    assert (totals.amount, totals.total_taxes, totals.taxes, totals.lines) == (0, 0, (), ())


def test_an_exempt_client_pays_no_tax_and_sees_no_tax_name() -> None:
    totals = add_up(
        document(
            {
                "lines": [{"cost": "100", "quantity": "1", "discount": "10", "taxes": [VAT, GST]}],
                "is_amount_discount": False,
                "taxes": [VAT],
                "surcharges": ["5"],
                "surcharge_taxes": [True],
                "exempt": True,
            }
        )
    )
    (line,) = totals.lines
    assert totals.amount == Decimal(95)
    assert (totals.total_taxes, totals.taxes, totals.untaxed) == (0, (), Decimal(95))
    assert (line.tax_name1, line.tax_rate1, line.tax_name2, line.tax_rate2) == ("", 0, "", 0)
    assert (line.line_total, line.tax_amount, line.gross_line_total) == (90, 0, 90)


def test_the_lines_given_are_left_as_they_were() -> None:
    given = document({"lines": [{"cost": "10", "quantity": "1", "taxes": [VAT]}], "exempt": True})
    add_up(given)
    assert given.lines[0].tax_name1 == "VAT"
    assert given.lines[0].line_total == 0


def test_a_line_always_mirrors_the_documents_kind_of_discount() -> None:
    lines = [{"cost": "10", "quantity": "1"}]
    assert add_up(document({"lines": lines, "is_amount_discount": True})).lines[0].is_amount_discount is True
    assert (
        add_up(document({"lines": lines, "is_amount_discount": False})).lines[0].is_amount_discount is False
    )


def test_a_name_of_one_letter_counts_only_where_discounts_are_amounts() -> None:
    lines = [{"cost": "100", "quantity": "1", "taxes": [("V", "20")]}]
    percent = add_up(document({"lines": lines, "is_amount_discount": False}))
    amount = add_up(document({"lines": lines, "is_amount_discount": True}))
    assert (percent.total_taxes, percent.amount, percent.lines[0].tax_amount) == (0, 100, 20)
    assert (amount.total_taxes, amount.amount, amount.lines[0].tax_amount) == (20, 120, 20)


def test_taxes_are_told_apart_by_name_and_rate_with_their_bases() -> None:
    totals = add_up(
        document(
            {
                "lines": [
                    {"cost": "100", "quantity": "1", "taxes": [("TVA", "20")]},
                    {"cost": "50", "quantity": "2", "taxes": [("T V A", "20")]},
                    {"cost": "10", "quantity": "1", "taxes": [("TVA", "5.5")]},
                    {"cost": "7", "quantity": "1"},
                ],
                "discount": "10",
                "is_amount_discount": False,
                "surcharges": ["4"],
            }
        )
    )
    assert [(share.name, share.rate, share.base, share.amount) for share in totals.taxes] == [
        ("TVA", Decimal(20), Decimal(180), Decimal(36)),
        ("TVA", Decimal("5.5"), Decimal(9), Decimal("0.50")),
    ]
    assert totals.untaxed == Decimal("10.30")
    assert sum(share.base for share in totals.taxes) + totals.untaxed == totals.net + 4


def test_a_zero_rate_is_a_tax_of_its_own() -> None:
    totals = add_up(document({"lines": [{"cost": "100", "quantity": "1", "taxes": [("Exonéré", "0")]}]}))
    (share,) = totals.taxes
    assert (share.name, share.rate, share.base, share.amount) == ("Exonéré", 0, 100, 0)


def test_inclusive_bases_are_without_tax() -> None:
    totals = add_up(
        document({"lines": [{"cost": "120", "quantity": "1", "taxes": [("TVA", "20")]}], "inclusive": True})
    )
    (share,) = totals.taxes
    assert (share.base, share.amount, totals.amount) == (100, 20, 120)


@pytest.mark.parametrize(("cost", "amount"), [("10.02", "10"), ("10.03", "10.05"), ("10.125", "10.15")])
def test_rappen_rounding_goes_to_five_cents(cost: str, amount: str) -> None:
    sketch = {"lines": [{"cost": cost, "quantity": "1"}], "is_amount_discount": False, "rappen": True}
    assert add_up(document(sketch)).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("partial", "amount", "kept"),
    [("20", "100", "20"), ("500", "100", "100"), ("0", "100", "0"), ("5", "-10", "0"), ("5", "0", "0")],
)
def test_a_deposit_stays_within_the_amount(partial: str, amount: str, kept: str) -> None:
    assert deposit(Decimal(partial), Decimal(amount)) == Decimal(kept)


def test_a_negative_deposit_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        deposit(Decimal(-1), Decimal(100))
    assert list(refusal.value.errors) == ["partial"]
