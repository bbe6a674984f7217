"""The connection to Stripe: questions with a company's key, and in our words what can go wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.gateways.interface import Declined, Misconfigured, Unreachable

PATIENCE: Final = 20
"""Seconds that Stripe has to answer."""


@dataclass(frozen=True)
class Connection:
    """``api_key`` is the secret one."""

    api_key: str = field(repr=False)

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

    def ask(self, question: Callable[[Any], Any]) -> Any:
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


def _text(error: Any) -> str:
    return str(getattr(error, "user_message", "") or error)[:500]


def _why(error: Any) -> str:
    said = getattr(error, "json_body", None) or {}
    return str(said.get("error", {}).get("decline_code") or getattr(error, "code", "") or "")


def _intent(error: Any) -> str:
    said = getattr(error, "json_body", None) or {}
    return str((said.get("error", {}).get("payment_intent") or {}).get("id") or "")
