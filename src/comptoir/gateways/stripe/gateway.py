"""Stripe: a Checkout session collects, payment intents charge what is stored, refunds give back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.gateways.interface import (
    Asked,
    Contested,
    Customer,
    Declined,
    Heard,
    Misconfigured,
    NotSigned,
    Outcome,
    Returned,
    Started,
    State,
    Stored,
    Unreachable,
    Way,
)

from . import people, returns, ways
from .amounts import from_units, to_units
from .reading import get
from .returns import REFUND

PATIENCE: Final = 20
"""Seconds that Stripe has to answer."""

KEY: Final = "attempt"
"""Under which our key stands in Stripe's metadata."""

GONE: Final = ("resource_missing",)
"""Stripe's words for what it does not know."""

MOST: Final = 100
"""Rows that Stripe tells at once."""


class Provider:
    """``config``: ``apiKey`` (secret), ``publishableKey``, ``webhookSecret``."""

    ways: ClassVar[Mapping[str, Way]] = ways.WAYS
    secrets: ClassVar[frozenset[str]] = frozenset({"apiKey", "webhookSecret"})
    takes_online: ClassVar[bool] = True

    def __init__(self, config: dict[str, Any]) -> None:
        self.api_key = str(config.get("apiKey") or "").strip()
        self.webhook_secret = str(config.get("webhookSecret") or "").strip()

    @property
    def client(self) -> Any:
        """Stripe's own client. Raises Misconfigured without a key."""
        import stripe

        if not self.api_key:
            raise Misconfigured(_("Enter the secret key."))
        given: dict[str, Any] = (
            {"base_addresses": {"api": settings.STRIPE_URL}} if settings.STRIPE_URL else {}
        )
        return stripe.StripeClient(
            self.api_key, http_client=stripe.RequestsClient(timeout=PATIENCE), max_network_retries=1, **given
        )

    def check(self) -> None:
        self._ask(lambda stripe: stripe.v1.balance.retrieve())

    def begin(self, asked: Asked) -> Started:
        intent: dict[str, Any] = {"metadata": {KEY: asked.key}, "description": asked.about[:500]}
        if asked.keep:
            intent["setup_future_usage"] = "off_session"
        price = {
            "currency": asked.currency.lower(),
            "unit_amount": to_units(asked.amount, asked.currency),
            "product_data": {"name": asked.about[:250]},
        }
        params = {
            **self._page(asked, "payment"),
            "payment_intent_data": intent,
            "line_items": [{"price_data": price, "quantity": 1}],
        }
        if asked.keep and not asked.customer:
            params["customer_creation"] = "always"
        return self._open(params, asked)

    def begin_storing(self, asked: Asked) -> Started:
        params = {**self._page(asked, "setup"), "setup_intent_data": {"metadata": {KEY: asked.key}}}
        if not asked.customer:
            params["customer_creation"] = "always"
        return self._open(params, asked)

    def look(self, reference: str) -> Outcome:
        return self._ask(lambda stripe: _outcome(_fetch(stripe, reference)))

    def call_off(self, reference: str) -> Outcome:
        found = self.look(reference)
        if found.state is not State.OPEN or not reference.startswith("cs_"):
            return found
        with suppress(Declined, Misconfigured):  # paid or closed between the two questions: ask once more
            self._ask(lambda stripe: stripe.v1.checkout.sessions.expire(reference))
        return self.look(reference)

    def charge(self, asked: Asked, token: str) -> Outcome:
        params: dict[str, Any] = {
            "amount": to_units(asked.amount, asked.currency),
            "currency": asked.currency.lower(),
            "customer": asked.customer,
            "payment_method": token,
            "payment_method_types": [ways.WORDS[asked.way]],
            "confirm": True,
            "off_session": True,
            "metadata": {KEY: asked.key},
            "description": asked.about[:500],
        }
        options = {"idempotency_key": f"charge-{asked.key}"}
        made = self._ask(lambda stripe: stripe.v1.payment_intents.create(params, options))
        return self.look(made.id)

    def refund(self, reference: str, amount: Decimal, currency: str, key: str) -> str:
        params = {
            "payment_intent": reference,
            "amount": to_units(amount, currency),
            "metadata": {REFUND: key},
        }
        options = {"idempotency_key": f"refund-{key}"}
        made = self._ask(lambda stripe: stripe.v1.refunds.create(params, options))
        if get(made, "status") in ("failed", "canceled"):
            raise Declined(str(get(made, "failure_reason") or _("The refund failed.")))
        return str(made.id)

    def returned(self, reference: str) -> list[Returned]:
        asked = {"payment_intent": reference, "limit": MOST}
        rows = self._ask(lambda stripe: stripe.v1.refunds.list(asked))
        return [returns.returned(row) for row in rows.data]

    def contested(self, reference: str) -> list[Contested]:
        asked = {"payment_intent": reference, "limit": MOST}
        rows = self._ask(lambda stripe: stripe.v1.disputes.list(asked))
        return [returns.contested(row) for row in rows.data]

    def moved_since(self, moment: datetime) -> set[str]:
        asked = {"created": {"gte": int(moment.timestamp())}, "limit": MOST}

        def question(stripe: Any) -> set[str]:
            pages = (stripe.v1.refunds.list(asked), stripe.v1.disputes.list(asked))
            return {
                str(get(row, "payment_intent") or "") for page in pages for row in page.auto_paging_iter()
            }

        found: set[str] = self._ask(question)
        return found - {""}

    def forget(self, token: str) -> None:
        try:
            self._ask(lambda stripe: stripe.v1.payment_methods.detach(token))
        except (Misconfigured, Declined):
            return  # Stripe does not know it, or has dropped it already

    def customers(self) -> Iterator[Customer]:
        rows = self._ask(lambda stripe: stripe.v1.customers.list({"limit": MOST})).auto_paging_iter()
        while (row := self._ask(lambda _stripe: next(rows, None))) is not None:
            yield people.customer(row)

    def methods_of(self, customer: str) -> list[Stored]:
        asked = {"customer": customer, "limit": MOST}
        try:
            rows = self._ask(lambda stripe: stripe.v1.payment_methods.list(asked))
        except Misconfigured as fault:
            if getattr(fault.__cause__, "code", "") in GONE:
                return []
            raise
        shown = [ways.stored(row, customer) for row in rows.data]
        return [one for one in shown if one is not None]

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        import stripe

        signature = next((v for k, v in headers.items() if k.lower() == "stripe-signature"), "")
        if not self.webhook_secret:
            raise NotSigned(_("No signing secret is known for this gateway."))
        try:
            event = stripe.Webhook.construct_event(body, signature, self.webhook_secret)
        except (stripe.SignatureVerificationError, ValueError, KeyError, AttributeError) as error:
            raise NotSigned(str(error)) from error
        subject = event.data.object
        metadata = get(subject, "metadata")
        key = str(get(metadata, KEY) or get(subject, "client_reference_id") or "")
        money = str(get(subject, "payment_intent") or "") if event.type.startswith(returns.EVENTS) else ""
        return Heard(str(event.id), str(event.type), key, str(get(subject, "id") or ""), money)

    def _page(self, asked: Asked, mode: str) -> dict[str, Any]:
        params: dict[str, Any] = {
            "mode": mode,
            "payment_method_types": [ways.WORDS[asked.way]],
            "client_reference_id": asked.key,
            "metadata": {KEY: asked.key},
            "success_url": asked.back,
            "cancel_url": asked.cancel,
        }
        if asked.locale:
            params["locale"] = asked.locale
        if asked.customer:
            params["customer"] = asked.customer
        elif asked.email:
            params["customer_email"] = asked.email
        if mode == "setup":
            params["currency"] = asked.currency.lower()
        return params

    def _open(self, params: dict[str, Any], asked: Asked) -> Started:
        options = {"idempotency_key": f"page-{asked.key}"}
        made = self._ask(lambda stripe: stripe.v1.checkout.sessions.create(params, options))
        return Started(str(made.url), str(made.id))

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        """Put a question in our words for what can go wrong. Raises GatewayFault."""
        import stripe

        try:
            return question(self.client)
        except stripe.CardError as error:
            raise Declined(_text(error), _why(error), _intent(error)) from error
        except stripe.AuthenticationError as error:
            raise Misconfigured(_("Stripe does not know this secret key.")) from error
        except (stripe.APIConnectionError, stripe.RateLimitError, stripe.IdempotencyError) as error:
            raise Unreachable(_text(error)) from error
        except stripe.StripeError as error:
            if error.http_status is None or error.http_status >= 500 or error.http_status == 409:
                raise Unreachable(_text(error)) from error
            raise Misconfigured(_text(error)) from error


def _fetch(stripe: Any, reference: str) -> Any:
    if reference.startswith("pi_"):
        return stripe.v1.payment_intents.retrieve(reference, {"expand": ["payment_method"]})
    expand = ["payment_intent.payment_method", "setup_intent.payment_method"]
    return stripe.v1.checkout.sessions.retrieve(reference, {"expand": expand})


def _outcome(found: Any) -> Outcome:
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


def _text(error: Any) -> str:
    return str(getattr(error, "user_message", "") or error)[:500]


def _why(error: Any) -> str:
    said = getattr(error, "json_body", None) or {}
    return str(said.get("error", {}).get("decline_code") or getattr(error, "code", "") or "")


def _intent(error: Any) -> str:
    said = getattr(error, "json_body", None) or {}
    return str((said.get("error", {}).get("payment_intent") or {}).get("id") or "")
