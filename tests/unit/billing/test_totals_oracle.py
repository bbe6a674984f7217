"""Random documents through two independent calculators.

COMPTOIR_ORACLE_DOCUMENTS sets how many (2,000; 100,000 at night), COMPTOIR_ORACLE_SEED which.
"""

import os
import random
from fractions import Fraction
from typing import Any

from comptoir.billing.totals import Totals, add_up
from tests.unit.billing.documents import document
from tests.unit.billing.oracle import figures

COUNT = int(os.environ.get("COMPTOIR_ORACLE_DOCUMENTS", "2000"))
SEED = int(os.environ.get("COMPTOIR_ORACLE_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)

RATES = ["0", "2.1", "5.5", "7", "8.1", "10", "19", "19.6", "20", "21.333333", "100", "-15"]
NAMES = ["TVA", "T VA", "GST", "VAT", "V", "", "IRPF"]


def number(dice: random.Random, top: int) -> str:
    """A number as people and apps send them: mostly two decimals, at times ties and long tails."""
    places = dice.choice([0, 0, 1, 2, 2, 2, 3, 4, 6, 8])
    text = f"{dice.randrange(top)}"
    if places:
        text += "." + "".join(dice.choice("0123456789555") for _ in range(places))
    return f"-{text}" if dice.random() < 0.06 else text


def taxes(dice: random.Random) -> list[list[str]]:
    return [[dice.choice(NAMES), dice.choice(RATES)] for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))]


def sketch(dice: random.Random) -> dict[str, Any]:
    by_amount = dice.random() < 0.5
    return {
        "lines": [
            {
                "cost": number(dice, dice.choice([3, 100, 10_000])),
                "quantity": dice.choice(["1", "1", "2", "3", "0", "0.5", number(dice, 20)]),
                "discount": dice.choice(["0", "0", number(dice, 5 if by_amount else 100)]),
                "taxes": taxes(dice),
            }
            for _ in range(dice.choice([0, 1, 1, 2, 3, 5, 8]))
        ],
        "discount": dice.choice(["0", "0", number(dice, 100), "33.333333"]),
        "is_amount_discount": by_amount,
        "taxes": dice.choice([[], [], taxes(dice)]),
        "surcharges": [dice.choice(["0", "0", number(dice, 50)]) for _ in range(4)],
        "surcharge_taxes": [dice.random() < 0.4 for _ in range(4)],
        "inclusive": dice.random() < 0.4,
        "precision": dice.choice([0, 2, 2, 2, 2, 3]),
        "rappen": dice.random() < 0.05,
        "exempt": dice.random() < 0.05,
    }


def agreed(totals: Totals, right: dict[str, Any]) -> bool:
    shares = {
        (share.name.replace(" ", ""), Fraction(share.rate)): Fraction(share.amount)
        for share in totals.taxes
        if share.amount
    }
    return (
        Fraction(totals.amount) == right["amount"]
        and Fraction(totals.subtotal) == right["sub"]
        and Fraction(totals.net) == right["net"]
        and Fraction(totals.total_taxes) == right["taxes"]
        and shares == {key: amount for key, amount in right["shares"].items() if amount}
        and [
            (Fraction(line.line_total), Fraction(line.tax_amount), Fraction(line.gross_line_total))
            for line in totals.lines
        ]
        == right["lines"]
    )


def test_random_documents_come_to_the_same_figures_in_fractions() -> None:
    print(f"seed {SEED}: COMPTOIR_ORACLE_SEED={SEED} repeats these {COUNT} documents")  # noqa: T201
    dice = random.Random(SEED)
    for place in range(COUNT):
        drawn = sketch(dice)
        totals, right = add_up(document(drawn)), figures(drawn)
        assert agreed(totals, right), f"seed {SEED}, document {place}: {drawn}\n{totals}\n{right}"


def test_the_comparison_sees_a_cent() -> None:
    drawn = {**sketch(random.Random(1)), "lines": [{"cost": "10", "quantity": "1"}]}
    right = figures(drawn)
    assert agreed(add_up(document(drawn)), right)
    assert not agreed(add_up(document(drawn)), {**right, "amount": right["amount"] + Fraction(1, 100)})
