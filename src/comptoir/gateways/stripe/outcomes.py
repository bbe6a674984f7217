"""What a session or an intent has come to, in our words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from comptoir.gateways.interface import Outcome, State

from . import ways
from .amounts import from_units
from .reading import get

KEY: Final = "attempt"
"""Under which our key stands in Stripe's metadata."""


def fetch(stripe: Any, reference: str) -> Any:
    if reference.startswith("pi_"):
        return stripe.v1.payment_intents.retrieve(reference, {"expand": ["payment_method"]})
    expand = ["payment_intent.payment_method", "setup_intent.payment_method"]
    return stripe.v1.checkout.sessions.retrieve(reference, {"expand": expand})


def outcome(found: Any) -> Outcome:
    """What a session or an intent has come to."""
    if get(found, "object") == "payment_intent":
        return _of_intent(found)
    if get(found, "mode") == "setup":
        return _of_setup(found)
    key = str(get(get(found, "metadata"), KEY) or "")
    intent = get(found, "payment_intent")
    if get(found, "status") == "open":
        return Outcome(State.OPEN, key=key)
    if get(found, "status") == "expired" or not intent or isinstance(intent, str):
        return Outcome(State.FAILED, key=key)
    return _of_intent(intent, key)


def _of_intent(intent: Any, key: str = "") -> Outcome:
    method, customer = get(intent, "payment_method"), str(get(intent, "customer") or "")
    currency = str(get(intent, "currency") or "").upper()
    status = get(intent, "status")
    states = {"succeeded": State.PAID, "processing": State.PENDING}
    fault = get(intent, "last_payment_error")
    return Outcome(
        state=states.get(str(status), State.FAILED),
        reference=str(intent.id),
        amount=from_units(int(get(intent, "amount_received") or get(intent, "amount") or 0), currency),
        currency=currency,
        key=key or str(get(get(intent, "metadata"), KEY) or ""),
        payment_type=ways.payment_type(method),
        said=str(get(fault, "message") or _unsaid(str(status))),
        stored=ways.stored(method, customer) if get(intent, "setup_future_usage") else None,
    )


def _unsaid(status: str) -> str:
    return _("The bank wants the client to confirm.") if status == "requires_action" else ""


def _of_setup(found: Any) -> Outcome:
    key = str(get(get(found, "metadata"), KEY) or "")
    if get(found, "status") == "open":
        return Outcome(State.OPEN, key=key)
    intent = get(found, "setup_intent")
    kept = ways.stored(get(intent, "payment_method"), str(get(found, "customer") or ""))
    return Outcome(State.PAID if kept else State.FAILED, key=key, stored=kept)
