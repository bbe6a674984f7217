"""The events by their number on the wire (contract rules 19), and which of them this house tells."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.activity.facts import Fact, facts_with_events

EVENTS: Final[dict[int, Any]] = {
    1: _("Client created"),
    10: _("Client updated"),
    37: _("Client archived"),
    45: _("Client restored"),
    11: _("Client deleted"),
    2: _("Invoice created"),
    8: _("Invoice updated"),
    60: _("Invoice sent"),
    24: _("Invoice reminded"),
    22: _("Invoice late"),
    33: _("Invoice archived"),
    41: _("Invoice restored"),
    9: _("Invoice deleted"),
    3: _("Quote created"),
    6: _("Quote updated"),
    61: _("Quote sent"),
    64: _("Quote reminded"),
    21: _("Quote approved"),
    23: _("Quote expired"),
    34: _("Quote archived"),
    42: _("Quote restored"),
    7: _("Quote deleted"),
    27: _("Credit created"),
    28: _("Credit updated"),
    62: _("Credit sent"),
    35: _("Credit archived"),
    43: _("Credit restored"),
    29: _("Credit deleted"),
    4: _("Payment created"),
    31: _("Payment updated"),
    32: _("Payment archived"),
    40: _("Payment restored"),
    12: _("Payment deleted"),
    50: _("Product created"),
    51: _("Product updated"),
    54: _("Product archived"),
    53: _("Product restored"),
    52: _("Product deleted"),
}

LAST: Final = 65
"""Numbers up to here are events of the wire; those without a name belong to records we do not keep yet."""


@lru_cache(maxsize=1)
def told() -> frozenset[int]:
    """The events that some fact of the house tells."""
    return frozenset(fact.event for fact in facts_with_events() if fact.event is not None)


def event_of(fact: type[Fact] | None) -> int | None:
    return fact.event if fact else None
