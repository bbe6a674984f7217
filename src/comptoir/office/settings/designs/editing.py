"""A design as text: its parts in editors, beside them the page that comes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.delivery.pdf.own import blocks
from comptoir.delivery.placeholders.catalogue import CATALOGUE as PLACEHOLDERS
from comptoir.designs import operations
from comptoir.designs.models import PARTS, Design
from comptoir.designs.starting import starter
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import page
from comptoir.office.settings.levels import level_of
from comptoir.office.settings.pages import frame
from comptoir.ui import toasts
from comptoir.ui.forms import Form


@dataclass(frozen=True)
class Part:
    """A text of a design: what it is called, and what it is for."""

    key: str
    title: str | Promise
    hint: str | Promise

    @property
    def name(self) -> str:
        return f"design.{self.key}"


EDITED: Final = (
    Part("body", gettext_lazy("Body"), gettext_lazy("The page itself. $product_table stands for the lines.")),
    Part("header", gettext_lazy("Header"), gettext_lazy("At the top, on all pages if the settings say so.")),
    Part("footer", gettext_lazy("Footer"), gettext_lazy("At the end, on all pages if the settings say so.")),
    Part(
        "product",
        gettext_lazy("Product table"),
        gettext_lazy(
            "A row that names $product.item is written for each line. Empty: the columns of the settings."
        ),
    ),
    Part("task", gettext_lazy("Task table"), gettext_lazy("The same for tasks, with $task.service.")),
    Part("includes", gettext_lazy("Style"), gettext_lazy("CSS, with $primary_color, $font_name and so on.")),
)
LINES: Final = (
    "product.item", "product.description", "product.quantity", "product.unit_cost", "product.discount",
    "product.tax", "product.tax_amount", "product.line_total", "product.gross_line_total", "task.service",
    "task.description", "task.hours", "task.rate", "task.line_total",
)  # fmt: skip


def names() -> str:
    """What the editors offer after a `$`, as JSON: pairs of a name and what it stands for."""
    return _names(get_language() or "en")


@cache
def _names(_language: str) -> str:
    pairs = [(each.name, str(each.sentence)) for each in PLACEHOLDERS]
    pairs += [(name, _("Part of the page")) for name in sorted(blocks.NAMES)]
    pairs += [(name, _("Of each line")) for name in LINES]
    return json.dumps(pairs, ensure_ascii=False)


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk, key: str = "") -> HttpResponse:
    """A new design begins as a letter that prints; saving stays on the page."""
    row: Any = place.find(Design.objects.live(), key, "company", "edit") if key else None
    if place.request.method == "GET":
        parts = row.parts if row else starter()
        values = {f"design.{part}": parts.get(part, "") for part in PARTS}
        return draw(place, row, Form({"name": row.name if row else "", **values}))
    sent = place.request.POST
    try:
        fields = read(sent)
        if row is None:
            row = operations.create_design(fields, by=place.actor, on=place.on)
        else:
            operations.update_design(row, fields, by=place.actor, on=place.on)
    except Refused as refused:
        return draw(place, row, Form(dict(sent.items()), refused.errors), status=422)
    toasts.add(place.request, _("The design is saved."))
    return redirect("office:edit-design", ids.encode(row.pk))


def read(sent: QueryDict) -> dict[str, Any]:
    """Name and parts out of the form."""
    return {
        "name": sent.get("name", ""),
        "parts": {part: sent.get(f"design.{part}", "").replace("\r\n", "\n") for part in PARTS},
    }


def draw(place: Desk, row: Design | None, form: Form, *, status: int = 200) -> HttpResponse:
    """The page of the editor."""
    key = ids.encode(row.pk) if row else ""
    context = {
        **frame(place, level_of(place), "designs"),
        "form": form,
        "title": row.name if row else _("New design"),
        "parts": EDITED,
        "names": names(),
        "back_url": reverse("office:designs"),
        "export_url": reverse("office:export-design", args=[key]) if key else "",
        "paper_url": reverse("office:design-paper"),
        "remarks_url": reverse("office:design-remarks"),
    }
    return page(place, "settings/designs/edit.html", context, module="settings", status=status)
