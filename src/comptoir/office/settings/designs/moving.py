"""A design as a file: exported as JSON, and imported from this program or another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.designs import operations
from comptoir.designs.models import PARTS, Design
from comptoir.designs.rules import KINDS
from comptoir.kernel import ids
from comptoir.kernel.refused import Refused
from comptoir.office.desk import Desk, desk
from comptoir.office.pages import part
from comptoir.ui import toasts
from comptoir.ui.forms import Form

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file that is read."""


@require_GET
@desk("edit", "company")
def exported(place: Desk, key: str) -> HttpResponse:
    """The file: ``{"name", "design": {…}, "is_template", "entities"}``."""
    row: Any = place.find(Design.objects.live(), key, "company", "edit")
    said = {
        "name": row.name,
        "design": row.parts,
        "is_template": row.is_template,
        "entities": row.entities,
    }
    content = json.dumps(said, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = re.sub(r"[^\w.-]+", "-", row.name).strip("-") or "design"
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.json") or "attachment"
    return response


@require_http_methods(["GET", "POST"])
@desk("edit", "company")
def imported(place: Desk) -> HttpResponse:
    """A file or its text becomes a new design, which is then open in the editor."""
    if place.request.method == "GET":
        return _dialog(place, Form({}))
    sent = place.request.POST
    try:
        fields = understood(_text(place))
        row = operations.create_design(fields | {"name": _free(fields["name"])}, by=place.actor, on=place.on)
    except Refused as refused:
        sentences = [str(sentence) for found in refused.errors.values() for sentence in found]
        return _dialog(place, Form(dict(sent.items()), {"text": sentences}), status=422)
    toasts.add(place.request, _("The design is imported."))
    address = reverse("office:edit-design", args=[ids.encode(row.pk)])
    if not place.request.headers.get("HX-Request"):
        return redirect(address)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = address
    return response


def _text(place: Desk) -> str:
    file = place.request.FILES.get("file")
    if file is None:
        return place.request.POST.get("text", "")
    if (file.size or 0) > LARGEST:
        raise Refused("text", _("This file is too large for a design."))
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("text", _("This file is no text.")) from None


def understood(text: str) -> dict[str, Any]:
    """Fields of a design out of JSON: a design, the answer of an API, or the first of a list.

    Raises Refused at ``text``.
    """
    if not text.strip():
        raise Refused("text", _("Choose a file, or paste its text."))
    try:
        said = json.loads(text)
    except ValueError as fault:
        line = getattr(fault, "lineno", 1)
        raise Refused("text", _("This is not JSON: line %(line)s cannot be read.") % {"line": line}) from None
    said = said.get("data", said) if isinstance(said, Mapping) else said
    said = said[0] if isinstance(said, list) and said else said
    parts = said.get("design", said) if isinstance(said, Mapping) else None
    if isinstance(parts, str):  # some programs write the parts as text once more
        parts = _unfolded(parts)
    if not isinstance(parts, Mapping) or "body" not in parts:
        raise Refused("text", _("There is no design in it: a “design” with a “body” is looked for."))
    kept = {part: str(parts.get(part) or "") for part in PARTS}
    whole = said if said is not parts else {}
    return {
        "name": str(whole.get("name") or _("Imported design"))[:180],
        "parts": kept,
        "is_template": whole.get("is_template") is True,
        "entities": _known_kinds(whole.get("entities")),
    }


def _known_kinds(said: Any) -> str:
    """The kinds that it is meant for, as far as this program prints them."""
    words = [word.strip() for word in said.split(",")] if isinstance(said, str) else []
    return ",".join(word for word in words if word in KINDS)


def _unfolded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _free(name: str) -> str:
    """The name, with a figure after it when it is taken."""
    taken = {each.casefold() for each in Design.objects.live().values_list("name", flat=True)}
    tries = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return (
        name if name.casefold() not in taken else next(each for each in tries if each.casefold() not in taken)
    )


def _dialog(place: Desk, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "url": reverse("office:import-design")}
    return part(place, "settings/designs/import.html", context, status=status)
