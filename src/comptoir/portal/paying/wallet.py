"""What the client has with the company already: shown, ticked, and taken off what is to be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.collecting import own_money
from comptoir.collecting.own_money import CREDIT, PAYMENT, Plan
from comptoir.payments.parts import Part
from comptoir.portal.visits import Visit
from comptoir.ui.arithmetic import calculate

WORDS: Final = {CREDIT: _("Your credit notes"), PAYMENT: _("Your payments not used yet")}


@dataclass(frozen=True)
class Wallet:
    """``using`` are the kinds that pay, ``plan`` what they pay; ``rows`` what the page shows of them."""

    using: list[str]
    plan: Plan
    rows: list[dict[str, Any]]

    @property
    def shown(self) -> Decimal:
        """What the form sends back, so that nobody pays another sum than was shown."""
        return self.plan.total


def opened(there: Visit, parts: Sequence[Part], sent: Any) -> Wallet:
    """Where it is offered it is ticked to begin with; a form that was sent says so itself."""
    ticked = sent.getlist("own") if "own.shown" in sent else list(own_money.SETTINGS)
    using = own_money.kinds(there.client, ticked)
    plan = own_money.plan(there.client, parts, using, on=there.on, free=True)
    return Wallet(using, plan, [row for row in map(_row(there, using, plan), own_money.SETTINGS) if row])


def _row(there: Visit, using: Sequence[str], plan: Plan) -> Any:
    reader = there.reader(there.client.currency_id)

    def row(kind: str) -> dict[str, Any]:
        mode = str(there.preferences[own_money.SETTINGS[kind]])
        has = own_money.available(there.client, kind, on=there.on) if mode != "off" else Decimal(0)
        if has <= 0:
            return {}
        return {
            "kind": kind,
            "label": WORDS[kind],
            "has": reader.money(has),
            "used": reader.money(-plan.of(kind)) if plan.of(kind) else "",
            "offered": mode == "option",
            "ticked": kind in using,
        }

    return row


def shown_in(sent: Mapping[str, str]) -> Decimal:
    """What the page said that own money pays; nothing for what is no number."""
    try:
        return calculate(sent.get("own.shown", "0"))
    except ValueError:
        return Decimal(0)
