"""The lists that every app loads at its start; a language's answer is made once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from msgspec import Raw

from comptoir.contract import answers
from comptoir.contract.calls import Call
from comptoir.contract.endpoints import Endpoints, route
from comptoir.contract.fields.objects import EXACT
from comptoir.delivery.mail.texts import TEMPLATES, ours, setting_names
from comptoir.reference import statics


def static_lists() -> Any:
    """The lists in the reader's language, as JSON."""
    return Raw(_encoded(get_language() or "en"))


@lru_cache(maxsize=16)
def _encoded(locale: str) -> bytes:
    return EXACT.encode(statics(locale, _templates()))


def _templates() -> dict[str, dict[str, str]]:
    """Our own texts by the name of the setting that replaces them, in the language of the moment."""
    return {setting_names(name)[1]: ours(name)._asdict() for name in TEMPLATES}


class Statics(Endpoints):
    path, entity = "statics", "statics"

    @route("GET", "/statics")
    def show(call: Call) -> HttpResponse:
        """Every static list: currencies, countries, languages and the like."""
        return answers.json(static_lists())
