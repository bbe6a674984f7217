"""The counter rows: taking from them, and their face on the wire (``invoice_number_counter``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection

from comptoir.preferences.catalogue.numbers import SERIES
from comptoir.preferences.values import whole
from comptoir.tenancy.scope import current_company_id
from comptoir.tenancy.statements import run

from .models import Counter
from .rules import is_gap_free

SUFFIX: Final = "_number_counter"

_TAKE: Final = """
INSERT INTO numbering_counter (company_id, series, scope, next_value) VALUES (%s, %s, %s, %s)
ON CONFLICT (company_id, series, scope) DO UPDATE
SET next_value = numbering_counter.next_value + EXCLUDED.next_value - 1
RETURNING next_value
"""


def take(series: str, scope: str, count: int = 1) -> int:
    """Take ``count`` numbers in one statement and answer the first of them.

    The row stays locked until the caller's transaction ends: nobody else draws meanwhile, and a
    rollback gives the numbers back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A number is drawn in the transaction that uses it.")
    ((following,),) = run(_TAKE, (current_company_id(), series, scope, 1 + count))
    return int(following) - count


def put(series: str, scope: str, next_value: int) -> None:
    """Set a counter. The caller holds its row already, or sets what a person typed."""
    Counter.objects.update_or_create(series=series, scope=scope, defaults={"next_value": next_value})


def peek(series: str, scope: str) -> int:
    """The next number of a counter, without taking it."""
    row = Counter.objects.filter(series=series, scope=scope).values_list("next_value", flat=True).first()
    return 1 if row is None else row


def has_drawn(series: str) -> bool:
    """Whether a number of the series was ever drawn, under any of its counters."""
    return Counter.objects.filter(series=series).exists()


def shown(scope: str = "") -> dict[str, int]:
    """Counters as settings: {"invoice_number_counter": 9}. The company's, or of one scope."""
    return shown_many([scope]).get(scope, {})


def shown_many(scopes: Iterable[str]) -> dict[str, dict[str, int]]:
    """The same for many scopes at once, in one query; scopes without a counter are left out."""
    found: dict[str, dict[str, int]] = {}
    rows = Counter.objects.filter(scope__in=list(scopes)).values_list("scope", "series", "next_value")
    for scope, series, next_value in rows:
        found.setdefault(scope, {})[series + SUFFIX] = next_value
    return found


def write(sent: Mapping[str, Any], scope: str = "") -> dict[str, tuple[int, int]]:
    """Set the counters that ``sent`` settings name, where they differ: key -> (old, new).

    Settings are validated before (``preferences.writing``). Where the law wants numbers without gaps a
    series that has begun is never moved; one that has not may start where an earlier system stopped.
    """
    wanted = {key.removesuffix(SUFFIX): whole(sent[key]) for key in sent if key.endswith(SUFFIX)}
    wanted = {series: value for series, value in wanted.items() if series in SERIES and value > 0}
    if not wanted:
        return {}
    present = dict(Counter.objects.filter(scope=scope).values_list("series", "next_value"))
    changes = {}
    for series, value in wanted.items():
        old = present.get(series, 1)
        if value == old or (series in present and is_gap_free(series)):
            continue
        put(series, scope, value)
        changes[series + SUFFIX] = (old, value)
    return changes
