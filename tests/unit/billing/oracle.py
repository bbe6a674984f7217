"""A second totals calculator, in fractions, read straight from contract rules 10.

It shares nothing with the product's: no Decimal context, no common helper, no struct. Two
programs that agree on thousands of random documents are seldom wrong in the same way.
"""

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import Any


def half_up(x: Fraction, n: int) -> Fraction:
    sign = -1 if x < 0 else 1
    return sign * Fraction(floor(abs(x) * 10**n + Fraction(1, 2)), 10**n)


def settled(x: Fraction, n: int) -> Fraction:
    return half_up(half_up(x, 6), n)


def line_total(line: dict[str, Any], doc: dict[str, Any]) -> Fraction:
    total, off = Fraction(line["cost"]) * Fraction(line["quantity"]), Fraction(line.get("discount", 0))
    if doc["is_amount_discount"]:
        return total - settled(off, doc["precision"])
    if doc["inclusive"]:
        return total - settled(total * off / 100, doc["precision"])
    return settled(total - total * off / 100, doc["precision"])


def contained_or_added(base: Fraction, rate: Fraction, inclusive: bool) -> Fraction:
    if not inclusive:
        return base * rate / 100
    return base - base / (1 + rate / 100)


def figures(doc: dict[str, Any]) -> dict[str, Any]:
    """Give amount, sub, taxes and each line's total, tax and gross, all as fractions."""
    inclusive, by_amount = doc["inclusive"], doc["is_amount_discount"]
    totals = [line_total(line, doc) for line in doc["lines"]]
    sub = sum((t if inclusive else half_up(t, doc["precision"]) for t in totals), Fraction(0))
    given = Fraction(doc["discount"])
    discount = given if by_amount else half_up(sub * given / 100, 2)
    net = sub - discount
    shares: dict[tuple[str, Fraction], Fraction] = defaultdict(Fraction)
    lines = []
    for line, total in zip(doc["lines"], totals, strict=True):
        base = total * (1 - given / 100)
        if by_amount:
            base = total - total * (given / sub) if sub else total
        own = Fraction(0)
        for name, rate in line.get("taxes", ()) if not doc["exempt"] else ():
            tax = settled(contained_or_added(base, Fraction(rate), inclusive), 2) if base else Fraction(0)
            own += tax
            if (len(name) > 1 and not by_amount) or (by_amount and tax):
                shares[name.replace(" ", ""), Fraction(rate)] += tax
        lines.append((total, own, total if inclusive else total + own))
    charges = [Fraction(charge) for charge in doc["surcharges"]]
    flagged = [charge for charge, on in zip(charges, doc["surcharge_taxes"], strict=True) if on]
    for name, rate in doc["taxes"]:
        if len(name) < 2 or doc["exempt"]:
            continue
        if inclusive:
            base = (settled(net, 2) if given > 0 else net) + sum(charge for charge in flagged if charge > 0)
            tax = settled(contained_or_added(base, Fraction(rate), True), 2)
        else:
            tax = sum((half_up(part * Fraction(rate) / 100, 2) for part in [net, *flagged]), Fraction(0))
        shares[name.replace(" ", ""), Fraction(rate)] += tax
    taxes = sum(shares.values(), Fraction(0))
    amount = settled(net + sum(charges) + (0 if inclusive else taxes), doc["precision"])
    if doc["rappen"]:
        amount = half_up(amount * 20, 0) / 20
    return {"amount": amount, "sub": sub, "net": net, "taxes": taxes, "shares": dict(shares), "lines": lines}
