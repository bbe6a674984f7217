"""Stripe: a Checkout session collects, payment intents charge what is stored, refunds give back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

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
    Way,
)

from . import outcomes, people, returns, ways
from .amounts import to_units
from .connection import Connection
from .outcomes import KEY
from .reading import get
from .returns import REFUND

GONE: Final = ("resource_missing",)
"""Stripe's words for what it does not know."""

LOOKED_AT: Final = ("cs_", "pi_")
"""The beginnings of what can be looked at: sessions and intents."""

MOST: Final = 100
"""Rows that Stripe tells at once."""


class Provider:
    """``config``: ``apiKey`` (secret), ``publishableKey``, ``webhookSecret``."""

    ways: ClassVar[Mapping[str, Way]] = ways.WAYS
    secrets: ClassVar[frozenset[str]] = frozenset({"apiKey", "webhookSecret"})
    takes_online: ClassVar[bool] = True

    def __init__(self, config: dict[str, Any]) -> None:
        self._ask = Connection(str(config.get("apiKey") or "").strip()).ask
        self.webhook_secret = str(config.get("webhookSecret") or "").strip()

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
        return self._ask(lambda stripe: outcomes.outcome(outcomes.fetch(stripe, reference)))

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

    def charged(self, asked: Asked) -> str:
        params = {"customer": asked.customer, "limit": MOST}
        rows = self._ask(lambda stripe: stripe.v1.payment_intents.list(params))
        return next((str(row.id) for row in rows.data if get(get(row, "metadata"), KEY) == asked.key), "")

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
        name = str(get(subject, "id") or "")
        reference = name if name.startswith(LOOKED_AT) else ""
        return Heard(str(event.id), str(event.type), key, reference, money)

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
