"""What the client has with the company already: shown, ticked, and taken off what is to be paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from comptoir.collecting import own_money
from comptoir.collecting.own_money import CREDIT, PAYMENT, Plan
from comptoir.kernel.money import ZERO
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
    return Wallet(using, plan, list(_rows(there, using, plan)))


def _rows(there: Visit, using: Sequence[str], plan: Plan) -> Iterator[dict[str, Any]]:
    """Each kind that the client has some of, and may use."""
    reader = there.reader(there.client.currency_id)
    for kind, setting in own_money.SETTINGS.items():
        mode = str(there.preferences[setting])
        has = own_money.available(there.client, kind, on=there.on) if mode != "off" else ZERO
        if has > 0:
            yield {
                "kind": kind,
                "label": WORDS[kind],
                "has": reader.money(has),
                "used": reader.money(-plan.of(kind)) if plan.of(kind) else "",
                "offered": mode == "option",
                "ticked": kind in using,
            }


def shown_in(sent: Mapping[str, str]) -> Decimal:
    """What the page said that own money pays; nothing for what is no number."""
    try:
        return calculate(sent.get("own.shown", "0"))
    except ValueError:
        return ZERO
