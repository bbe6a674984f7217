"""The lines of a document, with the wire's keys; documents keep them as exact JSON text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec
from django.utils.translation import gettext_lazy as _

from comptoir.kernel.money import LIMIT, ZERO, parse, shortest
from comptoir.kernel.refused import Refused


class Line(msgspec.Struct):
    """One line of an invoice, quote, credit, recurring document or order (contract: invoice_item).

    Rates and percent discounts are percents (19 means 19 %). ``line_total``, ``gross_line_total``
    and ``tax_amount`` are filled by ``totals``.
    """

    quantity: Decimal = ZERO
    cost: Decimal = ZERO
    product_key: str = ""
    product_cost: Decimal = ZERO
    notes: str = ""
    discount: Decimal = ZERO
    is_amount_discount: bool = False
    tax_name1: str = ""
    tax_rate1: Decimal = ZERO
    tax_name2: str = ""
    tax_rate2: Decimal = ZERO
    tax_name3: str = ""
    tax_rate3: Decimal = ZERO
    sort_id: str = "0"
    line_total: Decimal = ZERO
    gross_line_total: Decimal = ZERO
    tax_amount: Decimal = ZERO
    date: str = ""
    custom_value1: str = ""
    custom_value2: str = ""
    custom_value3: str = ""
    custom_value4: str = ""
    type_id: str = "1"
    tax_id: str = "1"
    task_id: str = ""
    expense_id: str = ""
    unit_code: str = "C62"

    @property
    def taxes(self) -> tuple[tuple[str, Decimal], ...]:
        """The three (name, rate) pairs, used or not."""
        return (
            (self.tax_name1, self.tax_rate1),
            (self.tax_name2, self.tax_rate2),
            (self.tax_name3, self.tax_rate3),
        )


PRODUCT, SERVICE, UNPAID_FEE, PAID_FEE, LATE_FEE, EXPENSE = "1", "2", "3", "4", "5", "6"
"""Values of ``type_id``."""
GATEWAY_FEES: Final = (UNPAID_FEE, PAID_FEE)
"""Lines that belong to one payment of one document: copies leave them behind (decision M6)."""

_NO_NUMBER: Final = _("This is not a number.")
_NO_TEXT: Final = _("This is not a text.")
_TOO_LARGE: Final = _("This number is too large.")

_decoder: Final = msgspec.json.Decoder(list[Line])
_encoder: Final = msgspec.json.Encoder(decimal_format="number")


def read(text: str) -> list[Line]:
    """Give the lines of a stored document."""
    return _decoder.decode(text) if text else []


def write(lines: Sequence[Line]) -> str:
    """Give the text to store: every key, numbers exact, whole ones as integers."""
    return _encoder.encode(lines).decode()


def clean(raw: object, is_amount_discount: bool) -> list[Line]:
    """Turn what an app sent into whole lines: missing keys filled, unknown ones dropped.

    Raises Refused with a path such as ``line_items.0.cost`` for each value that is no number or
    no text (contract rules 11, decisions M5 and M6).
    """
    if raw in (None, "", "[]"):  # a blank document's lines are the text "[]" (decisions T24)
        return []
    if not isinstance(raw, (list, tuple)):
        raise Refused("line_items", _("This is not a list of lines."))
    errors: dict[str, list[Any]] = {}
    lines = [
        _cleaned(row, is_amount_discount, f"line_items.{place}", errors) for place, row in enumerate(raw)
    ]
    if errors:
        raise Refused.many(errors)
    return lines


def _cleaned(row: Any, is_amount_discount: bool, path: str, errors: dict[str, list[Any]]) -> Line:
    values: dict[str, Any] = {"is_amount_discount": is_amount_discount}
    if not isinstance(row, Mapping):
        errors[path] = [_("A line must have named values.")]
        return Line()
    for name, value in row.items():
        read_value = _READERS.get(name)
        if read_value is None:
            continue
        try:
            values[name] = read_value(value)
        except ValueError as fault:
            errors[f"{path}.{name}"] = [fault.args[0]]
    return _with_codes(Line(**values))


def _number(value: Any) -> Decimal:
    try:
        number = parse(value)
    except ValueError:
        raise ValueError(_NO_NUMBER) from None
    if not -LIMIT <= number <= LIMIT:
        raise ValueError(_TOO_LARGE)
    return number if type(value) is int else shortest(number)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    raise ValueError(_NO_TEXT)


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "quantity": _number,
    "cost": _number,
    "product_key": _text,
    "product_cost": _number,
    "notes": _text,
    "discount": _number,
    "tax_name1": _text,
    "tax_rate1": _number,
    "tax_name2": _text,
    "tax_rate2": _number,
    "tax_name3": _text,
    "tax_rate3": _number,
    "sort_id": _text,
    "date": _text,
    "custom_value1": _text,
    "custom_value2": _text,
    "custom_value3": _text,
    "custom_value4": _text,
    "type_id": _text,
    "tax_id": _text,
    "task_id": _text,
    "expense_id": _text,
    "unit_code": _text,
}
"""What an app may send; the computed figures and the kind of discount are not its to say."""


def _with_codes(line: Line) -> Line:
    """Fill the codes that are never empty on the wire (contract: invoice_item)."""
    if line.type_id in ("", "0"):
        line.type_id = PRODUCT
    line.tax_id = line.tax_id or ("2" if line.type_id == SERVICE else "1")
    line.sort_id = line.sort_id or "0"
    line.unit_code = line.unit_code or "C62"
    return line
