"""Instructions instead of a provider: the client reads them and pays; a person records the payment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from comptoir.gateways.interface import (
    Asked,
    Contested,
    Customer,
    Heard,
    Misconfigured,
    NotSigned,
    Outcome,
    Returned,
    Started,
    State,
    Stored,
    Way,
)


class Provider:
    """``config``: ``name`` of the way of paying, ``text`` with the instructions (Markdown)."""

    ways: ClassVar[Mapping[str, Way]] = {"5": Way(refunds=False)}
    secrets: ClassVar[frozenset[str]] = frozenset()
    takes_online: ClassVar[bool] = False

    def __init__(self, config: dict[str, Any]) -> None:
        self.name = str(config.get("name") or "").strip()
        self.text = str(config.get("text") or "").strip()

    def check(self) -> None:
        if not self.name and not self.text:
            raise Misconfigured(_("Say how to pay: a name or instructions."))

    def begin(self, asked: Asked) -> Started:
        raise Misconfigured(_("This way of paying has no page of its own."))

    def begin_storing(self, asked: Asked) -> Started:
        raise Misconfigured(_("This way of paying has no page of its own."))

    def look(self, reference: str) -> Outcome:
        return Outcome(State.OPEN)

    def call_off(self, reference: str) -> Outcome:
        return Outcome(State.FAILED)

    def charge(self, asked: Asked, token: str) -> Outcome:
        raise Misconfigured(_("This way of paying has no page of its own."))

    def charged(self, asked: Asked) -> str:
        return ""

    def refund(self, reference: str, amount: Decimal, currency: str, key: str) -> str:
        raise Misconfigured(_("Give the money back by hand, then record the refund."))

    def returned(self, reference: str) -> list[Returned]:
        return []

    def contested(self, reference: str) -> list[Contested]:
        return []

    def moved_since(self, moment: datetime) -> list[str]:
        return []

    def forget(self, token: str) -> None:
        return None

    def customers(self) -> list[Customer]:
        return []

    def methods_of(self, customer: str) -> list[Stored]:
        return []

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        raise NotSigned("custom")
