"""The printed page beside the design settings: a real invoice, or a made-up one, as it would look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from comptoir.delivery.pdf.engine import PdfFailed
from comptoir.delivery.pdf.labels import WORDS
from comptoir.delivery.pdf.pictures import picture
from comptoir.delivery.placeholders.catalogue import CATALOGUE as PLACEHOLDERS
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.settings import reading
from comptoir.office.settings.layout import BY_KEY
from comptoir.office.settings.levels import Level, level_of
from comptoir.office.settings.shown_papers import drawn
from comptoir.preferences.cascade import Preferences
from comptoir.preferences.catalogue.columns import PDF_VARIABLES
from comptoir.ui.parts import Choice

PARTS: Final = {
    "client_details": gettext_lazy("Client"),
    "company_details": gettext_lazy("Company"),
    "company_address": gettext_lazy("Company address"),
    "invoice_details": gettext_lazy("Invoice"),
    "quote_details": gettext_lazy("Quote"),
    "credit_details": gettext_lazy("Credit"),
    "product_columns": gettext_lazy("Columns of products"),
    "product_quote_columns": gettext_lazy("Columns of products on quotes"),
    "task_columns": gettext_lazy("Columns of tasks"),
    "total_columns": gettext_lazy("Totals"),
    "delivery_note_columns": gettext_lazy("Columns of delivery notes"),
}
_MORE: Final = {"product_columns": ("$product.tax_amount", "$product.gross_line_total")}


@dataclass(frozen=True)
class Part:
    """A part of the page and what it may show, the chosen ones first in their order."""

    name: str
    label: str
    chosen: list[str]
    options: list[Choice]


def parts(level: Level, sent: QueryDict) -> list[Part]:
    """The parts that a company arranges, with everything that each may show; chosen is what was sent."""
    chosen = level.preferences.pdf_variables
    found = []
    for name, label in PARTS.items():
        shown = sent.getlist(f"pdf_variables.{name}") or list(chosen.get(name, PDF_VARIABLES[name]))
        every = [*shown, *(each for each in _every(name) if each not in shown)]
        options = [Choice(each, _called(name, each), hint=each) for each in every]
        found.append(Part(f"pdf_variables.{name}", str(label), shown, options))
    return found


def _called(part: str, name: str) -> str:
    """What a field is called: the word that documents print for it, else what it stands for."""
    owner, _dot, key = name.removeprefix("$").rpartition(".")
    if owner in {"client", "company", "contact", "vendor"}:
        return _sentences().get(f"{owner}.{key}", key)
    kind = part.removesuffix("_details")
    word = WORDS.get(f"{kind}_{key}") or WORDS.get(key)
    return str(word) if word else _sentences().get(key, key)


def _sentences() -> dict[str, str]:
    return {each.name: str(each.sentence) for each in PLACEHOLDERS}


def _every(part: str) -> list[str]:
    """Everything a part may show: its default, and the placeholders of the same owner."""
    owner = {"client_details": "client.", "company_details": "company.", "company_address": "company."}.get(
        part, ""
    )
    named = [f"${each.name}" for each in PLACEHOLDERS if owner and each.name.startswith(owner)]
    return list(dict.fromkeys([*PDF_VARIABLES[part], *named, *_MORE.get(part, ())]))


@require_POST
@desk()
def preview(place: Desk) -> HttpResponse:
    """What stands in the form, saved or not, on paper."""
    level = level_of(place)
    keys = [key for _section, names in BY_KEY["designs"].at(level.key) for key in names]
    try:
        typed = reading.read(keys, place.request.POST, level).settings
        preferences = Preferences(({**level.own, **typed}, *level.layers[1:]))
        content = drawn(place, level, preferences, place.request.POST.get("shown", ""))
    except (Refused, PdfFailed) as failure:
        return HttpResponse(str(failure), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture(content, most=1), content_type="image/webp")


urlpatterns = [path("settings/designs/paper", preview, name="paper")]
