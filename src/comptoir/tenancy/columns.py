"""Column types for exact numbers.

Django's DecimalField is a REAL on SQLite: sums drift and ``balance = 0`` fails. Ours store whole
micro-units (10^-6) in a BIGINT and give back Decimals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Combinable

from comptoir.kernel.money import from_micros, parse, to_micros


class MicroField(models.BigIntegerField):  # type: ignore[type-arg]
    """An exact number with six decimals (a rate in percent, a quantity, an exchange rate)."""

    if TYPE_CHECKING:  # what the type checker reads a column by
        _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else from_micros(value)

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else parse(value)

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_micros(value if isinstance(value, Decimal) else parse(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> None:
        return None


class MoneyField(MicroField):
    """An amount in units of its document's currency, exact to 10^-6."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Decimal(0))
        super().__init__(*args, **kwargs)
