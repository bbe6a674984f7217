"""The lists that every app loads at its start; made once for a language and the rates of a day."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from msgspec import Raw

from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.objects import EXACT
from comptoir.delivery.mail.texts import TEMPLATES, ours, setting_names
from comptoir.exchange.rates import known_rates
from comptoir.kernel.money import shortest
from comptoir.reference import statics
from comptoir.tenancy.scope import current_company


def static_lists() -> Any:
    """The lists in the reader's language, with rates of exchange as its company has them, as JSON."""
    known = known_rates(current_company(), on=timezone.now().date())
    rates = tuple(sorted((unit, shortest(found.rate)) for unit, found in known.items()))
    return Raw(_encoded(get_language() or "en", rates))


@lru_cache(maxsize=16)
def _encoded(locale: str, rates: tuple[tuple[str, Decimal], ...]) -> bytes:
    return EXACT.encode(statics(locale, _templates(), dict(rates)))


def _templates() -> dict[str, dict[str, str]]:
    """Our own texts by the name of the setting that replaces them, in the language of the moment."""
    return {setting_names(name)[1]: ours(name)._asdict() for name in TEMPLATES}


class Statics(Endpoints):
    path, entity = "statics", "statics"

    @route("GET", "/statics")
    def show(call: Call) -> HttpResponse:
        """Every static list: currencies, countries, languages and the like."""
        return answers.json(static_lists())
