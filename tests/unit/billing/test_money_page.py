"""docs/money.md is true: each ```document block is counted and compared line by line."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from comptoir import reference
from comptoir.billing.totals import Totals, add_up
from tests.unit.billing.documents import document

PAGE = Path(__file__).parents[3] / "docs" / "money.md"
CHAPTERS = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
EXAMPLES = [
    (chapter.partition("\n")[0], block)
    for chapter in CHAPTERS
    for block in re.findall(r"```document\n(.*?)```", chapter, re.DOTALL)
]

LINE = re.compile(r"(?P<cost>[-\d.]+) × (?P<quantity>[-\d.]+)(?P<more>.*)")
RATE = re.compile(r"(?P<name>.+?) (?P<rate>[\d.]+) %")


def parsed(block: str) -> tuple[dict[str, Any], list[str]]:
    """Give the document that a block describes, and what it says of the figures."""
    sketch: dict[str, Any] = {"lines": [], "taxes": [], "surcharges": [], "surcharge_taxes": []}
    sketch["is_amount_discount"] = not re.search(r"^discount [\d.]+ %|less [\d.]+ %", block, re.MULTILINE)
    claims = []
    for row in block.strip().splitlines():
        if row.startswith("= "):
            claims.append(row[2:])
        elif match := LINE.fullmatch(row):
            sketch["lines"].append(parsed_line(match))
        elif row.startswith("tax "):
            sketch["taxes"].append(rate(row[4:]))
        elif row.startswith("surcharge "):
            charge, _, taxed = row[10:].partition(", ")
            sketch["surcharges"].append(charge)
            sketch["surcharge_taxes"].append(bool(taxed))
        else:
            sketch |= setting(row)
    return sketch, claims


def parsed_line(match: re.Match[str]) -> dict[str, Any]:
    line: dict[str, Any] = {"cost": match["cost"], "quantity": match["quantity"], "taxes": []}
    for part in filter(None, match["more"].split(", ")):
        if part.startswith("less "):
            line["discount"] = part[5:].removesuffix(" %")
        else:
            line["taxes"].append(rate(part))
    return line


def rate(text: str) -> tuple[str, str]:
    match = RATE.fullmatch(text)
    assert match, text
    return match["name"], match["rate"]


def setting(row: str) -> dict[str, Any]:
    if row.startswith("discount "):
        return {"discount": row[9:].removesuffix(" %")}
    if row.startswith("currency "):
        currency = reference.currency_by_code(row[9:])
        assert currency
        return {"precision": currency.precision}
    flags = {"prices include tax": "inclusive", "round to 0.05": "rappen", "client is exempt": "exempt"}
    return {flags[row]: True}


def said(totals: Totals) -> set[str]:
    """Everything the page may say of these totals, in its own words."""
    sayings = {
        f"subtotal {plain(totals.subtotal)}",
        f"discount {plain(totals.discount)}",
        f"taxes {plain(totals.total_taxes)}",
        f"untaxed {plain(totals.untaxed)}",
        f"amount {plain(totals.amount)}",
    }
    for place, line in enumerate(totals.lines, 1):
        total, tax, gross = map(plain, (line.line_total, line.tax_amount, line.gross_line_total))
        sayings.add(f"line {place}: total {total}, tax {tax}, gross {gross}")
    for share in totals.taxes:
        sayings.add(f"{share.name} {plain(share.rate)} % on {plain(share.base)}: {plain(share.amount)}")
    return sayings


def plain(value: Decimal) -> str:
    """Drop ".00" but keep cents whole: 28.50, not 28.5."""
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return "0" if whole == "-0" else whole
    return f"{whole}.{decimals}"


def normal(claim: str) -> str:
    return re.sub(r"(\.\d*?)0+(?=\D|$)", lambda zeros: zeros[1].rstrip("."), claim)


@pytest.mark.parametrize(("title", "block"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_an_example_of_the_page_comes_to_its_figures(title: str, block: str) -> None:
    sketch, claims = parsed(block)
    assert claims
    sayings = said(add_up(document(sketch)))
    for claim in claims:
        assert normal(claim) in sayings, f"{title}: the page says “{claim}”, we say {sorted(sayings)}"


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 13
