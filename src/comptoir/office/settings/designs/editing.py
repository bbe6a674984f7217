"""A design as text: its parts in editors, beside them the page that comes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
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

from comptoir.activity.kinds import named
from comptoir.delivery.pdf.own import blocks
from comptoir.delivery.placeholders.catalogue import CATALOGUE as PLACEHOLDERS
from comptoir.delivery.runs.subjects import NAMES, SUBJECTS
from comptoir.designs import operations
from comptoir.designs.models import PARTS, Design
from comptoir.designs.starting import STARTS, starter, template
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
    known = {name for name, _sentence in pairs}
    pairs += [(name, _("In templates: of each record, or of a list")) for name in sorted(NAMES - known)]
    return json.dumps(pairs, ensure_ascii=False)


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def edit(place: Desk, key: str = "") -> HttpResponse:
    """A new design begins as a letter that prints; saving stays on the page."""
    row: Any = place.find(Design.objects.live(), key, "company", "edit") if key else None
    if place.request.method == "GET":
        return draw(place, row, Form(_shown(row) if row else _begun(place.request.GET.get("start", ""))))
    sent = place.request.POST
    try:
        fields = read(sent, row.kinds if row else ())
        if row is None:
            row = operations.create_design(fields, by=place.actor, on=place.on)
        else:
            operations.update_design(row, fields, by=place.actor, on=place.on)
    except Refused as refused:
        typed = {**dict(sent.items()), "entities": sent.getlist("entities")}
        return draw(place, row, Form(typed, refused.errors), status=422)
    toasts.add(place.request, _("The design is saved."))
    return redirect("office:edit-design", ids.encode(row.pk))


def _shown(row: Design) -> dict[str, Any]:
    return {
        "name": row.name,
        "is_template": row.is_template,
        "entities": list(row.kinds),
        **{f"design.{part}": row.parts.get(part, "") for part in PARTS},
    }


def _begun(key: str) -> dict[str, Any]:
    """The values of a new one: a letter, or the template of that name."""
    start = next((each for each in STARTS if each.key == key), None)
    parts = template(start.key) if start else starter()
    return {
        "name": str(start.name) if start else "",
        "is_template": start is not None,
        "entities": [start.entity] if start else [],
        **{f"design.{part}": parts.get(part, "") for part in PARTS},
    }


def read(sent: QueryDict, kinds: Sequence[str] = ()) -> dict[str, Any]:
    """Name and parts out of the form; what it is meant for, where the form asks that.

    Of ``kinds``, which it is meant for so far, those stay that the form does not offer.
    """
    fields: dict[str, Any] = {
        "name": sent.get("name", ""),
        "parts": {part: sent.get(f"design.{part}", "").replace("\r\n", "\n") for part in PARTS},
    }
    if "is_template" in sent:
        fields["is_template"] = sent["is_template"] == "1"
        chosen = sent.getlist("entities")
        offered = [entity for entity in SUBJECTS if entity in chosen]
        fields["entities"] = ",".join([*offered, *(kind for kind in kinds if kind not in SUBJECTS)])
    return fields


def _kinds(form: Form) -> list[tuple[str, str, bool]]:
    """The kinds of records that a template may be run over: word, label, ticked."""
    chosen = form.values.get("entities") or []
    return [(entity, str(named(entity).many), entity in chosen) for entity in SUBJECTS]


def draw(place: Desk, row: Design | None, form: Form, *, status: int = 200) -> HttpResponse:
    """The page of the editor."""
    key = ids.encode(row.pk) if row else ""
    context = {
        **frame(place, level_of(place), "designs"),
        "form": form,
        "title": row.name if row else _("New design"),
        "parts": EDITED,
        "kinds": _kinds(form),
        "names": names(),
        "back_url": reverse("office:designs"),
        "export_url": reverse("office:export-design", args=[key]) if key else "",
        "paper_url": reverse("office:design-paper"),
        "remarks_url": reverse("office:design-remarks"),
    }
    return page(place, "settings/designs/edit.html", context, module="settings", status=status)
