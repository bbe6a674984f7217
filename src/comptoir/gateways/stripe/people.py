"""Whom Stripe knows, in our words."""

from __future__ import annotations

from typing import Any

from comptoir.gateways.interface import Customer

from .reading import get


def customer(row: Any) -> Customer:
    """A customer; what Stripe was not told is empty."""
    home = get(row, "address")

    def text(of: Any, name: str) -> str:
        return str(get(of, name) or "")[:190]

    return Customer(
        reference=str(row.id),
        name=text(row, "name") or text(row, "description"),
        email=text(row, "email"),
        phone=text(row, "phone"),
        address1=text(home, "line1"),
        address2=text(home, "line2"),
        city=text(home, "city"),
        state=text(home, "state"),
        postal_code=text(home, "postal_code"),
        country=text(home, "country"),
    )
