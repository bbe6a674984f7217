"""Documents for the totals tests, written down briefly: texts for numbers, only what differs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from comptoir.billing.lines import Line
from comptoir.billing.totals import Document

Sketch = Mapping[str, Any]


def document(sketch: Sketch) -> Document:
    by_amount = sketch.get("is_amount_discount", True)
    return Document(
        lines=[line(entry) for entry in sketch["lines"]],
        discount=Decimal(sketch.get("discount", 0)),
        is_amount_discount=by_amount,
        taxes=[(name, Decimal(rate)) for name, rate in sketch.get("taxes", ())],
        surcharges=[Decimal(charge) for charge in sketch.get("surcharges", ())],
        surcharge_taxes=sketch.get("surcharge_taxes", ()),
        inclusive=sketch.get("inclusive", False),
        precision=sketch.get("precision", 2),
        rappen=sketch.get("rappen", False),
        exempt=sketch.get("exempt", False),
    )


def line(sketch: Sketch) -> Line:
    taxes = dict(enumerate(sketch.get("taxes", ()), 1))
    return Line(
        cost=Decimal(sketch["cost"]),
        quantity=Decimal(sketch["quantity"]),
        discount=Decimal(sketch.get("discount", 0)),
        **{f"tax_name{slot}": name for slot, (name, _rate) in taxes.items()},
        **{f"tax_rate{slot}": Decimal(rate) for slot, (_name, rate) in taxes.items()},
    )
